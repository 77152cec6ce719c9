import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graph/connection';
import { enumOf } from '#kernel/graph/enum';
import { MoneyType } from '#kernel/graph/money';
import { Node } from '#kernel/graph/node';
import { CountryCode, DateTime, EmailAddress, PlainDateScalar } from '#kernel/graph/scalars';
import type { PartnerOrderId } from '#kernel/ids';
import type { Money } from '#kernel/money';
import { always, Publishes, sometimes } from '#kernel/published';
import type { Instant, PlainDate } from '#kernel/time';
import { DEAL_KINDS, type DealKind } from '../domain/margin';
import { PARTNER_ORDER_KINDS, PARTNER_ORDER_STATUSES, type PartnerOrderKind, type PartnerOrderStatus } from '../domain/partner-order';
import type { HistoryRow, PartnerOrderRow } from '../store/tables';

export const PartnerOrderStatusEnum = enumOf('PartnerOrderStatus', PARTNER_ORDER_STATUSES, {
  ACCEPTED: 'Checked and priced; it is being carried out.',
  FULFILLED: 'Everything is delivered.',
  REJECTED: 'Not carried out, for good. The history says why.',
  ERROR: 'Something failed; our support is looking at it, and it goes on by itself then.',
});
export const PartnerOrderKindEnum = enumOf('PartnerOrderKind', PARTNER_ORDER_KINDS, {
  NEW: 'New subscriptions.',
  ADD_SEATS: 'More seats on a subscription.',
  RENEWAL: 'Another term of a subscription.',
  CANCELLATION: 'The end of a subscription.',
});
export const PartnerDealKindEnum = enumOf('PartnerDealKind', DEAL_KINDS, {
  RESALE: 'Sold on to a customer.',
  MSP: 'Run for a customer, as a managed service.',
  CLOUD_MARKETPLACE: 'Sold on the marketplace of a cloud provider.',
});

@Publishes<PartnerOrderRow>()
@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: 'An order that a partner placed. Each party of it sees its own price alone.',
})
export class PartnerOrder {
  @always(() => ID, { description: 'Its id.' })
  readonly id!: PartnerOrderId;

  @always(() => PartnerOrderKindEnum, { description: 'What it does.' })
  readonly kind!: PartnerOrderKind;

  @always(() => PartnerDealKindEnum, { description: 'How it is sold.' })
  readonly dealKind!: DealKind;

  @always(() => PartnerOrderStatusEnum, { description: 'How it stands.' })
  readonly status!: PartnerOrderStatus;

  @always(() => Boolean, { description: 'Whether the licence, or how to get it, was sent to Sold-To: never to a reseller.' })
  readonly isLicenseDelivered!: boolean;

  @sometimes(() => String, { description: 'The name of the subscription, once it is written: of the first one, where there are several.' })
  readonly subscriptionName!: string | null;

  @always(() => DateTime, { description: 'When it was placed.' })
  readonly placedAt!: Instant;

  @sometimes(() => String, { description: 'The offer on the side of the cloud marketplace.' })
  readonly marketplaceOfferId!: string | null;

  @sometimes(() => String, { description: 'The agreement on the side of the cloud marketplace.' })
  readonly marketplaceAgreementId!: string | null;
}

@Publishes<HistoryRow>()
@ObjectType({ simpleResolvers: true, description: 'How an order came to stand as it does.' })
export class PartnerOrderStatusEntry {
  @always(() => DateTime, { description: 'When.' })
  readonly at!: Instant;

  @always(() => PartnerOrderStatusEnum, { description: 'How it stood from then on.' })
  readonly status!: PartnerOrderStatus;

  @always(() => String, { description: 'Why, in a sentence.' })
  readonly reason!: string;
}

/** A line as one party sees it. */
export interface LineSource {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
  readonly subscriptionName: string | null;
  readonly listPrice: Money;
  readonly unitPrice: Money;
  readonly amount: Money;
}

@ObjectType({ simpleResolvers: true, description: 'One line of an order, at your own price.' })
export class PartnerOrderLine implements LineSource {
  @Field(() => String, { description: 'The plan.' })
  readonly sku!: string;

  @Field(() => String, { description: 'Its name.' })
  readonly name!: string;

  @Field(() => Int, { description: 'How many seats.' })
  readonly quantity!: number;

  @Field(() => PlainDateScalar, { description: 'The first day that is paid for.' })
  readonly startsOn!: PlainDate;

  @Field(() => PlainDateScalar, { description: 'The day after the last that is paid for.' })
  readonly endsOn!: PlainDate;

  @Field(() => String, { nullable: true, description: 'The subscription that it became, or is about.' })
  readonly subscriptionName!: string | null;

  @Field(() => MoneyType, { description: 'The list price of one seat for a year.' })
  readonly listPrice!: Money;

  @Field(() => MoneyType, { description: 'What you pay for one seat and a year.' })
  readonly unitPrice!: Money;

  @Field(() => MoneyType, { description: 'What you pay for the line, before tax.' })
  readonly amount!: Money;
}

@ObjectType({ simpleResolvers: true, description: 'The customer at the end of the chain.' })
export class PartnerEndCustomer {
  @Field(() => String, { description: 'The company.' })
  readonly companyName!: string;

  @Field(() => CountryCode, { description: 'Where it is.' })
  readonly country!: string;

  @Field(() => String, { description: 'Sold-To, who gets the licence.' })
  readonly soldToName!: string;

  @Field(() => EmailAddress, { description: 'Where the licence is sent.' })
  readonly soldToEmail!: string;
}

@ObjectType({ simpleResolvers: true, description: 'The invoice of an order, for whoever is invoiced.' })
export class PartnerInvoice {
  @Field(() => String, { description: 'Its number.' })
  readonly number!: string;

  @Field(() => String, { description: '`POSTED`, or `VOIDED` when it was taken back.' })
  readonly status!: string;

  @Field(() => PlainDateScalar, { nullable: true, description: 'When it is to be paid.' })
  readonly dueOn!: PlainDate | null;
}

@ObjectType({ simpleResolvers: true, description: 'Every price of an order, and what stays with whom. For us alone.' })
export class PriceWaterfall {
  @Field(() => MoneyType, { description: 'At list price.' })
  readonly list!: Money;

  @Field(() => MoneyType, { description: 'What the buyer pays us.' })
  readonly cost!: Money;

  @Field(() => MoneyType, { description: 'What the reseller pays.' })
  readonly reseller!: Money;

  @Field(() => MoneyType, { description: 'What the customer pays.' })
  readonly customer!: Money;

  @Field(() => MoneyType, { description: 'What stays with the distributor.' })
  readonly distributorMargin!: Money;

  @Field(() => MoneyType, { description: 'What stays with the reseller.' })
  readonly resellerMargin!: Money;

  @Field(() => MoneyType, { description: 'What the customer pays less than list.' })
  readonly customerReduction!: Money;
}

@ObjectType({ simpleResolvers: true, description: 'Something you may sell.' })
export class PartnerOffer {
  @Field(() => String, { description: 'What it is ordered by.' })
  readonly sku!: string;

  @Field(() => String, { description: 'Its name.' })
  readonly name!: string;

  @Field(() => MoneyType, { description: 'The list price of one seat for a year.' })
  readonly listPrice!: Money;

  @Field(() => MoneyType, { description: 'What you pay for one seat and a year.' })
  readonly myPrice!: Money;

  @Field(() => PlainDateScalar, { nullable: true, description: 'The day on which your agreement ends.' })
  readonly sellableUntil!: PlainDate | null;
}

@ObjectType({ simpleResolvers: true, description: 'A subscription that you sold and whose term is about to end.' })
export class PartnerRenewal {
  @Field(() => String, { description: 'Its name: what a renewal is ordered by.' })
  readonly subscriptionName!: string;

  @Field(() => String, { description: 'The customer.' })
  readonly endCustomer!: string;

  @Field(() => String, { description: 'The plan.' })
  readonly sku!: string;

  @Field(() => Int, { description: 'How many seats are in force.' })
  readonly seats!: number;

  @Field(() => PlainDateScalar, { description: 'The day after the last of its term.' })
  readonly endsOn!: PlainDate;
}

@ObjectType({
  simpleResolvers: true,
  description: 'How the licence of a subscription that you sold stands. The licence itself is the customer’s.',
})
export class PartnerLicenseStatus {
  @Field(() => String, { description: 'The subscription.' })
  readonly subscriptionName!: string;

  @Field(() => String, { description: 'How the subscription stands.' })
  readonly status!: string;

  @Field(() => Int, { description: 'How many seats are in force.' })
  readonly seats!: number;

  @Field(() => PlainDateScalar, { description: 'The day after the last of its term.' })
  readonly endsOn!: PlainDate;

  @Field(() => Boolean, { description: 'Whether the licence, or how to get it, was sent to Sold-To.' })
  readonly isDelivered!: boolean;
}

export const PartnerOrderConnection = connectionType(PartnerOrder, 'PartnerOrder');
export const PartnerOfferConnection = connectionType(PartnerOffer, 'PartnerOffer');
export const PartnerRenewalConnection = connectionType(PartnerRenewal, 'PartnerRenewal');
