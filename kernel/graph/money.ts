import 'reflect-metadata';
import { Directive, Field, InputType, ObjectType } from 'type-graphql';
import { type Currency, decimalOf, isCurrency, type Money, moneyFromDecimal } from '../money';
import { accept, type Refusal, type Result, refuse } from '../result';
import { Computed, Wrapper } from './plain-resolver';
import { CurrencyCode, Decimal } from './scalars';

/** The GraphQL type `Money`; its source object is the kernel's `Money`. */
@Wrapper()
@Directive('@shareable')
@ObjectType('Money', { simpleResolvers: true, description: 'An exact amount of money.' })
export class MoneyType implements Pick<Money, 'currency'> {
  @Computed<Money>(decimalOf)
  @Field(() => Decimal, { description: 'The amount, with as many decimals as the currency has. Credits are negative.' })
  readonly amount!: string;

  @Field(() => CurrencyCode, { description: 'The currency of the amount.' })
  readonly currency!: Currency;
}

/** An amount as a client sends it; read it with `moneyFromInput`. */
@InputType({ description: 'An exact amount of money.' })
export class MoneyInput {
  @Field(() => Decimal, { description: 'The amount, with no more decimals than the currency has.' })
  readonly amount!: string;

  @Field(() => CurrencyCode, { description: 'The currency of the amount.' })
  readonly currency!: string;
}

/**
 * Reads an amount that a client sent. Refuses a currency that cannot be sold in (`CURRENCY_NOT_SUPPORTED`) and an amount
 * with more decimals than its currency (`AMOUNT_INVALID`); it never rounds. `path` says where in the input it stood.
 */
export function moneyFromInput(
  input: MoneyInput,
  path: readonly string[] = [],
): Result<Money, Refusal<'CURRENCY_NOT_SUPPORTED' | 'AMOUNT_INVALID'>> {
  if (!isCurrency(input.currency)) {
    return refuse('CURRENCY_NOT_SUPPORTED', `Nothing can be sold in ${input.currency}.`, { path: [...path, 'currency'] });
  }
  const amount = moneyFromDecimal(input.amount, input.currency);
  if (!amount) return refuse('AMOUNT_INVALID', `This is no amount of ${input.currency}.`, { path: [...path, 'amount'] });
  return accept(amount);
}
