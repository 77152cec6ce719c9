import { open, type Permissions, roles } from '#kernel/auth/rules';

/** Who may have what. Whose it is, the root fields and references check; who may read codes, `visibility.ts`. */
export const permissions = {
  Query: { license: roles('BUYER', 'SUPPORT', 'SALES', 'FINANCE', 'OPERATOR') },
  Mutation: { activateInstance: roles('INSTANCE'), reportSeatUsage: roles('INSTANCE') },
  Subscription: { '*': open },
  CloudActivation: { code: roles('BUYER', 'SUPPORT'), '*': open },
  Instance: { '*': open },
  License: { key: roles('BUYER', 'SUPPORT', 'INSTANCE'), '*': open },
  LicenseDelivery: { '*': open },
  SeatUsage: { '*': open },
  FutureSubscription: { '*': open },
} satisfies Permissions;
