import { allocate, compare, displayOf, type Money, type MoneyText, moneyOf, subtract } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import type { PlannedPart, PricedLine } from './plan';

/**
 * An amount off the whole of what is charged, spread over the charges by what each comes to, to the last cent. It lowers what is paid
 * once; the agreed price of one unit stays, so later additions and renewals are not cheaper for it. Refused where it exceeds them.
 */
export function lessAmount(parts: readonly PlannedPart[], amountOff: MoneyText | null) {
  if (!amountOff) return accept(parts);
  const at = { path: ['discountAmount'] };
  const charges = parts.flatMap(part => part.lines).filter(isCharge);
  const off = moneyOf(amountOff);
  const [first] = charges;
  if (!first || first.unitPrice.currency !== off.currency) {
    return refuse('DISCOUNT_OUT_OF_RANGE', 'A discount is in the currency of what it is taken off.', at);
  }
  const whole = charges.reduce((all, { priced }) => all + priced.amount.minor, 0n);
  if (off.minor < 0n || off.minor > whole) {
    return refuse('DISCOUNT_OUT_OF_RANGE', 'A discount is at most what is charged.', at);
  }
  const weights = charges.map(({ priced }) => priced.amount.minor);
  const portions = allocate(off, weights);
  const shares = new Map(charges.map((line, index) => [line, portions[index]!]));
  return accept(parts.map(part => ({ ...part, lines: part.lines.map(line => lessShare(line, shares.get(line), off)) })));
}

const isCharge = ({ priced }: PricedLine): boolean => priced.amount.minor > 0n;

function lessShare(line: PricedLine, share: Money | undefined, off: Money): PricedLine {
  if (!share || share.minor === 0n) return line;
  const amount = subtract(line.priced.amount, share);
  const words = compare(share, off) === 0 ? displayOf(share) : `its ${displayOf(share)} of ${displayOf(off)}`;
  return { ...line, priced: { ...line.priced, amount, working: `${line.priced.working}; less ${words} = ${displayOf(amount)}` } };
}
