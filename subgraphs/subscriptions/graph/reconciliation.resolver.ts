import { FieldResolver, Resolver, Root } from 'type-graphql';
import { MoneyType } from '#kernel/graph/money';
import { money } from '#kernel/money';
import type { ReconciliationRow } from '../store/tables';
import { Order } from './order';
import { Reconciliation } from './reconciliation';

@Resolver(() => Reconciliation)
export class ReconciliationResolver {
  @FieldResolver(() => MoneyType, {
    nullable: true,
    description: 'What the overage comes to before tax: users above the seats × annual price × months left ÷ 12. Null without one.',
  })
  amount(@Root() { amountMinor, currency }: ReconciliationRow) {
    return amountMinor !== null && currency ? money(amountMinor, currency) : null;
  }

  @FieldResolver(() => Order, { nullable: true, description: 'The order that charges it. Null before it is placed.' })
  order(@Root() { orderId }: ReconciliationRow): Order | null {
    return orderId && { id: orderId };
  }
}
