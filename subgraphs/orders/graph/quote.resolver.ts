import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { canSeeAccount } from '#kernel/auth/viewer';
import { ConnectionArgs, connectionOf, idKey } from '#kernel/graph/connection';
import { MoneyType } from '#kernel/graph/money';
import { Decimal } from '#kernel/graph/scalars';
import { isId } from '#kernel/ids';
import { money, moneyOf } from '#kernel/money';
import { dayOf } from '#kernel/time';
import { statusOn } from '../domain/quote';
import { orderById } from '../store/orders';
import { allRules, countQuotes, linesByQuote, type QuoteFilter, quoteById, quotesAfter } from '../store/quotes';
import type { ApprovalRuleRow, QuoteRow } from '../store/tables';
import { metricsOf } from './booking-metrics';
import type { OrdersContext } from './context';
import { BillingAccount } from './neighbours';
import { Order, OrderLine } from './order';
import { OrderChange } from './payloads';
import { ApprovalRule, BookingMetrics, percentOf, Quote, QuoteApproval, QuoteConnection } from './quote';
import { QuoteStatusEnum } from './quote-enums';
import { QuoteWhere } from './quote-inputs';
import type { QuoteSource } from './write-quote';

@Resolver(() => Quote)
export class QuoteResolver {
  @Query(() => Quote, { nullable: true, description: 'A quote.' })
  async quote(@Arg('id', () => ID, { description: 'Its global id.' }) id: string, @Ctx() ctx: OrdersContext): Promise<QuoteRow | null> {
    const quote = isId('quote', id) ? await ctx.load(quoteById, id) : null;
    return quote && canSeeAccount(ctx.viewer, quote.accountId) ? quote : null;
  }

  @Query(() => QuoteConnection, { nullable: true, description: 'Quotes of all accounts, the newest first.' })
  quotes(
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Arg('where', () => QuoteWhere, { nullable: true, description: 'Which ones. All when absent.' }) where: QuoteWhere | null,
    @Ctx() ctx: OrdersContext,
  ) {
    return quotePage(args, { accountId: null, approvalStates: statesOf(where) }, ctx);
  }

  @Query(() => [ApprovalRule], { nullable: true, description: 'What a quote may not exceed without an approval.' })
  approvalRules(@Ctx() ctx: OrdersContext) {
    return allRules(ctx.db);
  }

  @FieldResolver(() => QuoteStatusEnum, { description: 'How far it is today.' })
  status(@Root() quote: QuoteSource, @Ctx() { now }: OrdersContext) {
    return statusOn(quote, dayOf(now));
  }

  @FieldResolver(() => QuoteApproval, { description: 'How far its approval is.' })
  approval(@Root() quote: QuoteSource) {
    const { approvalState: state, approvalReasons: reasons, approvalBy: by, approvalAt: at, approvalReason: reason } = quote;
    return { state, reasons, by, at, reason };
  }

  @FieldResolver(() => Decimal, { description: 'The percentage off every price.' })
  discountPercent(@Root() { discountBasisPoints }: QuoteSource) {
    return percentOf(discountBasisPoints);
  }

  @FieldResolver(() => MoneyType, { nullable: true, description: 'The amount off the whole.' })
  discountAmount(@Root() quote: QuoteSource) {
    return quote.discountAmount && moneyOf(quote.discountAmount);
  }

  @FieldResolver(() => MoneyType, { description: 'What would be charged, before tax.' })
  subtotal(@Root() { subtotalMinor, currency }: QuoteSource) {
    return money(subtotalMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'The tax on it.' })
  tax(@Root() { taxMinor, currency }: QuoteSource) {
    return money(taxMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'What would be paid.' })
  total(@Root() { totalMinor, currency }: QuoteSource) {
    return money(totalMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'The change of ARR that it would bring.' })
  netArr(@Root() { metrics }: QuoteSource) {
    return moneyOf(metrics.netArr);
  }

  @FieldResolver(() => BookingMetrics, { description: 'How it would count among the bookings.' })
  metrics(@Root() { metrics }: QuoteSource) {
    return metricsOf(metrics);
  }

  @FieldResolver(() => [OrderLine], { description: 'What would be charged, line by line.' })
  lines(@Root() quote: QuoteSource, @Ctx() ctx: OrdersContext) {
    return quote.lines ?? ctx.load(linesByQuote, quote.id);
  }

  @FieldResolver(() => [OrderChange], { description: 'What would be different afterwards.' })
  changes(@Root() { changes }: QuoteSource) {
    return changes;
  }

  @FieldResolver(() => BillingAccount, { nullable: true, description: 'The account that it is for.' })
  billingAccount(@Root() { accountId }: QuoteSource) {
    return { id: accountId };
  }

  @FieldResolver(() => Order, { nullable: true, description: 'The order that it has become.' })
  order(@Root() { orderId }: QuoteSource, @Ctx() ctx: OrdersContext) {
    return orderId && ctx.load(orderById, orderId);
  }
}

@Resolver(() => ApprovalRule)
export class ApprovalRuleResolver {
  @FieldResolver(() => MoneyType, { nullable: true, description: 'What passes, for a rule about an amount.' })
  exceedsAmount(@Root() { exceedsAmount }: ApprovalRuleRow) {
    return exceedsAmount && moneyOf(exceedsAmount);
  }
}

/** A page of quotes, the newest first. */
export const quotePage = (args: ConnectionArgs, filter: QuoteFilter, ctx: OrdersContext) =>
  connectionOf(args, {
    key: idKey('quote'),
    cursorOf: (quote: QuoteRow) => quote.id,
    rows: (limit, after) => quotesAfter(ctx.db, filter, limit, after),
    count: () => countQuotes(ctx.db, filter),
  });

/** The states that a filter admits, or null for all. */
export function statesOf(where: QuoteWhere | null) {
  const { eq, in: among } = where?.approval ?? {};
  if (eq && among) return among.includes(eq) ? [eq] : [];
  return eq ? [eq] : (among ?? null);
}
