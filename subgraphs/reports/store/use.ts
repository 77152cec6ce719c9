import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '#kernel/db/database';
import { addDays, type Instant, type Period, type PlainDate } from '#kernel/time';
import type { OrderDimension, SeatDimension } from '../domain/dimensions';

/** How old the newest report of a subscription may be and still tell how it is used. */
export const USAGE_DAYS_MAX = 30;

export interface SeatGroup {
  readonly keys: readonly string[];
  readonly seats: number;
  readonly billable: number;
  /** Users above the seats, counted for each subscription: what one has to spare helps no other. */
  readonly seatsOver: number;
}

export async function seatGroups(db: Queryable, on: PlainDate, by: readonly SeatDimension[]): Promise<readonly SeatGroup[]> {
  const keys = by.length > 0 ? sql`segment` : sql``;
  const rows = await db.execute<{ keys: string[]; seats: string; billable: string; over: string }>(sql`/* reports.seatUtilisation */
    with newest as (${newestUse(on)})
    select jsonb_build_array(${keys}) as keys, sum(seats)::text as seats, sum(billable)::text as billable, sum(greatest(billable - seats, 0))::text as over
    from newest group by 1 order by 1`);
  return rows.map(row => ({ keys: row.keys, seats: Number(row.seats), billable: Number(row.billable), seatsOver: Number(row.over) }));
}

/** The newest report of each subscription that is young enough to tell how it is used on a day. */
export const newestUse = (on: PlainDate): SQL => sql`/* reports.newestUse */
    select distinct on (u.account_id, u.subscription_id) u.account_id, u.subscription_id, u.used_on, u.billable, u.seats, a.segment
    from usage_facts u join account_facts a on a.account_id = u.account_id
    where u.used_on <= ${on}::date and u.used_on > ${addDays(on, -USAGE_DAYS_MAX)}::date
    order by u.account_id, u.subscription_id, u.used_on desc`;

export interface Activations {
  readonly issued: number;
  readonly activated: number;
  readonly medianDaysToActivate: string | null;
  readonly notActivatedOver30Days: number;
}

const IDLE_DAYS = 30;

/** What became of the activation codes that were issued in a period. */
export async function activationsOf(db: Queryable, { startsOn, endsOn }: Period, now: Instant): Promise<Activations> {
  const [row] = await db.execute<{
    issued: string;
    activated: string;
    median: string | null;
    idle: string;
  }>(sql`/* reports.licenseActivations */
    select count(*)::text as issued, count(activated_at)::text as activated,
      round(percentile_cont(0.5) within group (order by extract(epoch from activated_at - issued_at))::numeric / 86400, 1)::text as median,
      count(*) filter (where activated_at is null and issued_at < ${now.toISOString()}::timestamptz - make_interval(days => ${IDLE_DAYS}))::text as idle
    from activation_facts
    where issued_at >= (${startsOn}::date)::timestamp at time zone 'utc' and issued_at < (${endsOn}::date)::timestamp at time zone 'utc'`);
  return {
    issued: Number(row!.issued),
    activated: Number(row!.activated),
    medianDaysToActivate: row!.median,
    notActivatedOver30Days: Number(row!.idle),
  };
}

export interface Trials {
  readonly started: number;
  readonly converted: number;
}

/** What became of the trials that started in a period. */
export async function trialsOf(db: Queryable, { startsOn, endsOn }: Period): Promise<Trials> {
  const [row] = await db.execute<{ started: string; converted: string }>(sql`/* reports.trialConversion */
    select count(*)::text as started, count(converted_on)::text as converted from trial_facts
    where started_on >= ${startsOn}::date and started_on < ${endsOn}::date`);
  return { started: Number(row!.started), converted: Number(row!.converted) };
}

export interface Lag {
  readonly p50: string | null;
  readonly p95: string | null;
}

export interface LagGroup {
  readonly keys: readonly string[];
  readonly placedToFulfilledSeconds: Lag;
  readonly invoicedToPaidDays: Lag;
}

/** How long orders of a period took, from placed to fulfilled and from invoiced to paid. */
export async function lagGroups(db: Queryable, { startsOn, endsOn }: Period, by: readonly OrderDimension[]): Promise<readonly LagGroup[]> {
  const keys = by.length > 0 ? sql`channel` : sql``;
  const seconds = sql`seconds`;
  const days = sql`days`;
  const rows = await db.execute<{ keys: string[] } & Record<'f50' | 'f95' | 'p50' | 'p95', string | null>>(sql`/* reports.orderToCash */
    select jsonb_build_array(${keys}) as keys, ${quantile(50, seconds, 3)} as f50, ${quantile(95, seconds, 3)} as f95, ${quantile(50, days, 1)} as p50,
      ${quantile(95, days, 1)} as p95
    from (${lags({ startsOn, endsOn })}) as lag
    group by 1 order by 1`);
  return rows.map(row => ({
    keys: row.keys,
    placedToFulfilledSeconds: { p50: row.f50, p95: row.f95 },
    invoicedToPaidDays: { p50: row.p50, p95: row.p95 },
  }));
}

/** The orders of a period, each with its invoice where it has one. */
export const lags = ({ startsOn, endsOn }: Period): SQL => sql`/* reports.lags */
    select o.order_id, coalesce(o.channel, 'UNKNOWN') as channel, o.placed_at, o.fulfilled_at, extract(epoch from o.fulfilled_at - o.placed_at) as seconds,
      i.number as invoice_number, i.issued_on, i.settled_on, i.settled_on - i.issued_on as days
    from order_facts o left join invoice_facts i on i.account_id = o.account_id and i.order_id = o.order_id
    where o.placed_at >= (${startsOn}::date)::timestamp at time zone 'utc' and o.placed_at < (${endsOn}::date)::timestamp at time zone 'utc'`;

const quantile = (percent: 50 | 95, of: SQL, decimals: number): SQL =>
  sql`round((percentile_disc(${sql.raw(`${percent / 100}`)}) within group (order by ${of}))::numeric, ${sql.raw(`${decimals}`)})::text`;
