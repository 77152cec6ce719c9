import { accountReference, accountStub, guardReference, type Reference } from '#kernel/auth/references';
import { buildFederatedSchema } from '#kernel/graph/federated-schema';
import { isId } from '#kernel/ids';
import { productById, productBySku } from '../store/catalog';
import { orderById, orderByNumber } from '../store/orders';
import { quoteById } from '../store/quotes';
import { AgreementResolver } from './agreement.resolver';
import { AmendmentResolver } from './amendment.resolver';
import { BillingAccountResolver } from './billing-account.resolver';
import type { OrdersContext } from './context';
import { OrderActionResolver, OrderLineResolver, OrderResolver } from './order.resolver';
import { followers, permissions, quoters } from './permissions';
import { PriceListResolver } from './price-list.resolver';
import { ProductResolver } from './product.resolver';
import { PurchaseResolver } from './purchase.resolver';
import { ApprovalRuleResolver, QuoteResolver } from './quote.resolver';
import { QuoteMutationsResolver } from './quote-mutations.resolver';

const orderReference = accountReference(
  async ({ id, number }, ctx: OrdersContext) => {
    if (number !== undefined) return ctx.load(orderByNumber, number);
    return id !== undefined && isId('order', id) ? ctx.load(orderById, id) : null;
  },
  order => order.accountId,
);

const quoteReference = accountReference(
  async ({ id }, ctx: OrdersContext) => (id !== undefined && isId('quote', id) ? ctx.load(quoteById, id) : null),
  quote => quote.accountId,
);

/** The catalog is everybody's to read. */
const productReference = async ({ id, sku }: Reference, ctx: OrdersContext) => {
  if (sku !== undefined) return ctx.load(productBySku, sku);
  return id !== undefined && isId('product', id) ? ctx.load(productById, id) : null;
};

export const buildSchema = () =>
  buildFederatedSchema<OrdersContext>({
    resolvers: [
      AgreementResolver,
      PriceListResolver,
      QuoteResolver,
      QuoteMutationsResolver,
      ApprovalRuleResolver,
      PurchaseResolver,
      AmendmentResolver,
      OrderResolver,
      OrderActionResolver,
      OrderLineResolver,
      ProductResolver,
      BillingAccountResolver,
    ],
    permissions,
    references: {
      BillingAccount: accountStub,
      Order: guardReference(followers, orderReference),
      Product: productReference,
      Quote: guardReference(quoters, quoteReference),
    },
  });
