import { Field, ID, Int, ObjectType } from 'type-graphql';
import { enumOf } from '#kernel/graph/enum';
import { DateTime, PlainDateScalar } from '#kernel/graph/scalars';
import type { RenewalAttemptId } from '#kernel/ids';
import { always, Publishes, sometimes } from '#kernel/published';
import type { PlainDate } from '#kernel/time';
import { RENEWAL_REASONS, RENEWAL_STATUSES, type RenewalReason, type RenewalStatus } from '../domain/renewal';
import type { RenewalAttemptRow } from '../store/tables';
import { AUTO_RENEW_REASON_WORDS } from './subscription';

const StatusEnum = enumOf('RenewalAttemptStatus', RENEWAL_STATUSES, 'How an automatic renewal stands. The values may grow.', {
  NOT_ATTEMPTED: 'Something stood against it.',
  REQUESTED: 'Its order is being placed.',
  ORDERED: 'Its order is being carried out.',
  RENEWED: 'The next term is agreed.',
  FAILED: 'It was tried, and did not come about. It can be renewed by hand.',
});

const ReasonEnum = enumOf('RenewalReason', RENEWAL_REASONS, 'Why a term was not renewed by itself. The values may grow.', {
  ...AUTO_RENEW_REASON_WORDS,
  TURNED_OFF: 'The customer did not want it.',
  ORDER_REFUSED: 'It could not be ordered.',
  CARD_DECLINED: 'The card was declined.',
  ORDER_STOPPED: 'Its order waits for somebody from support.',
});

@Publishes<RenewalAttemptRow>()
@ObjectType({ simpleResolvers: true, description: 'What came of the last day of a term: it was renewed by itself, or not, and why.' })
export class RenewalAttempt {
  @always(() => ID, { description: 'The global id of the attempt.' })
  readonly id!: RenewalAttemptId;

  @always(() => PlainDateScalar, { description: 'The end of the term that was to be renewed: the first day after it.' })
  readonly termEndsOn!: PlainDate;

  @always(() => StatusEnum, { description: 'How it stands.' })
  readonly status!: RenewalStatus;

  @Field(() => [ReasonEnum], { description: 'Why the term was not renewed by itself. Empty where it was, or still may be.' })
  readonly reasons!: readonly RenewalReason[];

  @sometimes(() => Int, { description: 'How many seats were ordered: those of the term, or its users where they were more.' })
  readonly seats!: number | null;

  @always(() => DateTime, { description: 'When it was decided.' })
  readonly attemptedAt!: Date;

  @sometimes(() => DateTime, { description: 'When it ended. Null while it has not.' })
  readonly endedAt!: Date | null;
}
