import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { canSeeAccount } from '#kernel/auth/viewer';
import { MoneyType } from '#kernel/graph/money';
import { PeriodType } from '#kernel/graph/period';
import { isId } from '#kernel/ids';
import { money } from '#kernel/money';
import { period } from '#kernel/time';
import { inSequence } from '../domain/steps';
import { actionsByOrder, linesByOrder, orderById, stepsByOrder, timelineByOrder } from '../store/orders';
import { quoteById } from '../store/quotes';
import type { OrderActionRow, OrderLineRow, OrderRow } from '../store/tables';
import { metricsOf } from './booking-metrics';
import type { OrdersContext } from './context';
import { BillingAccount, Invoice, Payment, Subscription } from './neighbours';
import { Order, OrderAction, OrderLine, OrderStep, OrderTimelineEntry } from './order';
import { BookingMetrics, Quote } from './quote';
import type { OrderSource } from './write-order';

@Resolver(() => Order)
export class OrderResolver {
  @Query(() => Order, { nullable: true, description: 'An order.' })
  async order(@Arg('id', () => ID, { description: 'Its global id.' }) id: string, @Ctx() ctx: OrdersContext): Promise<OrderRow | null> {
    const order = isId('order', id) ? await ctx.load(orderById, id) : null;
    return order && canSeeAccount(ctx.viewer, order.accountId) ? order : null;
  }

  @FieldResolver(() => MoneyType, { description: 'What is charged, before tax.' })
  subtotal(@Root() { subtotalMinor, currency }: OrderSource) {
    return money(subtotalMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'The tax on it.' })
  tax(@Root() { taxMinor, currency }: OrderSource) {
    return money(taxMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'What is paid.' })
  total(@Root() { totalMinor, currency }: OrderSource) {
    return money(totalMinor, currency);
  }

  @FieldResolver(() => BillingAccount, { nullable: true, description: 'The account that bought.' })
  billingAccount(@Root() { accountId }: OrderSource) {
    return { id: accountId };
  }

  @FieldResolver(() => [OrderAction], { description: 'What the order does, in the order in which it was asked for.' })
  actions(@Root() order: OrderSource, @Ctx() ctx: OrdersContext) {
    return order.placed?.actions ?? ctx.load(actionsByOrder, order.id);
  }

  @FieldResolver(() => [OrderLine], { description: 'What is charged, line by line.' })
  lines(@Root() order: OrderSource, @Ctx() ctx: OrdersContext) {
    return order.placed?.lines ?? ctx.load(linesByOrder, order.id);
  }

  @FieldResolver(() => [OrderStep], { description: 'The steps that carry it out, in sequence.' })
  async steps(@Root() order: OrderSource, @Ctx() ctx: OrdersContext) {
    return inSequence(order.placed?.steps ?? (await ctx.load(stepsByOrder, order.id)));
  }

  @FieldResolver(() => [OrderTimelineEntry], { description: 'Its story, from the beginning.' })
  timeline(@Root() order: OrderSource, @Ctx() ctx: OrdersContext) {
    return order.placed?.timeline ?? ctx.load(timelineByOrder, order.id);
  }

  @FieldResolver(() => Invoice, { nullable: true, description: 'Its invoice, once it is posted.' })
  async invoice(@Root() order: OrderSource, @Ctx() ctx: OrdersContext) {
    const steps = order.placed?.steps ?? (await ctx.load(stepsByOrder, order.id));
    const isPosted = steps.some(({ kind, state }) => kind === 'INVOICE' && state === 'DONE');
    return isPosted ? { id: order.invoiceId } : null;
  }

  @FieldResolver(() => Quote, { nullable: true, description: 'The quote that it was, where sales sold it.' })
  quote(@Root() { quoteId }: OrderSource, @Ctx() ctx: OrdersContext) {
    return quoteId && ctx.load(quoteById, quoteId);
  }

  @FieldResolver(() => BookingMetrics, { nullable: true, description: 'How it counts among the bookings.' })
  metrics(@Root() { metrics }: OrderSource) {
    return metrics && metricsOf(metrics);
  }

  /** One payment for an order, through every card: what waits for `confirmPayment` is found here. */
  @FieldResolver(() => Payment, { nullable: true, description: 'Its payment by card: its status, and its id for `confirmPayment`.' })
  payment(@Root() { paymentId }: OrderSource) {
    return paymentId && { id: paymentId };
  }
}

@Resolver(() => OrderAction)
export class OrderActionResolver {
  @FieldResolver(() => Subscription, { nullable: true, description: 'The subscription it is about, once it exists.' })
  subscription(@Root() { subscriptionId, subscriptionName }: OrderActionRow) {
    return subscriptionName ? { id: subscriptionId } : null;
  }
}

@Resolver(() => OrderLine)
export class OrderLineResolver {
  @FieldResolver(() => MoneyType, { description: 'The price of one: for a year where it recurs.' })
  unitPrice(@Root() { unitPriceMinor, currency }: OrderLineRow) {
    return money(unitPriceMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'What is charged, before tax.' })
  amount(@Root() { amountMinor, currency }: OrderLineRow) {
    return money(amountMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'The tax on it.' })
  tax(@Root() { taxMinor, currency }: OrderLineRow) {
    return money(taxMinor, currency);
  }

  @FieldResolver(() => PeriodType, { description: 'The days for which it is charged.' })
  servicePeriod(@Root() { periodStartsOn, periodEndsOn }: OrderLineRow) {
    return period(periodStartsOn, periodEndsOn);
  }
}
