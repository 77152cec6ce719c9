import type { Column, Row } from './row-sets';
import { type Cell, compareCells, decimalOf, isMoney, type Kind, leastOf, meanOf, mostOf, plainText, sumOf } from './values';

export const AGGREGATES = ['sum', 'mean', 'least', 'most', 'count'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

/** How rows are folded: what names a line, what names a column, and what is counted where they meet. */
export interface PivotShape {
  readonly down: Column;
  readonly across: Column | null;
  readonly value: Column | null;
  readonly aggregate: Aggregate;
}

export interface Pivot {
  readonly down: readonly Cell[];
  readonly across: readonly Cell[];
  /** What stands in a line and a column. Amounts of different currencies are never added: each is told by itself. */
  at(down: Cell | null, across: Cell | null): readonly Cell[];
}

const ALL = Symbol('all');

export function pivotOf(rows: readonly Row[], { down, across, value, aggregate }: PivotShape): Pivot {
  const parts = new Map<string, Cell[]>();
  const keyOf = (line: string | typeof ALL, column: string | typeof ALL) =>
    JSON.stringify([line === ALL ? null : line, column === ALL ? null : column]);
  for (const row of rows) {
    const line = plainText(row[down.id]);
    const column = across ? plainText(row[across.id]) : '';
    for (const key of [keyOf(line, column), keyOf(line, ALL), keyOf(ALL, column), keyOf(ALL, ALL)]) {
      const cells = parts.get(key) ?? [];
      cells.push(value ? (row[value.id] ?? null) : 1);
      parts.set(key, cells);
    }
  }
  return {
    down: distinct(rows, down),
    across: across ? distinct(rows, across) : [],
    at: (line, column) =>
      folded(parts.get(keyOf(line === null ? ALL : plainText(line), column === null ? ALL : plainText(column))) ?? [], aggregate),
  };
}

function distinct(rows: readonly Row[], { id, kind }: { readonly id: string; readonly kind: Kind }): readonly Cell[] {
  const byText = new Map(rows.map(row => [plainText(row[id]), row[id] ?? '']));
  return [...byText.values()].toSorted((one, other) => compareCells(one, other, kind));
}

const FOLDS: Readonly<Record<Exclude<Aggregate, 'count'>, (decimals: readonly string[]) => string>> = {
  sum: sumOf,
  mean: meanOf,
  least: leastOf,
  most: mostOf,
};

function folded(cells: readonly Cell[], aggregate: Aggregate): readonly Cell[] {
  if (aggregate === 'count') return cells.length > 0 ? [cells.length] : [];
  const byCurrency = new Map<string, string[]>();
  for (const cell of cells) {
    const decimal = decimalOf(cell);
    const currency = isMoney(cell) ? cell.currency : '';
    if (decimal !== null) byCurrency.set(currency, [...(byCurrency.get(currency) ?? []), decimal]);
  }
  return [...byCurrency]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([currency, decimals]) => {
      const amount = FOLDS[aggregate](decimals);
      return currency ? { amount, currency } : amount;
    });
}
