import { accountReference, accountStub, guardReference } from '#kernel/auth/references';
import { buildFederatedSchema } from '#kernel/graph/federated-schema';
import { isId } from '#kernel/ids';
import { invoiceById, invoiceByNumber } from '../store/invoices';
import { paymentMethodById } from '../store/payment-methods';
import { paymentById } from '../store/payments';
import { AccountingPeriodResolver } from './accounting-period.resolver';
import { BillingAccountResolver } from './billing-account.resolver';
import type { BillingContext } from './context';
import { CreditMemoLineResolver, CreditMemoResolver } from './credit-memo.resolver';
import { InvoiceLineResolver, InvoiceResolver } from './invoice.resolver';
import { PaymentResolver } from './payment.resolver';
import { PaymentMethodResolver } from './payment-method.resolver';
import { accountants, permissions } from './permissions';
import { RefundResolver } from './refund.resolver';
import { ReminderResolver } from './reminder.resolver';
import { TransferResolver } from './transfer.resolver';
import { TrialBalanceResolver } from './trial-balance.resolver';
import { WalletMovementResolver, WalletResolver } from './wallet.resolver';

const invoiceReference = accountReference(
  async ({ id, number }, ctx: BillingContext) => {
    if (number !== undefined) return ctx.load(invoiceByNumber, number);
    return id !== undefined && isId('invoice', id) ? ctx.load(invoiceById, id) : null;
  },
  invoice => invoice.accountId,
);

const paymentReference = accountReference(
  async ({ id }, ctx: BillingContext) => (id !== undefined && isId('payment', id) ? ctx.load(paymentById, id) : null),
  payment => payment.accountId,
);

const paymentMethodReference = accountReference(
  async ({ id }, ctx: BillingContext) => (id !== undefined && isId('paymentMethod', id) ? ctx.load(paymentMethodById, id) : null),
  method => method.accountId,
);

export const buildSchema = () =>
  buildFederatedSchema<BillingContext>({
    resolvers: [
      AccountingPeriodResolver,
      InvoiceResolver,
      InvoiceLineResolver,
      CreditMemoResolver,
      CreditMemoLineResolver,
      PaymentResolver,
      TransferResolver,
      PaymentMethodResolver,
      RefundResolver,
      ReminderResolver,
      BillingAccountResolver,
      TrialBalanceResolver,
      WalletResolver,
      WalletMovementResolver,
    ],
    permissions,
    references: {
      BillingAccount: accountStub,
      Invoice: guardReference(accountants, invoiceReference),
      Payment: guardReference(accountants, paymentReference),
      PaymentMethod: guardReference(accountants, paymentMethodReference),
    },
  });
