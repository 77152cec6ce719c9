import { Field, ObjectType } from 'type-graphql';
import { MoneyType } from '#kernel/graph/money';
import { PlainDateScalar } from '#kernel/graph/scalars';
import type { Money } from '#kernel/money';
import type { PlainDate } from '#kernel/time';

@ObjectType({
  simpleResolvers: true,
  description: 'What stands on one account of the ledger in one currency, on the side where it stands.',
})
export class LedgerAccount {
  @Field(() => String, { description: 'The code of the account. Assets begin with 1, liabilities with 2.' })
  readonly code!: string;

  @Field(() => String, { description: 'The name of the account.' })
  readonly name!: string;

  @Field(() => MoneyType, { description: 'By how much its debits exceed its credits; zero when they do not.' })
  readonly debit!: Money;

  @Field(() => MoneyType, { description: 'By how much its credits exceed its debits; zero when they do not.' })
  readonly credit!: Money;
}

@ObjectType({ simpleResolvers: true, description: 'All accounts of the ledger at the end of a day.' })
export class TrialBalance {
  @Field(() => PlainDateScalar, { description: 'The last day that is counted.' })
  readonly on!: PlainDate;

  @Field(() => [LedgerAccount], { description: 'Each account in each currency, by currency and then by code.' })
  readonly accounts!: readonly LedgerAccount[];

  @Field(() => Boolean, { description: 'Whether debits equal credits in each currency.' })
  readonly isBalanced!: boolean;
}
