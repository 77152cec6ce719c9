import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graph/connection';
import { enumOf } from '#kernel/graph/enum';
import { lifecycleOf } from '#kernel/graph/lifecycle';
import { MoneyType } from '#kernel/graph/money';
import { Node } from '#kernel/graph/node';
import { DateTime, PlainDateScalar } from '#kernel/graph/scalars';
import type { SubscriptionId } from '#kernel/ids';
import type { Money } from '#kernel/money';
import { always, Publishes, sometimes } from '#kernel/published';
import type { PlainDate } from '#kernel/time';
import { AUTO_RENEW_REASONS, type AutoRenewal, type AutoRenewReason, type NextCharge } from '../domain/renewal';
import { SUBSCRIPTION_STATUSES, TERM_KINDS, type Term, type TermKind } from '../domain/subscription';
import type { RampStepRow, SubscriptionRow } from '../store/tables';

const STATUS_WORDS = {
  DRAFT: 'Prepared, and not agreed yet.',
  PENDING: 'Agreed, and its term has not begun.',
  ACTIVE: 'In force.',
  SUSPENDED: 'Agreed and in its term, and on hold.',
  CANCELLED: 'Ended before its time.',
  EXPIRED: 'Its term is over.',
  TRANSFERRED: 'It goes on, under its name, in another account.',
} as const;

export const LifecycleStatusEnum = lifecycleOf(SUBSCRIPTION_STATUSES, STATUS_WORDS);

export const SubscriptionStatusEnum = enumOf(
  'SubscriptionStatus',
  SUBSCRIPTION_STATUSES,
  'A status to filter subscriptions by.',
  STATUS_WORDS,
);

const SubscriptionTermKindEnum = enumOf('SubscriptionTermKind', TERM_KINDS, 'Whether a term is the first one. The values may grow.', {
  INITIAL: 'The first term.',
  RENEWAL: 'A term that follows another.',
});

export const AUTO_RENEW_REASON_WORDS = {
  ENDED: 'It is cancelled, or its term is over.',
  NOT_TWELVE_MONTHS: 'Its term is not twelve months long.',
  SUPPORT_HOLD: 'Support holds the billing account, usually for invoices long overdue.',
  CREDIT_HOLD: 'The billing account has no credit at the moment.',
  OTHER_HOLD: 'The billing account is held for another reason.',
  PO_REQUIRED: 'The customer needs a purchase order for each invoice.',
  PORTAL_REQUIRED: 'The customer takes invoices only through its own purchasing portal.',
  EDUCATION: 'Education customers apply again each year.',
  OPEN_SOURCE: 'Open source projects apply again each year.',
  STARTUP: 'Startups apply again each year.',
  RESELLER_SALE: 'A reseller sold it, and renews it.',
  NOT_CLOUD_LICENSED: 'Its licence is offline or a legacy file, so its users are not known here.',
  OVERAGE_NOT_RECONCILED: 'There were more users than seats in a quarter, and they were not paid for.',
  CARD_EXPIRED: 'The card that would be charged has expired by then.',
} as const;

const AutoRenewReasonEnum = enumOf(
  'AutoRenewReason',
  AUTO_RENEW_REASONS,
  'Why a subscription would not renew by itself. The values may grow.',
  AUTO_RENEW_REASON_WORDS,
);

@ObjectType({ simpleResolvers: true, description: 'What a subscription gives.' })
export class SubscriptionPlan {
  @Field(() => String, { description: 'The product, as the catalog names it.' })
  readonly sku!: string;

  @Field(() => String, { description: 'The name of the product.' })
  readonly name!: string;

  @Field(() => String, { description: 'The tier of features: `PREMIUM`, `ULTIMATE`.' })
  readonly tier!: string;

  @Field(() => String, { description: 'Where it runs: `SAAS` or `SELF_MANAGED`.' })
  readonly deployment!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A stretch of a subscription that was agreed at once.' })
export class SubscriptionTerm implements Term {
  @Field(() => SubscriptionTermKindEnum, { description: 'Whether it is the first one.' })
  readonly kind!: TermKind;

  @Field(() => PlainDateScalar, { description: 'The first day.' })
  readonly startsOn!: PlainDate;

  @Field(() => PlainDateScalar, { description: 'The day after the last day.' })
  readonly endsOn!: PlainDate;

  @Field(() => Int, { description: 'For how many months it was sold.' })
  readonly months!: number;
}

@ObjectType('AutoRenewal', { simpleResolvers: true, description: 'Whether a subscription renews by itself.' })
export class AutoRenewalView implements AutoRenewal {
  @Field(() => Boolean, { description: 'Whether the customer wants it.' })
  readonly isOn!: boolean;

  @Field(() => Boolean, { description: 'Whether it would be attempted at the end of the term.' })
  readonly isEligible!: boolean;

  @Field(() => [AutoRenewReasonEnum], { description: 'Why it would not be attempted. Empty when it would.' })
  readonly reasons!: readonly AutoRenewReason[];
}

@ObjectType('NextCharge', { simpleResolvers: true, description: 'What will be charged without anybody acting.' })
export class NextChargeView implements NextCharge {
  @Field(() => PlainDateScalar, { description: 'The day of the charge.' })
  readonly on!: PlainDate;

  @Field(() => MoneyType, { description: 'The amount before tax, at the prices of today.' })
  readonly amount!: Money;
}

@ObjectType('PlanAtRenewal', { simpleResolvers: true, description: 'What a renewal will be for.' })
export class PlanAtRenewalView {
  @Field(() => SubscriptionPlan, { description: 'The plan.' })
  readonly plan!: SubscriptionPlan;

  @Field(() => Int, { nullable: true, description: 'How many seats; those in force then, when null.' })
  readonly seats!: number | null;
}

@Publishes<RampStepRow>()
@ObjectType({ simpleResolvers: true, description: 'A year of a ramp after the first one.' })
export class SubscriptionRampStep {
  @always(() => PlainDateScalar, { description: 'Its first day, on which it begins by itself.' })
  readonly startsOn!: PlainDate;

  @always(() => Int, { description: 'The seats from then on.' })
  readonly seats!: number;

  @sometimes(() => DateTime, { description: 'When it began. Null while it is to come.' })
  readonly begunAt!: Date | null;
}

@Publishes<SubscriptionRow>()
@Directive('@key(fields: "id")')
@Directive('@key(fields: "name")')
@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: 'An agreement about a product for a time. Each change of it is a new version.',
})
export class Subscription {
  @always(() => ID, { description: 'The global id of the subscription.' })
  readonly id!: SubscriptionId;

  @always(() => String, { description: 'Its name for life, as it stands on documents: `A-S00012345`.' })
  readonly name!: string;

  @always(() => Int, { description: 'The number of its newest version. It grows by one with each change.' })
  readonly version!: number;

  @always(() => DateTime, { description: 'When it was first written down.' })
  readonly createdAt!: Date;
}

export const SubscriptionConnection = connectionType(Subscription, 'Subscription');
