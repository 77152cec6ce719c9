import { anyone, open, type Permissions, roles } from '#kernel/auth/rules';

/** Those who follow an account's orders: the customer, and the staff who answer for them. */
export const followers = roles('BUYER', 'SUPPORT', 'SALES', 'FINANCE', 'OPERATOR');

export const permissions = {
  Query: {
    order: followers,
    previewOrder: roles('BUYER'),
    products: anyone,
  },
  Mutation: {
    placeOrder: roles('BUYER'),
    addSeats: roles('BUYER'),
    renewSubscription: roles('BUYER'),
    cancelSubscription: roles('BUYER'),
    retryFulfillment: roles('SUPPORT', 'OPERATOR'),
    retryPayment: roles('BUYER'),
  },
  BillingAccount: { id: open, orders: followers },
  Invoice: { '*': open },
  Order: { '*': open },
  OrderAction: { '*': open },
  OrderChange: { '*': open },
  OrderLine: { '*': open },
  OrderPreview: { '*': open },
  OrderStep: { '*': open },
  OrderTimelineEntry: { '*': open },
  Payment: { '*': open },
  Product: { '*': open },
  ProductPrice: { '*': open },
  Subscription: { '*': open },
} satisfies Permissions;
