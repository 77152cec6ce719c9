import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '#kernel/db/database';
import { type Money, money } from '#kernel/money';
import type { Period } from '#kernel/time';
import type { BookingDimension } from '../domain/dimensions';
import { REPORTING_CURRENCY } from '../domain/reporting-currency';
import { RATES } from './rates';
import type { RowSet } from './row-set';

export interface BookingGroup {
  readonly keys: readonly string[];
  readonly netArr: Money;
  readonly deals: number;
}

const COLUMN: Readonly<Record<BookingDimension, SQL>> = {
  ORDER_TYPE: sql`order_type`,
  CHANNEL: sql`channel`,
  DEAL_TYPE: sql`deal_type`,
  SEGMENT: sql`segment`,
  PARTNER: sql`partner`,
};

/** What was booked in a period, in groups, in the order of their keys. */
export async function bookingGroups(db: Queryable, period: Period, by: readonly BookingDimension[]): Promise<readonly BookingGroup[]> {
  const keys = sql.join(
    by.map(dimension => COLUMN[dimension]),
    sql`, `,
  );
  const rows = await db.execute<{ keys: string[]; minor: string; deals: string }>(sql`/* reports.bookings */
    with ${RATES}, booked as (${booked(period)})
    select jsonb_build_array(${keys}) as keys, sum(net_arr)::text as minor, count(*)::text as deals from booked group by 1 order by 1`);
  return rows.map(({ keys, minor, deals }) => ({ keys, netArr: money(BigInt(minor), REPORTING_CURRENCY), deals: Number(deals) }));
}

export const BOOKING_COLUMNS = {
  id: 'order',
  placedOn: 'date',
  orderType: 'text',
  channel: 'text',
  dealType: 'text',
  segment: 'text',
  partner: 'text',
  netArr: 'money',
} as const;

/** The orders that were booked in a period. */
export const bookingRows = (period: Period): RowSet<typeof BOOKING_COLUMNS> => ({
  columns: BOOKING_COLUMNS,
  select: sql`/* reports.bookingRows */ with ${RATES}, booked as (${booked(period)}) select id::text as row_key, booked.* from booked`,
});

/** The orders of a period. The partner is the one that sold it to the customer; two of one name are told apart by a part of their ids. */
const booked = ({ startsOn, endsOn }: Period): SQL => sql`/* reports.booked */
    select o.order_id as id, (o.placed_at at time zone 'utc')::date as placed_on, o.order_type, coalesce(o.channel, 'UNKNOWN') as channel,
      coalesce(o.deal_type, 'UNKNOWN') as deal_type, a.segment, round(o.net_arr_minor * rate) as net_arr,
      case when s.partner_id is null then 'NONE' when p.name is null then s.partner_id::text
        when exists (select from partner_facts same where same.name = p.name and same.partner_id <> p.partner_id) then p.name || ' ' || right(p.partner_id::text, 6)
        else p.name end as partner
    from order_facts o join account_facts a on a.account_id = o.account_id join rates on rates.currency = o.currency
    left join order_partners s on s.account_id = o.account_id and s.order_id = o.order_id
    left join partner_facts p on p.partner_id = s.partner_id
    where o.order_type is not null
      and o.placed_at >= (${startsOn}::date)::timestamp at time zone 'utc' and o.placed_at < (${endsOn}::date)::timestamp at time zone 'utc'`;
