import { type SQL, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '#kernel/db/database';
import { ID_PREFIX, type IdKind, idFromUuid } from '#kernel/ids';
import { money } from '#kernel/money';
import { bareKind, type ColumnKind, type Columns, columnName, type Value } from '../domain/columns';
import { REPORTING_CURRENCY } from '../domain/reporting-currency';

/**
 * The rows that a number of a report is counted from. `select` answers a column for each of `columns`, in snake case, and
 * `row_key`, a text that is unique among them and gives their order.
 */
export interface RowSet<C extends Columns = Columns> {
  readonly columns: C;
  readonly select: SQL;
}

/** A row with its key: what a page's cursor is made from. Its other values are those of `RowOf` its columns. */
export interface KeyedRow {
  readonly rowKey: string;
  readonly [column: string]: Value;
}

type Raw = Readonly<Record<string, string | number | null>>;

/** At most `limit` rows after a key, in the order of the keys. */
export async function pageOfRows(
  db: Queryable,
  { columns, select }: RowSet,
  limit: number,
  after: string | null,
): Promise<readonly KeyedRow[]> {
  const rows = await db.execute<Raw>(sql`/* reports.rows */
    select * from (${select}) as counted where ${after === null ? sql`true` : sql`row_key > ${after} collate "C"`}
    order by row_key collate "C" limit ${limit}`);
  return rows.map(raw => ({
    ...Object.fromEntries(Object.entries(columns).map(([name, kind]) => [name, cellOf(kind, raw[columnName(name)] ?? null)])),
    rowKey: String(raw['row_key']),
  }));
}

/** So many rows are in memory at a time, however many there are. */
const FETCHED_AT_ONCE = 2_000;

/**
 * All rows in batches, in the order of their keys, read through a cursor: every one as it was at one moment, whatever is
 * written meanwhile.
 */
export async function* batchesOf(tx: Transaction, { columns, select }: RowSet): AsyncGenerator<readonly (readonly Value[])[]> {
  const entries = Object.entries(columns).map(([name, kind]) => [columnName(name), kind] as const);
  await tx.execute(sql`/* reports.openRows */
    declare report_rows no scroll cursor for select * from (${select}) as counted order by row_key collate "C"`);
  for (;;) {
    const raw = await tx.execute<Raw>(sql`/* reports.fetchRows */ fetch ${sql.raw(`${FETCHED_AT_ONCE}`)} from report_rows`);
    if (raw.length === 0) return;
    yield raw.map(row => entries.map(([name, kind]) => cellOf(kind, row[name] ?? null)));
  }
}

function cellOf(kind: ColumnKind, raw: string | number | null): Value {
  if (raw === null) return null;
  if (isIdKind(kind)) return idFromUuid(kind, String(raw));
  const bare = bareKind(kind);
  if (bare === 'whole') return Number(raw);
  if (bare === 'money') return money(BigInt(raw), REPORTING_CURRENCY);
  return bare === 'moment' ? new Date(raw) : String(raw);
}

const isIdKind = (kind: ColumnKind): kind is IdKind => Object.hasOwn(ID_PREFIX, kind);
