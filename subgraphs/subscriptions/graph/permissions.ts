import { open, type Permissions, roles } from '#kernel/auth/rules';

/** Whoever may read what a billing account has; whose it is, the resolver checks. */
const readers = roles('BUYER', 'SUPPORT', 'SALES', 'FINANCE', 'OPERATOR');

/** What a company is worth to us, and who sells to it, is for those who serve it. */
export const staff = roles('SUPPORT', 'SALES', 'FINANCE', 'OPERATOR');

/** Who may have what. */
export const permissions = {
  Query: { subscription: readers, namespace: readers },
  Mutation: {
    setAutoRenew: roles('BUYER', 'SUPPORT'),
    transferNamespace: roles('SUPPORT'),
    registerNamespace: roles('BUYER', 'SUPPORT'),
    startTrial: roles('BUYER', 'SUPPORT', 'SALES'),
    grantTemporaryExtension: roles('SUPPORT'),
    reportNamespaceUsage: roles('SERVICE'),
  },
  BillingAccount: { '*': open },
  Organization: { '*': staff, id: open },
  Partner: { '*': open },
  Subscription: { '*': open, resalePartner: staff },
  SubscriptionRampStep: { '*': open },
  SubscriptionPlan: { '*': open },
  SubscriptionTerm: { '*': open },
  SubscriptionVersion: { '*': open },
  SubscriptionCharge: { '*': open },
  SubscriptionDifference: { '*': open },
  AutoRenewal: { '*': open },
  NextCharge: { '*': open },
  PlanAtRenewal: { '*': open },
  Reconciliation: { '*': open },
  Trial: { '*': open },
  TrialOffer: { '*': open },
  NamespaceEligibility: { '*': open },
  TemporaryExtension: { '*': open },
  RenewalAttempt: { '*': open },
  Namespace: { '*': open },
  Order: { '*': open },
} satisfies Permissions;
