import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { enumOf } from '#kernel/graph/enum';
import { MoneyType } from '#kernel/graph/money';
import type { NamespaceId } from '#kernel/ids';
import type { Money } from '#kernel/money';
import {
  OFFER_REASONS,
  type PlanOffer as OfferedPlan,
  type OfferReason,
  type UpsellOffer as Suggested,
  UPSELL_CODES,
  UPSELL_PLACEMENTS,
  type UpsellCode,
} from '../domain/offer';

export const UpsellPlacementEnum = enumOf(
  'UpsellPlacement',
  UPSELL_PLACEMENTS,
  'Where in the product an offer is shown. The values may grow.',
  {
    SEAT_LIMIT: 'Where users are invited.',
    PLAN_LIMIT: 'Where something needs a higher plan.',
    COMPUTE_LIMIT: 'Where pipelines run out of minutes.',
    STORAGE_LIMIT: 'Where room runs out.',
  },
);

const UpsellCodeEnum = enumOf('UpsellCode', UPSELL_CODES, 'What an offer is for. The values may grow.', {
  ADD_SEATS: 'More seats of the same plan.',
  UPGRADE_PLAN: 'The next plan.',
  BUY_COMPUTE: 'A pack of compute minutes.',
  BUY_STORAGE: 'A pack of storage.',
});

const OfferReasonEnum = enumOf('OfferReason', OFFER_REASONS, 'Why a plan may not be chosen. The values may grow.', {
  HAS_IT: 'The namespace has it.',
  LOWER_PLAN: 'It is lower than what the namespace has: plans go down at the renewal.',
  ON_HOLD: 'The billing account may not buy at the moment.',
  SOLD_BY_PARTNER: 'A partner sold what the namespace has, and changes it.',
  MULTI_YEAR: 'The term is longer than a year: our sales team changes it.',
});

/** A neighbour's entity, to which this house adds what may be bought for it. */
@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: "A customer's group on the hosted product, for which subscriptions are bought." })
export class Namespace {
  @Field(() => ID, { description: 'The global id of the namespace.' })
  readonly id!: NamespaceId;
}

@ObjectType({ simpleResolvers: true, description: 'A plan as a namespace may choose it.' })
export class PlanOffer implements OfferedPlan {
  @Field(() => String, { description: 'The product, as an order names it.' })
  readonly sku!: string;

  @Field(() => String, { description: 'What people call it.' })
  readonly name!: string;

  @Field(() => MoneyType, { description: 'One seat for a year, at list price and before tax.' })
  readonly pricePerSeat!: Money;

  @Field(() => Int, { description: 'The fewest seats it can be bought for.' })
  readonly seatsMin!: number;

  @Field(() => Boolean, { description: 'Whether its owner may choose it now.' })
  readonly isEligible!: boolean;

  @Field(() => OfferReasonEnum, { nullable: true, description: 'Why not. Null when it may be chosen.' })
  readonly reason!: OfferReason | null;
}

@ObjectType({ simpleResolvers: true, description: 'What a namespace may have.' })
export class NamespaceEligibility {
  @Field(() => [PlanOffer], {
    description: 'Every plan, the lowest first. Empty while prices or the account are not known here.',
  })
  readonly offers!: readonly OfferedPlan[];
}

@ObjectType({ simpleResolvers: true, description: 'Something that the product may suggest.' })
export class UpsellOffer implements Suggested {
  @Field(() => UpsellCodeEnum, { description: 'What it is for.' })
  readonly code!: UpsellCode;

  @Field(() => String, { description: 'The product, as an order names it.' })
  readonly sku!: string;

  @Field(() => String, { description: 'Why it is suggested, in a sentence.' })
  readonly reason!: string;

  @Field(() => Int, { description: 'Seats in force.' })
  readonly seatsNow!: number;

  @Field(() => Int, { description: 'Seats that there would be.' })
  readonly seatsSuggested!: number;

  @Field(() => MoneyType, { description: 'What it costs, for a year where it recurs: at list price and before tax.' })
  readonly price!: Money;
}
