import { Field, ID, Int, ObjectType } from 'type-graphql';
import { enumOf } from '#kernel/graph/enum';
import { DateTime, PlainDateScalar } from '#kernel/graph/scalars';
import type { TrialId } from '#kernel/ids';
import { always, Publishes, sometimes } from '#kernel/published';
import type { PlainDate } from '#kernel/time';
import { TRIAL_KINDS, TRIAL_REASONS, TRIAL_STATUSES, type TrialKind, type TrialOffer, type TrialReason } from '../domain/trial';
import type { ExtensionRow, TrialRow } from '../store/tables';

export const TrialKindEnum = enumOf('TrialKind', TRIAL_KINDS, {
  PREMIUM: 'Everything of Premium.',
  ULTIMATE: 'Everything of Ultimate.',
});

export const TrialStatusEnum = enumOf('TrialStatus', TRIAL_STATUSES, {
  ACTIVE: 'It runs.',
  CONVERTED: 'A plan was bought while it ran.',
  EXPIRED: 'It is over, and nothing was bought.',
});

const TrialReasonEnum = enumOf('TrialReason', TRIAL_REASONS, {
  TRIAL_USED: 'The namespace, or its subscription, has had its trial.',
  NOTHING_TO_TRY: 'The namespace has the highest plan.',
});

@Publishes<TrialRow>()
@ObjectType({
  simpleResolvers: true,
  description: 'A plan that a namespace tries for a time. It costs nothing, and each namespace has one.',
})
export class Trial {
  @always(() => ID, { description: 'The global id of the trial.' })
  readonly id!: TrialId;

  @always(() => TrialKindEnum, { description: 'The tier that is tried.' })
  readonly kind!: TrialKind;

  @always(() => Int, { description: 'How many days it was started for: 30 on a free namespace, 60 on a paid one.' })
  readonly days!: number;

  @always(() => Int, { description: 'How many users it is for.' })
  readonly seats!: number;

  @always(() => PlainDateScalar, { description: 'The first day.' })
  readonly startsOn!: PlainDate;

  @always(() => PlainDateScalar, { description: 'The day after the last day. A purchase drops what is left of it.' })
  readonly endsOn!: PlainDate;

  @sometimes(() => PlainDateScalar, { description: 'When a plan was bought. Null when none was.' })
  readonly convertedOn!: PlainDate | null;
}

@ObjectType('TrialOffer', { simpleResolvers: true, description: 'Whether a namespace may start a trial.' })
export class TrialOfferView implements TrialOffer {
  @Field(() => Boolean, { description: 'Whether it may.' })
  readonly isEligible!: boolean;

  @Field(() => TrialKindEnum, { nullable: true, description: 'Of which tier. Null when it may not.' })
  readonly kind!: TrialKind | null;

  @Field(() => Int, { nullable: true, description: 'For how many days. Null when it may not.' })
  readonly days!: number | null;

  @Field(() => TrialReasonEnum, { nullable: true, description: 'Why it may not. Null when it may.' })
  readonly reason!: TrialReason | null;
}

@ObjectType({ simpleResolvers: true, description: 'What a namespace may have.' })
export class NamespaceEligibility {
  @Field(() => TrialOfferView, { description: 'Whether it may start a trial, and of what.' })
  readonly trial!: TrialOffer;
}

@Publishes<ExtensionRow>()
@ObjectType({ simpleResolvers: true, description: "A term's end that support put off, so that its renewal can be arranged." })
export class TemporaryExtension {
  @always(() => PlainDateScalar, { description: 'The day on which it ends: 21 days after the end of the term.' })
  readonly endsOn!: PlainDate;

  @always(() => DateTime, { description: 'When it was granted.' })
  readonly grantedAt!: Date;
}
