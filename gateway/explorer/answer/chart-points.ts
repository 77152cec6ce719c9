import type { Column, Row } from './row-sets';
import { type Cell, decimalOf, isMoney, plainText } from './values';

export interface Point {
  readonly x: string;
  readonly y: number;
  readonly series: string;
  /** The value to its last digit, as it is written in the table. */
  readonly exact: string;
}

export interface Chosen {
  readonly x: Column;
  readonly values: readonly Column[];
  readonly series: Column | null;
}

/** One point for each row and value. Pixels need no more than a floating point number; what is written stays exact. */
export function pointsOf(rows: readonly Row[], { x, values, series }: Chosen): readonly Point[] {
  return rows.flatMap(row =>
    values.flatMap(value => {
      const decimal = decimalOf(row[value.id]);
      if (decimal === null) return [];
      const name = [series && plainText(row[series.id]), (values.length > 1 || !series) && value.title].filter(Boolean).join(', ');
      return [{ x: plainText(row[x.id]), y: Number(decimal), series: name, exact: plainText(row[value.id]) }];
    }),
  );
}

/** What the axis is counted in. Amounts of different currencies have no axis in common. */
export function currenciesOf(rows: readonly Row[], values: readonly Column[]): readonly string[] {
  const cells: readonly (Cell | undefined)[] = rows.flatMap(row => values.map(({ id }) => row[id]));
  return [...new Set(cells.filter(isMoney).map(({ currency }) => currency))].toSorted();
}
