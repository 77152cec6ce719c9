/** The value below which so many of a hundred lie. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 50);
export const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits));
export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
