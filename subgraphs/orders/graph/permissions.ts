import { anyone, open, type Permissions, roles } from '#kernel/auth/rules';

/** Those who follow an account's orders: the customer, and the staff who answer for them. */
export const followers = roles('BUYER', 'SUPPORT', 'SALES', 'FINANCE', 'OPERATOR');

/** Those who sell, and those who count what was sold. What was discounted is no affair of the customer's before it is sent. */
export const quoters = roles('SALES', 'FINANCE', 'OPERATOR');

export const permissions = {
  Query: {
    order: followers,
    previewOrder: roles('BUYER', 'SALES'),
    products: anyone,
    quote: quoters,
    quotes: quoters,
    approvalRules: quoters,
  },
  Mutation: {
    placeOrder: roles('BUYER', 'SALES'),
    addSeats: roles('BUYER'),
    renewSubscription: roles('BUYER'),
    cancelSubscription: roles('BUYER'),
    retryFulfillment: roles('SUPPORT', 'OPERATOR'),
    retryPayment: roles('BUYER'),
    createQuote: roles('SALES'),
    updateQuote: roles('SALES'),
    requestApproval: roles('SALES'),
    reviewQuote: roles('SALES'),
    sendQuote: roles('SALES'),
    makePrimary: roles('SALES'),
    submitQuote: roles('SALES'),
    suspendSubscription: roles('SUPPORT', 'SALES', 'OPERATOR'),
    resumeSubscription: roles('SUPPORT', 'SALES', 'OPERATOR'),
    transferOwner: roles('BUYER', 'SUPPORT', 'SALES'),
    listProducts: roles('OPERATOR'),
    setApprovalRule: roles('OPERATOR'),
  },
  ApprovalRule: { '*': open },
  BillingAccount: { id: open, orders: followers, quotes: quoters },
  BookingMetrics: { '*': open },
  Invoice: { '*': open },
  Order: { '*': open, quote: quoters, metrics: quoters },
  OrderAction: { '*': open },
  OrderChange: { '*': open },
  OrderLine: { '*': open },
  OrderPreview: { '*': open },
  OrderStep: { '*': open },
  OrderTimelineEntry: { '*': open },
  Payment: { '*': open },
  Product: { '*': open },
  ProductPriceTier: { '*': open },
  ProductPrice: { '*': open },
  Quote: { '*': open },
  QuoteApproval: { '*': open },
  Subscription: { '*': open },
} satisfies Permissions;
