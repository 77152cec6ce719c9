import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '#kernel/db/database';
import { type Money, money } from '#kernel/money';
import type { PlainDate } from '#kernel/time';
import { AGING_BUCKETS, AGING_STARTS_DAYS, type AgingBucket } from '../domain/aging';
import { REPORTING_CURRENCY } from '../domain/reporting-currency';
import { RATES } from './rates';
import type { RowSet } from './row-set';

export interface Aged {
  readonly bucket: AgingBucket;
  readonly balance: Money;
  readonly accounts: number;
}

/** What was owed at the end of a day, by how long it had been due: every bucket, also those in which nothing is. */
export async function agedOn(db: Queryable, on: PlainDate): Promise<readonly Aged[]> {
  const rows = await db.execute<{ bucket: number; minor: string; accounts: string }>(sql`/* reports.arAging */
    with ${RATES}, owed as (${owed(on)})
    select bucket, sum(balance)::text as minor, count(distinct account_id)::text as accounts from owed group by 1`);
  const found = new Map(rows.map(row => [row.bucket, row]));
  return AGING_BUCKETS.map((bucket, index) => {
    const row = found.get(index);
    return { bucket, balance: money(BigInt(row?.minor ?? '0'), REPORTING_CURRENCY), accounts: Number(row?.accounts ?? 0) };
  });
}

export const RECEIVABLE_COLUMNS = {
  id: 'invoice',
  number: 'text',
  dueOn: 'date',
  daysOverdue: 'whole',
  bucket: 'text',
  balance: 'money',
} as const;

/** The invoices on which something was owed at the end of a day. */
export const receivableRows = (on: PlainDate): RowSet<typeof RECEIVABLE_COLUMNS> => ({
  columns: RECEIVABLE_COLUMNS,
  select: sql`/* reports.receivableRows */
    with ${RATES}, owed as (${owed(on)})
    select invoice_id::text as row_key, invoice_id as id, number, due_on, days_overdue, (${`{${AGING_BUCKETS.join(',')}}`}::text[])[bucket + 1] as bucket, balance
    from owed`,
});

/** What was owed on each invoice at the end of a day, and in which bucket that is: 0 is current. */
const owed = (on: PlainDate): SQL => sql`/* reports.owed */
    select m.account_id, m.invoice_id, i.number, i.due_on, greatest(${on}::date - i.due_on, 0) as days_overdue,
      width_bucket(${on}::date - i.due_on, ${`{${AGING_STARTS_DAYS.join(',')}}`}::int[]) as bucket, round(m.minor * rate) as balance
    from (
      select account_id, invoice_id, currency, sum(amount_minor) as minor from receivable_movements
      where moved_on <= ${on}::date group by 1, 2, 3 having sum(amount_minor) <> 0
    ) as m
    join invoice_facts i on i.account_id = m.account_id and i.invoice_id = m.invoice_id
    join rates on rates.currency = m.currency`;
