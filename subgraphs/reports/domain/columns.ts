import type { Id, IdKind } from '#kernel/ids';
import type { Money } from '#kernel/money';
import type { Instant, PlainDate } from '#kernel/time';

/** What a column of a report holds. One that ends in `?` may be empty. Money is told in the reporting currency. */
export const COLUMN_KINDS = ['text', 'whole', 'money', 'decimal', 'date', 'moment'] as const;
type BareKind = (typeof COLUMN_KINDS)[number];
export type ColumnKind = BareKind | `${BareKind}?` | IdKind;

/** The columns of a report by their names, in the order in which they are told. */
export type Columns = Readonly<Record<string, ColumnKind>>;

interface Values {
  readonly text: string;
  readonly whole: number;
  readonly money: Money;
  readonly decimal: string;
  readonly date: PlainDate;
  readonly moment: Instant;
}

export type ValueOf<Kind extends ColumnKind> = Kind extends keyof Values
  ? Values[Kind]
  : Kind extends `${infer Bare extends BareKind}?`
    ? Values[Bare] | null
    : Kind extends IdKind
      ? Id<Kind>
      : never;

/** A row of a report, with a value for each of its columns. */
export type RowOf<C extends Columns> = { readonly [Name in keyof C]: ValueOf<C[Name]> };

/** What every column can hold, as a file sees it. */
export type Value = string | number | Money | Instant | null;

/** The kind without its question mark; ids are text. */
export function bareKind(kind: ColumnKind): BareKind {
  const bare = kind.replace('?', '');
  return COLUMN_KINDS.find(known => known === bare) ?? 'text';
}

/** A name as spreadsheets and notebooks like it: `placedOn` is `placed_on`. */
export const columnName = (name: string): string => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
