import { compare, isZero, type Money } from '#kernel/money';

/** What became of a term that could be renewed. */
export const RENEWAL_RESULTS = ['PENDING', 'RENEWED', 'REDUCED', 'CHURNED'] as const;
export type RenewalResult = (typeof RENEWAL_RESULTS)[number];

/** `renewed` is what went on of the basis; null while the term runs. */
export function renewalResult(basis: Money, renewed: Money | null): RenewalResult {
  if (!renewed) return 'PENDING';
  if (isZero(renewed)) return 'CHURNED';
  return compare(renewed, basis) < 0 ? 'REDUCED' : 'RENEWED';
}

/** A share of a whole as a decimal with four places, rounded half up: 0.9375 is 93.75 %. Null of nothing. */
export function ratio(part: bigint, whole: bigint): string | null {
  if (whole === 0n) return null;
  const scaled = (part * 10_000n * 2n + whole) / (whole * 2n);
  const digits = scaled.toString().padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}
