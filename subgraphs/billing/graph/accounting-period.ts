import { Field, InputType, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graph/connection';
import { enumOf } from '#kernel/graph/enum';
import { MutationInput } from '#kernel/graph/mutation-input';
import { Wrapper } from '#kernel/graph/plain-resolver';
import { DateTime, PlainDateScalar } from '#kernel/graph/scalars';
import { always, Publishes, sometimes } from '#kernel/published';
import type { PlainDate } from '#kernel/time';
import { PERIOD_ACTS, type PeriodAct } from '../domain/accounting-period';
import type { AccountingPeriodRow, PeriodActRow } from '../store/tables';
import { Payload } from './payloads';

export const PeriodActEnum = enumOf('PeriodAct', PERIOD_ACTS, 'What was done to a month of the books.', {
  CLOSED: 'It was closed: nothing is posted in it.',
  REOPENED: 'It was opened again.',
});

@Publishes<PeriodActRow>()
@ObjectType({ simpleResolvers: true, description: 'That somebody closed a month of the books or opened it again.' })
export class AccountingPeriodAct {
  @always(() => PeriodActEnum, { description: 'What was done.' })
  act!: PeriodAct;

  @always(() => String, { description: 'Who did it.' })
  actor!: string;

  @sometimes(() => String, { description: 'Why it was opened again.' })
  reason!: string | null;

  @always(() => DateTime, { description: 'When it was done.' })
  at!: Date;
}

@Publishes<AccountingPeriodRow>()
@ObjectType({ simpleResolvers: true, description: 'A month of the books that was closed at least once.' })
export class AccountingPeriod {
  @always(() => PlainDateScalar, { description: 'The first day of the month.' })
  month!: PlainDate;

  @always(() => Boolean, { description: 'Whether it is closed: nothing is posted on any of its days.' })
  isClosed!: boolean;
}

export const AccountingPeriodConnection = connectionType(AccountingPeriod, 'AccountingPeriod');

@InputType({ description: 'A month of the books to close.' })
export class ClosePeriodInput extends MutationInput {
  @Field(() => PlainDateScalar, { description: 'Any day of the month. The month must be over.' })
  readonly month!: PlainDate;
}

@InputType({ description: 'A closed month of the books to open again.' })
export class ReopenPeriodInput extends MutationInput {
  @Field(() => PlainDateScalar, { description: 'Any day of the month.' })
  readonly month!: PlainDate;

  @Field(() => String, { description: 'Why, for the audit: 1 to 280 characters.' })
  readonly reason!: string;
}

@Wrapper()
@ObjectType({ simpleResolvers: true, description: 'What came of closing a month.' })
export class ClosePeriodPayload extends Payload {
  @Field(() => AccountingPeriod, { nullable: true, description: 'The month.' })
  readonly period!: AccountingPeriod | null;
}

@Wrapper()
@ObjectType({ simpleResolvers: true, description: 'What came of opening a month again.' })
export class ReopenPeriodPayload extends Payload {
  @Field(() => AccountingPeriod, { nullable: true, description: 'The month.' })
  readonly period!: AccountingPeriod | null;
}
