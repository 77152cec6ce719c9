/** What a cell of a table holds. Amounts and decimals stay the text that they came as, so that no digit is lost. */
export type Cell = string | number | boolean | null | Money;

export interface Money {
  readonly amount: string;
  readonly currency: string;
}

export type Kind = 'text' | 'number' | 'money' | 'date' | 'moment' | 'boolean';

export function isMoney(value: unknown): value is Money {
  if (typeof value !== 'object' || value === null || !('amount' in value) || !('currency' in value)) return false;
  return typeof value.amount === 'string' && typeof value.currency === 'string';
}

/** The number of a cell as decimal text, or null where there is none. */
export function decimalOf(cell: Cell | undefined): string | null {
  if (isMoney(cell)) return cell.amount;
  if (typeof cell === 'number') return String(cell);
  return typeof cell === 'string' && DECIMAL.test(cell) ? cell : null;
}

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** Orders cells of one column: nothing comes last, amounts by currency and then by size, text as people sort it. */
export function compareCells(one: Cell | undefined, other: Cell | undefined, kind: Kind): number {
  if (isMoney(one) && isMoney(other) && one.currency !== other.currency) return one.currency < other.currency ? -1 : 1;
  if (kind === 'number' || kind === 'money') {
    const [first, second] = [decimalOf(one), decimalOf(other)];
    if (first !== null && second !== null) return compareDecimals(first, second);
  }
  return COLLATOR.compare(plainText(one ?? null), plainText(other ?? null));
}

const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function compareDecimals(one: string, other: string): number {
  const scale = Math.max(scaleOf(one), scaleOf(other));
  const [first, second] = [scaled(one, scale), scaled(other, scale)];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** The sum to the last digit, with as many decimals as the most exact of its parts. */
export function sumOf(decimals: readonly string[]): string {
  const scale = Math.max(0, ...decimals.map(scaleOf));
  return unscaled(
    decimals.reduce((sum, decimal) => sum + scaled(decimal, scale), 0n),
    scale,
  );
}

/** The mean, rounded half away from zero to two decimals, or to as many as its parts have. */
export function meanOf(decimals: readonly string[]): string {
  const scale = Math.max(2, ...decimals.map(scaleOf));
  const sum = decimals.reduce((total, decimal) => total + scaled(decimal, scale), 0n);
  const count = BigInt(decimals.length);
  const isNegative = sum < 0n;
  const rounded = ((isNegative ? -sum : sum) * 2n + count) / (2n * count);
  return unscaled(isNegative ? -rounded : rounded, scale);
}

export const leastOf = (decimals: readonly string[]): string => decimals.reduce((a, b) => (compareDecimals(a, b) <= 0 ? a : b));
export const mostOf = (decimals: readonly string[]): string => decimals.reduce((a, b) => (compareDecimals(a, b) >= 0 ? a : b));

const scaleOf = (decimal: string): number => decimal.split('.')[1]?.length ?? 0;

function scaled(decimal: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(scale, '0'));
}

function unscaled(units: bigint, scale: number): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return units < 0n ? `-${text}` : text;
}

/** A cell as people read it: `1,105.64 USD`, `yes`, and a dash where there is nothing. */
export function shownText(cell: Cell | undefined, kind: Kind): string {
  if (cell === null || cell === undefined || cell === '') return '–';
  if (isMoney(cell)) return `${grouped(cell.amount)} ${cell.currency}`;
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (kind === 'number') return grouped(String(cell));
  if (kind === 'moment')
    return String(cell)
      .replace('T', ' ')
      .replace(/(:\d\d)(\.\d+)?Z$/, '$1 UTC');
  return String(cell);
}

/** Thousands set apart, without passing through a floating point number. */
function grouped(decimal: string): string {
  if (!DECIMAL.test(decimal)) return decimal;
  const [whole = '', fraction] = decimal.split('.');
  const apart = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? apart : `${apart}.${fraction}`;
}

/** A cell as one searches and groups it. */
export function plainText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  return isMoney(cell) ? `${cell.amount} ${cell.currency}` : String(cell);
}
