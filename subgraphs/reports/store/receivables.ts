import { sql } from 'drizzle-orm';
import type { Queryable } from '#kernel/db/database';
import { type Money, money } from '#kernel/money';
import type { PlainDate } from '#kernel/time';
import { AGING_BUCKETS, AGING_STARTS_DAYS, type AgingBucket } from '../domain/aging';
import { REPORTING_CURRENCY } from '../domain/reporting-currency';
import { RATES } from './rates';

export interface Aged {
  readonly bucket: AgingBucket;
  readonly balance: Money;
  readonly accounts: number;
}

/** What was owed at the end of a day, by how long it had been due: every bucket, also those in which nothing is. */
export async function agedOn(db: Queryable, on: PlainDate): Promise<readonly Aged[]> {
  const starts = `{${AGING_STARTS_DAYS.join(',')}}`;
  const rows = await db.execute<{ bucket: number; minor: string; accounts: string }>(sql`/* reports.arAging */
    with ${RATES}, owed as (
      select m.account_id, m.invoice_id, m.currency, sum(m.amount_minor) as minor from receivable_movements m
      where m.moved_on <= ${on}::date group by 1, 2, 3 having sum(m.amount_minor) <> 0
    )
    select width_bucket(${on}::date - i.due_on, ${starts}::int[]) as bucket, sum(round(owed.minor * rate))::text as minor, count(distinct owed.account_id)::text as accounts
    from owed join invoice_facts i on i.account_id = owed.account_id and i.invoice_id = owed.invoice_id
    join rates on rates.currency = owed.currency
    group by 1`);
  const found = new Map(rows.map(row => [row.bucket, row]));
  return AGING_BUCKETS.map((bucket, index) => {
    const row = found.get(index);
    return { bucket, balance: money(BigInt(row?.minor ?? '0'), REPORTING_CURRENCY), accounts: Number(row?.accounts ?? 0) };
  });
}
