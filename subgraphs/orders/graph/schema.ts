import { accountReference, accountStub, guardReference, type Reference } from '#kernel/auth/references';
import { buildFederatedSchema } from '#kernel/graph/federated-schema';
import { isId } from '#kernel/ids';
import { productById, productBySku } from '../store/catalog';
import { orderById, orderByNumber } from '../store/orders';
import { AmendmentResolver } from './amendment.resolver';
import { BillingAccountResolver } from './billing-account.resolver';
import type { OrdersContext } from './context';
import { OrderActionResolver, OrderLineResolver, OrderResolver } from './order.resolver';
import { followers, permissions } from './permissions';
import { ProductResolver } from './product.resolver';
import { PurchaseResolver } from './purchase.resolver';

const orderReference = accountReference(
  async ({ id, number }, ctx: OrdersContext) => {
    if (number !== undefined) return ctx.load(orderByNumber, number);
    return id !== undefined && isId('order', id) ? ctx.load(orderById, id) : null;
  },
  order => order.accountId,
);

/** The catalog is everybody's to read. */
const productReference = async ({ id, sku }: Reference, ctx: OrdersContext) => {
  if (sku !== undefined) return ctx.load(productBySku, sku);
  return id !== undefined && isId('product', id) ? ctx.load(productById, id) : null;
};

export const buildSchema = () =>
  buildFederatedSchema<OrdersContext>({
    resolvers: [
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
    },
  });
