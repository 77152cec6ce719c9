import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { ConnectionArgs, connectionOf, idKey } from '#kernel/graph/connection';
import { countOrders, ordersAfter } from '../store/orders';
import type { OrderRow } from '../store/tables';
import type { OrdersContext } from './context';
import { OrderWhere } from './inputs';
import { BillingAccount } from './neighbours';
import { OrderConnection } from './order';
import { QuoteConnection } from './quote';
import { statesOf as approvalStatesOf, quotePage } from './quote.resolver';
import { QuoteWhere } from './quote-inputs';

@Resolver(() => BillingAccount)
export class BillingAccountResolver {
  @FieldResolver(() => QuoteConnection, { nullable: true, description: 'What sales offers to it, the newest first.' })
  quotes(
    @Root() { id }: BillingAccount,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Arg('where', () => QuoteWhere, { nullable: true, description: 'Which ones. All when absent.' }) where: QuoteWhere | null,
    @Ctx() ctx: OrdersContext,
  ) {
    return quotePage(args, { accountId: id, approvalStates: approvalStatesOf(where) }, ctx);
  }

  @FieldResolver(() => OrderConnection, { nullable: true, description: 'Its orders, the newest first.' })
  orders(
    @Root() { id }: BillingAccount,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Arg('where', () => OrderWhere, { nullable: true, description: 'Which ones. All when absent.' }) where: OrderWhere | null,
    @Ctx() ctx: OrdersContext,
  ) {
    const states = statesOf(where);
    return connectionOf(args, {
      key: idKey('order'),
      cursorOf: (order: OrderRow) => order.id,
      rows: (limit, after) => ordersAfter(ctx.db, id, states, limit, after),
      count: () => countOrders(ctx.db, id, states),
    });
  }
}

/** The states that a filter admits, or null for all: `eq` and `in` together admit what both do. */
function statesOf(where: OrderWhere | null) {
  const { eq, in: among } = where?.state ?? {};
  if (eq && among) return among.includes(eq) ? [eq] : [];
  return eq ? [eq] : (among ?? null);
}
