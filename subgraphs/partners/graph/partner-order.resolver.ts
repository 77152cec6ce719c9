import { Arg, Args, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { isStaff } from '#kernel/auth/viewer';
import { ConnectionArgs, connectionOf, idKey } from '#kernel/graph/connection';
import { MoneyType } from '#kernel/graph/money';
import { type Money, money, subtract } from '#kernel/money';
import type { PlacedOrder } from '../actions/accept-order';
import type { EndCustomer } from '../domain/end-customer';
import { marginsOf } from '../domain/margin';
import { historyOfPartnerOrder, linesOfPartnerOrder, partnerOrderNamed, partnerOrdersOf } from '../store/partner-orders';
import { partnerById } from '../store/partners';
import type { HistoryRow, PartnerOrderLineRow, PartnerOrderRow } from '../store/tables';
import { ownPartner, type PartnersContext } from './context';
import {
  type LineSource,
  PartnerEndCustomer,
  PartnerInvoice,
  PartnerOrder,
  PartnerOrderConnection,
  PartnerOrderLine,
  PartnerOrderStatusEntry,
  PriceWaterfall,
} from './partner-order';

@Resolver(() => PartnerOrder)
export class PartnerOrderResolver {
  @Query(() => PartnerOrder, { nullable: true, description: 'An order that you placed, by your own reference.' })
  partnerOrder(
    @Arg('externalId', () => String, { description: 'Your reference.' }) externalId: string,
    @Ctx() ctx: PartnersContext,
  ): Promise<PartnerOrderRow | null> {
    return partnerOrderNamed(ctx.db, ownPartner(ctx), externalId);
  }

  @Query(() => PartnerOrderConnection, { nullable: true, description: 'Orders that you placed or are the reseller of, the newest first.' })
  partnerOrders(@Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: PartnersContext) {
    const party = isStaff(ctx.viewer) ? null : ownPartner(ctx);
    return connectionOf(args, {
      key: idKey('partnerOrder'),
      cursorOf: (row: PartnerOrderRow) => row.id,
      rows: (limit, after) => partnerOrdersOf(ctx.db, party, limit, after),
    });
  }

  @FieldResolver(() => String, { nullable: true, description: 'Your own reference. Null when another party placed the order.' })
  externalId(@Root() order: PartnerOrderRow, @Ctx() ctx: PartnersContext): string | null {
    return isBuyer(ctx, order) ? order.externalId : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The number of your purchase order. Null when another party placed the order.',
  })
  poNumber(@Root() order: PartnerOrderRow, @Ctx() ctx: PartnersContext): string | null {
    return isBuyer(ctx, order) ? order.poNumber : null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'The reseller, where there is one.' })
  async resellerName(@Root() order: PartnerOrderRow, @Ctx() ctx: PartnersContext): Promise<string | null> {
    return order.resellerId ? ((await ctx.load(partnerById, order.resellerId))?.name ?? null) : null;
  }

  @FieldResolver(() => PartnerEndCustomer, { description: 'The customer.' })
  endCustomer(@Root() order: PartnerOrderRow): PartnerEndCustomer {
    return customerView(order.endCustomer);
  }

  @FieldResolver(() => MoneyType, { description: 'What you pay for it, before tax.' })
  total(@Root() order: PartnerOrderRow, @Ctx() ctx: PartnersContext): Money {
    return money(isBuyer(ctx, order) ? order.costMinor : order.resellerMinor, order.currency);
  }

  @Directive('@listSize(assumedSize: 10)')
  @FieldResolver(() => [PartnerOrderLine], { description: 'What was ordered, at your own price.' })
  async lines(@Root() order: PlacedOrder, @Ctx() ctx: PartnersContext): Promise<readonly LineSource[]> {
    const lines = order.placed?.lines ?? (await ctx.load(linesOfPartnerOrder, order.id));
    return lines.map(line => lineView(line, isBuyer(ctx, order)));
  }

  @Directive('@listSize(assumedSize: 5)')
  @FieldResolver(() => [PartnerOrderStatusEntry], { description: 'How it came to stand as it does, the first first.' })
  async statusHistory(@Root() order: PlacedOrder, @Ctx() ctx: PartnersContext): Promise<readonly HistoryRow[]> {
    return order.placed?.history ?? ctx.load(historyOfPartnerOrder, order.id);
  }

  @FieldResolver(() => PartnerInvoice, {
    nullable: true,
    description: 'Your invoice, once it is posted. Null when another party is invoiced.',
  })
  invoice(@Root() order: PartnerOrderRow, @Ctx() ctx: PartnersContext): PartnerInvoice | null {
    const { invoiceNumber: number, invoiceStatus: status, invoiceDueOn: dueOn } = order;
    return isBuyer(ctx, order) && number && status ? { number, status, dueOn } : null;
  }

  @FieldResolver(() => MoneyType, {
    nullable: true,
    description: 'What a cloud marketplace keeps of the list price. Null for other orders.',
  })
  marketplaceFee(@Root() order: PartnerOrderRow, @Ctx() ctx: PartnersContext): Money | null {
    if (order.dealKind !== 'CLOUD_MARKETPLACE' || !isBuyer(ctx, order)) return null;
    return money(order.listMinor - order.costMinor, order.currency);
  }

  @FieldResolver(() => PriceWaterfall, { nullable: true, description: 'Every price of it, and what stays with whom. For us alone.' })
  waterfall(@Root() { currency, ...order }: PartnerOrderRow): PriceWaterfall {
    const of = (minor: bigint) => money(minor, currency);
    const prices = {
      list: of(order.listMinor),
      cost: of(order.costMinor),
      reseller: of(order.resellerMinor),
      customer: of(order.customerMinor),
    };
    const { distributor, reseller } = marginsOf(prices);
    const customerReduction = subtract(prices.list, prices.customer);
    return { ...prices, distributorMargin: distributor, resellerMargin: reseller, customerReduction };
  }
}

/** The customer as its partners see it. */
export const customerView = ({ companyName, country, contact }: EndCustomer): PartnerEndCustomer => ({
  companyName,
  country,
  soldToName: contact.name,
  soldToEmail: contact.email,
});

/** C5: who bought from us sees what they pay us; the reseller sees what the reseller pays. */
const isBuyer = (ctx: PartnersContext, order: Pick<PartnerOrderRow, 'partnerId'>): boolean =>
  isStaff(ctx.viewer) || ctx.viewer.partnerId === order.partnerId;

function lineView(line: PartnerOrderLineRow, isOfBuyer: boolean): LineSource {
  const { sku, name, quantity, startsOn, endsOn, subscriptionName, currency } = line;
  return {
    sku,
    name,
    quantity,
    startsOn,
    endsOn,
    subscriptionName,
    listPrice: money(line.listUnitMinor, currency),
    unitPrice: money(isOfBuyer ? line.costUnitMinor : line.resellerUnitMinor, currency),
    amount: money(isOfBuyer ? line.costMinor : line.resellerMinor, currency),
  };
}
