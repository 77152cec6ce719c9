import { open, type Permissions, roles } from '#kernel/auth/rules';

/** Whoever may read what a billing account has; whose it is, the resolver checks. */
const readers = roles('BUYER', 'SUPPORT', 'SALES', 'FINANCE', 'OPERATOR');

/** Who may have what. */
export const permissions = {
  Query: { subscription: readers, namespace: readers },
  Mutation: {
    setAutoRenew: roles('BUYER', 'SUPPORT'),
    registerNamespace: roles('BUYER', 'SUPPORT'),
    reportNamespaceUsage: roles('SERVICE'),
  },
  BillingAccount: { '*': open },
  Subscription: { '*': open },
  SubscriptionPlan: { '*': open },
  SubscriptionTerm: { '*': open },
  SubscriptionVersion: { '*': open },
  SubscriptionCharge: { '*': open },
  SubscriptionDifference: { '*': open },
  AutoRenewal: { '*': open },
  NextCharge: { '*': open },
  PlanAtRenewal: { '*': open },
  Namespace: { '*': open },
  Order: { '*': open },
} satisfies Permissions;
