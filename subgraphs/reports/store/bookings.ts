import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '#kernel/db/database';
import { type Money, money } from '#kernel/money';
import type { Period } from '#kernel/time';
import type { BookingDimension } from '../domain/dimensions';
import { REPORTING_CURRENCY } from '../domain/reporting-currency';
import { RATES } from './rates';

export interface BookingGroup {
  readonly keys: readonly string[];
  readonly netArr: Money;
  readonly deals: number;
}

const COLUMN: Readonly<Record<BookingDimension, SQL>> = {
  ORDER_TYPE: sql`o.order_type`,
  CHANNEL: sql`coalesce(o.channel, 'UNKNOWN')`,
  DEAL_TYPE: sql`coalesce(o.deal_type, 'UNKNOWN')`,
  SEGMENT: sql`a.segment`,
};

/** What was booked in a period, in groups, in the order of their keys. */
export async function bookingGroups(
  db: Queryable,
  { startsOn, endsOn }: Period,
  by: readonly BookingDimension[],
): Promise<readonly BookingGroup[]> {
  const keys = sql.join(
    by.map(dimension => COLUMN[dimension]),
    sql`, `,
  );
  const rows = await db.execute<{ keys: string[]; minor: string; deals: string }>(sql`/* reports.bookings */
    with ${RATES}
    select jsonb_build_array(${keys}) as keys, sum(round(o.net_arr_minor * rate))::text as minor, count(*)::text as deals
    from order_facts o join account_facts a on a.account_id = o.account_id join rates on rates.currency = o.currency
    where o.order_type is not null
      and o.placed_at >= (${startsOn}::date)::timestamp at time zone 'utc' and o.placed_at < (${endsOn}::date)::timestamp at time zone 'utc'
    group by 1 order by 1`);
  return rows.map(({ keys, minor, deals }) => ({ keys, netArr: money(BigInt(minor), REPORTING_CURRENCY), deals: Number(deals) }));
}
