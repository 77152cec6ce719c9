import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { AddressInput } from '#kernel/graph/address';
import { connectionType } from '#kernel/graph/connection';
import { MutationInput } from '#kernel/graph/mutation-input';
import { Node } from '#kernel/graph/node';
import { CurrencyCode, EmailAddress, PlainDateScalar } from '#kernel/graph/scalars';
import type { Id } from '#kernel/ids';
import type { Currency } from '#kernel/money';
import { always, Publishes, sometimes } from '#kernel/published';
import type { PlainDate } from '#kernel/time';
import type { DealKind } from '../domain/margin';
import type { PartnerTrack } from '../domain/partner';
import type { AgreementRow, ScheduleRow } from '../store/tables';
import { PartnerTrackEnum } from './partner';
import { PartnerDealKindEnum } from './partner-order';

@Publishes<AgreementRow>()
@ObjectType({ simpleResolvers: true, description: 'What a partner and we have agreed on how it buys.' })
export class PartnerAgreement {
  @always(() => ID, { description: 'Its id.' })
  readonly id!: Id<'partnerAgreement'>;

  @always(() => CurrencyCode, { description: 'In which currency the partner is invoiced.' })
  readonly currency!: Currency;

  @always(() => PlainDateScalar, { description: 'The first day on which orders are placed under it.' })
  readonly startsOn!: PlainDate;

  @always(() => PlainDateScalar, { description: 'The day after the last.' })
  readonly endsOn!: PlainDate;

  @always(() => Int, { description: 'Within how many days an invoice is paid.' })
  readonly paymentTermsDays!: number;
}

const BASIS_POINTS = 'in hundredths of a percent of the list price: 500 is 5 %.';

@Publishes<ScheduleRow>()
@ObjectType({ simpleResolvers: true, implements: Node, description: 'What each party of a chain keeps, from a day on. For us alone.' })
export class MarginSchedule {
  @always(() => ID, { description: 'Its id.' })
  readonly id!: Id<'marginSchedule'>;

  @always(() => PartnerTrackEnum, { description: 'For buyers on which track.' })
  readonly track!: PartnerTrack;

  @always(() => PartnerDealKindEnum, { description: 'For which kind of deal.' })
  readonly dealKind!: DealKind;

  @sometimes(() => String, { description: 'For which plan. Null: for all that have none of their own.' })
  readonly sku!: string | null;

  @always(() => PlainDateScalar, { description: 'From which day on.' })
  readonly effectiveOn!: PlainDate;

  @always(() => Int, { description: `What stays with the distributor, ${BASIS_POINTS}` })
  readonly distributorBasisPoints!: number;

  @always(() => Int, { description: `What stays with the reseller, ${BASIS_POINTS}` })
  readonly resellerBasisPoints!: number;

  @always(() => Int, { description: `What the customer pays less, ${BASIS_POINTS}` })
  readonly customerBasisPoints!: number;
}

export const MarginScheduleConnection = connectionType(MarginSchedule, 'MarginSchedule');

@InputType({ description: 'Who gets the invoices of a partner.' })
export class PartnerBillToInput {
  @Field(() => String, { description: 'The person.' })
  readonly name!: string;

  @Field(() => EmailAddress, { description: 'The address that invoices are sent to.' })
  readonly email!: string;

  @Field(() => AddressInput, { description: 'The postal address.' })
  readonly address!: AddressInput;
}

@InputType({ description: 'A new agreement with a partner.' })
export class SignPartnerAgreementInput extends MutationInput {
  @Field(() => ID, { description: 'The partner.' })
  readonly partnerId!: string;

  @Field(() => CurrencyCode, { description: 'In which currency it is invoiced.' })
  readonly currency!: string;

  @Field(() => PlainDateScalar, { description: 'The first day.' })
  readonly startsOn!: PlainDate;

  @Field(() => PlainDateScalar, { description: 'The day after the last: at most ten years later.' })
  readonly endsOn!: PlainDate;

  @Field(() => Int, { nullable: true, defaultValue: 30, description: 'Within how many days an invoice is paid: 0 to 120.' })
  readonly paymentTermsDays?: number | null;

  @Field(() => PartnerBillToInput, { description: 'Who gets the invoices.' })
  readonly billTo!: PartnerBillToInput;
}

@InputType({ description: 'Margins from a day on.' })
export class SetMarginScheduleInput extends MutationInput {
  @Field(() => PartnerTrackEnum, { description: 'For buyers on which track.' })
  readonly track!: PartnerTrack;

  @Field(() => PartnerDealKindEnum, { description: 'For which kind of deal.' })
  readonly dealKind!: DealKind;

  @Field(() => String, { nullable: true, description: 'For which plan. Absent: for all that have none of their own.' })
  readonly sku?: string | null;

  @Field(() => PlainDateScalar, { description: 'From which day on.' })
  readonly effectiveOn!: PlainDate;

  @Field(() => Int, { description: `What stays with the distributor, ${BASIS_POINTS}` })
  readonly distributorBasisPoints!: number;

  @Field(() => Int, { description: `What stays with the reseller, ${BASIS_POINTS}` })
  readonly resellerBasisPoints!: number;

  @Field(() => Int, { nullable: true, defaultValue: 0, description: `What the customer pays less, ${BASIS_POINTS}` })
  readonly customerBasisPoints?: number | null;
}
