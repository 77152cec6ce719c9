import { moneyFromInput } from '#kernel/graph/money';
import { type MoneyText, moneyText } from '#kernel/money';
import { accept, type Result, refuse } from '#kernel/result';
import type { CreateQuote } from '../actions/createQuote';
import type { UpdateQuote } from '../actions/updateQuote';
import type { ApprovalRuleRow } from '../store/tables';
import type { CreateQuoteInput, SetApprovalRuleInput, UpdateQuoteInput } from './quote-inputs';
import { actionFrom } from './requests';

/** An offer as a client sent it, as the house understands it. */
export function quoteFrom(input: CreateQuoteInput): Result<CreateQuote> {
  const discount = discountFrom(input);
  if (!discount.ok) return discount;
  return accept({
    billingAccountId: input.billingAccountId,
    opportunityId: input.opportunityId ?? null,
    kind: input.kind,
    actions: input.actions.map(actionFrom),
    discountBasisPoints: discount.value.basisPoints ?? 0,
    discountAmount: discount.value.amount,
    paymentTermsDays: input.paymentTermsDays ?? 30,
    expiresOn: input.expiresOn ?? null,
  });
}

/** A change of an offer, without what stays as it is. */
export function quoteChangeFrom(input: UpdateQuoteInput): Result<UpdateQuote> {
  const discount = discountFrom(input);
  if (!discount.ok) return discount;
  const { basisPoints, amount } = discount.value;
  const { actions, paymentTermsDays, expiresOn } = input;
  return accept({
    quoteId: input.quoteId,
    ifVersion: input.ifVersion ?? null,
    ...(actions && { actions: actions.map(actionFrom) }),
    ...(basisPoints !== null && { discountBasisPoints: basisPoints }),
    ...(input.discountAmount !== undefined && { discountAmount: amount }),
    ...(typeof paymentTermsDays === 'number' && { paymentTermsDays }),
    ...(expiresOn && { expiresOn }),
  });
}

/** A rule as an operator sent it. */
export function ruleFrom(input: SetApprovalRuleInput): Result<ApprovalRuleRow> {
  const { code, name, measure, exceeds, isAnotherNeeded, isInForce } = input;
  const amount = amountFrom(input.exceedsAmount, 'exceedsAmount');
  if (!amount.ok) return amount;
  return accept({
    code,
    name,
    measure,
    exceeds: exceeds ?? 0,
    exceedsAmount: amount.value,
    isAnotherNeeded: isAnotherNeeded ?? false,
    isInForce: isInForce ?? true,
  });
}

type DiscountInput = Pick<CreateQuoteInput, 'discountPercent' | 'discountAmount'>;

function discountFrom({ discountPercent, discountAmount }: DiscountInput) {
  const basisPoints = discountPercent ? basisPointsOf(discountPercent) : null;
  if (basisPoints === undefined) {
    return refuse('DISCOUNT_OUT_OF_RANGE', 'A discount is 0 to 100 percent, with up to two decimals.', { path: ['discountPercent'] });
  }
  const amount = amountFrom(discountAmount, 'discountAmount');
  return amount.ok ? accept({ basisPoints, amount: amount.value }) : amount;
}

/** A percentage in hundredths; undefined when it has more than two decimals or is no percentage. */
function basisPointsOf(percent: string): number | undefined {
  const match = /^(\d{1,3})(?:\.(\d{1,2})0*)?$/.exec(percent);
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : undefined;
}

function amountFrom(input: CreateQuoteInput['discountAmount'], field: string): Result<MoneyText | null> {
  if (!input) return accept(null);
  const amount = moneyFromInput(input, [field]);
  return amount.ok ? accept(moneyText(amount.value)) : amount;
}
