import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graph/connection';
import { enumOf } from '#kernel/graph/enum';
import { MoneyType } from '#kernel/graph/money';
import { Computed } from '#kernel/graph/plain-resolver';
import { DateTime, PlainDateScalar } from '#kernel/graph/scalars';
import type { Id } from '#kernel/ids';
import { type Money, money } from '#kernel/money';
import { always, Publishes } from '#kernel/published';
import type { PlainDate } from '#kernel/time';
import { CHARGE_KINDS, CHARGE_MODELS, type ChargeKind, type ChargeModel } from '../domain/charge';
import { CHANGED_FIELDS, type ChangedField, type Difference } from '../domain/difference';
import { VERSION_KINDS, type VersionKind } from '../domain/subscription';
import type { ChargeRow, VersionRow } from '../store/tables';

const ChargeKindEnum = enumOf('SubscriptionChargeKind', CHARGE_KINDS, 'What a charge gives. The values may grow.', {
  BASE: 'Seats.',
  ADD_ON: 'A product beside the plan, by seat.',
  COMPUTE: 'Compute minutes.',
  STORAGE: 'Storage.',
});

const ChargeModelEnum = enumOf('SubscriptionChargeModel', CHARGE_MODELS, 'How often a charge is paid. The values may grow.', {
  RECURRING: 'For each year again.',
  ONE_TIME: 'Once.',
});

const VersionKindEnum = enumOf('SubscriptionVersionKind', VERSION_KINDS, 'Why a version was written. The values may grow.', {
  CREATE: 'The subscription began.',
  ADD_SEATS: 'Seats were added.',
  SET_AUTO_RENEW: 'The wish about renewal changed.',
  RENEW: 'A term began where the last one ended.',
  CANCEL: 'It was cancelled, at once or for a day.',
  CHANGE_PLAN: 'The plan changed.',
  PLAN_AT_RENEWAL: 'What the next renewal is for was agreed.',
  REMOVE_PRODUCT: 'Something beside the plan was taken out.',
  TRANSFER_NAMESPACE: 'It moved to another namespace.',
  CHANGE_TERMS: 'The running term became longer.',
  SUSPEND: 'It was paused.',
  RESUME: 'A pause ended.',
  TRANSFER_OWNER: 'It went on in another account.',
  RAMP_STEP: 'The next year of a ramp began.',
});

const ChangedFieldEnum = enumOf('SubscriptionChangedField', CHANGED_FIELDS, 'What a version can change. The values may grow.', {
  STANDING: 'What was agreed: in force, on hold or cancelled.',
  PLAN: 'The plan, by its name.',
  SEATS: 'The number of seats.',
  TERM: 'The first day of the term and the day after its last, divided by `/`.',
  AUTO_RENEW: '`ON` or `OFF`.',
  NAMESPACE: 'The namespace that it is for, by its id.',
});

/** One charge can be told from its row alone, so its price is computed without a resolver of its own. */
@ObjectType({ simpleResolvers: true, description: 'One part of what is paid for a subscription.' })
export class SubscriptionCharge {
  @Field(() => ID, { description: 'The global id of the charge.' })
  readonly id!: Id<'charge'>;

  @Field(() => String, { description: 'The product, as the catalog names it.' })
  readonly sku!: string;

  @Field(() => ChargeKindEnum, { description: 'What it gives.' })
  readonly kind!: ChargeKind;

  @Field(() => ChargeModelEnum, { description: 'How often it is paid.' })
  readonly model!: ChargeModel;

  @Field(() => Int, { description: 'How many units.' })
  readonly quantity!: number;

  @Computed<ChargeRow>(charge => money(charge.unitPriceMinor, charge.currency))
  @Field(() => MoneyType, { description: 'The price of one unit: for a year when it recurs, else in all.' })
  readonly unitPrice!: Money;

  @Field(() => PlainDateScalar, { description: 'The first day on which it gives something.' })
  readonly startsOn!: PlainDate;

  @Field(() => PlainDateScalar, { description: 'The day after the last one. It moves when a later version ends the charge early.' })
  readonly endsOn!: PlainDate;

  @Computed<ChargeRow>(charge => charge.versionNumber)
  @Field(() => Int, { description: 'The number of the version that added it.' })
  readonly addedInVersion!: number;
}

export const SubscriptionChargeConnection = connectionType(SubscriptionCharge, 'SubscriptionCharge');

@ObjectType({ simpleResolvers: true, description: 'One thing that a version changed.' })
export class SubscriptionDifference implements Difference {
  @Field(() => ChangedFieldEnum, { description: 'What it changed.' })
  readonly field!: ChangedField;

  @Field(() => String, { nullable: true, description: 'How it was. Null where there was nothing.' })
  readonly before!: string | null;

  @Field(() => String, { nullable: true, description: 'How it is from then on. Null where there is nothing.' })
  readonly after!: string | null;
}

@Publishes<VersionRow>()
@ObjectType({ simpleResolvers: true, description: 'A subscription as one change left it. It is never edited.' })
export class SubscriptionVersion {
  @always(() => ID, { description: 'The global id of the version.' })
  readonly id!: Id<'subscriptionVersion'>;

  @always(() => Int, { description: 'The first version is 1, and each change adds one.' })
  readonly number!: number;

  @always(() => VersionKindEnum, { description: 'Why it was written.' })
  readonly kind!: VersionKind;

  @always(() => PlainDateScalar, { description: 'The first day for which it speaks.' })
  readonly effectiveOn!: PlainDate;

  @always(() => DateTime, { description: 'When it was written.' })
  readonly createdAt!: Date;

  @always(() => Boolean, { description: 'Whether the customer wants it to renew by itself.' })
  readonly isAutoRenew!: boolean;
}

export const SubscriptionVersionConnection = connectionType(SubscriptionVersion, 'SubscriptionVersion');
