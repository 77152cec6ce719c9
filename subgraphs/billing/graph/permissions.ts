import { open, type Permissions, roles } from '#kernel/auth/rules';

/** Those who deal with an account's money: the customer, and the staff who answer for it. */
export const accountants = roles('BUYER', 'SUPPORT', 'FINANCE');

export const permissions = {
  Query: {
    accountingPeriods: roles('FINANCE', 'ANALYST'),
    creditMemo: roles('BUYER', 'SUPPORT', 'FINANCE', 'ANALYST'),
    invoice: roles('BUYER', 'SUPPORT', 'FINANCE', 'ANALYST'),
    invoices: roles('FINANCE', 'ANALYST', 'SUPPORT'),
    payment: accountants,
    refund: accountants,
    trialBalance: roles('FINANCE', 'ANALYST'),
  },
  Mutation: {
    addPaymentMethod: roles('BUYER'),
    payInvoice: roles('BUYER'),
    confirmPayment: roles('BUYER'),
    closePeriod: roles('FINANCE'),
    reopenPeriod: roles('FINANCE'),
    applyCredit: roles('BUYER', 'FINANCE'),
    recordPayment: roles('FINANCE'),
    recordTransfer: roles('FINANCE'),
    postCreditMemo: roles('FINANCE'),
    refundPayment: roles('FINANCE'),
    voidInvoice: roles('FINANCE'),
  },
  BillingAccount: {
    id: open,
    isOverdueHeld: accountants,
    creditMemos: accountants,
    invoices: accountants,
    openBalance: accountants,
    paymentMethods: accountants,
    wallets: accountants,
  },
  // Analysts read amounts and days; who is behind them is personal.
  Invoice: { '*': open, billTo: accountants, buyer: accountants, pdfUrl: accountants, voidReason: accountants },
  InvoiceBuyer: { '*': open },
  InvoiceSeller: { '*': open },
  CreditMemo: { '*': open, reason: accountants },
  CreditMemoLine: { '*': open },
  InvoiceLine: { '*': open },
  InvoiceRecipient: { '*': open },
  Payment: { '*': open, method: accountants, reference: accountants },
  Reminder: { '*': open },
  Refund: { '*': open, reason: accountants },
  PaymentMethod: { '*': open },
  Wallet: { '*': open },
  WalletMovement: { '*': open },
  AccountingPeriod: { '*': open },
  AccountingPeriodAct: { '*': open },
  TrialBalance: { '*': open },
  LedgerAccount: { '*': open },
  Order: { '*': open },
  Subscription: { '*': open },
} satisfies Permissions;
