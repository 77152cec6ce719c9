import { open, type Permissions, roles } from '#kernel/auth/rules';

/** Who may have what. Whose it is, the root fields and references check; who may read codes, `visibility.ts`. */
export const permissions = {
  Query: {
    license: roles('BUYER', 'SUPPORT', 'SALES', 'FINANCE', 'OPERATOR'),
    entitlements: roles('BUYER', 'SUPPORT', 'SALES', 'FINANCE', 'OPERATOR', 'SERVICE'),
  },
  Mutation: {
    activateInstance: roles('INSTANCE'),
    reportSeatUsage: roles('INSTANCE'),
    deactivateInstance: roles('BUYER', 'SUPPORT', 'INSTANCE'),
    issueLicense: roles('SUPPORT'),
    revokeLicense: roles('SUPPORT'),
    resendLicense: roles('SUPPORT'),
    reportComputeUsage: roles('SERVICE'),
  },
  Namespace: { '*': open },
  NamespaceEligibility: { '*': open },
  PlanOffer: { '*': open },
  UpsellOffer: { '*': open },
  Subscription: { '*': open },
  CloudActivation: { code: roles('BUYER', 'SUPPORT'), '*': open },
  Instance: { '*': open },
  License: {
    key: roles('BUYER', 'SUPPORT', 'INSTANCE'),
    reason: roles('SUPPORT', 'SALES', 'FINANCE', 'OPERATOR'),
    ticket: roles('SUPPORT', 'SALES', 'FINANCE', 'OPERATOR'),
    '*': open,
  },
  LicenseDelivery: { text: roles('BUYER', 'SUPPORT'), reason: roles('SUPPORT', 'SALES', 'FINANCE', 'OPERATOR'), '*': open },
  LicenseRevocation: { '*': open },
  SeatAlert: { '*': open },
  Entitlements: { '*': open },
  EntitlementGrant: { '*': open },
  AddOnEntitlement: { '*': open },
  ComputeEntitlement: { '*': open },
  ComputePack: { '*': open },
  SeatUsage: { '*': open },
  FutureSubscription: { '*': open },
} satisfies Permissions;
