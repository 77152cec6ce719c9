import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '#kernel/db/database';
import { type Money, money } from '#kernel/money';
import { addMonths, type Instant, type PlainDate } from '#kernel/time';
import type { ArrDimension } from '../domain/dimensions';
import { REPORTING_CURRENCY } from '../domain/reporting-currency';
import { RATES } from './rates';

/** Which revenue: of which month, as it was known at which moment. */
export interface Asked {
  readonly month: PlainDate;
  readonly asOf: Instant;
}

export interface ArrGroup {
  readonly keys: readonly string[];
  readonly arr: Money;
  readonly seats: number;
  readonly customers: number;
}

const COLUMN: Readonly<Record<ArrDimension, SQL>> = {
  TIER: sql`tier`,
  DEPLOYMENT: sql`deployment`,
  PRODUCT: sql`sku`,
  SEGMENT: sql`segment`,
  CHANNEL: sql`channel`,
  CURRENCY: sql`currency`,
};

/** ARR of a month in groups, in the order of their keys; without dimensions one group of everything, or none. */
export async function arrGroups(db: Queryable, asked: Asked, by: readonly ArrDimension[]): Promise<readonly ArrGroup[]> {
  const keys = sql.join(
    by.map(dimension => COLUMN[dimension]),
    sql`, `,
  );
  const rows = await db.execute<{ keys: string[]; minor: string; seats: string; customers: string }>(sql`/* reports.arr */
    with ${RATES}, held as (${held(asked)})
    select jsonb_build_array(${keys}) as keys, sum(minor)::text as minor, coalesce(sum(quantity) filter (where kind = 'BASE'), 0)::text as seats,
      count(distinct organization_id)::text as customers
    from held group by 1 order by 1`);
  return rows.map(row => ({ keys: row.keys, arr: told(row.minor), seats: Number(row.seats), customers: Number(row.customers) }));
}

export interface Movements {
  readonly opening: Money;
  readonly new: Money;
  readonly expansion: Money;
  readonly contraction: Money;
  readonly churn: Money;
  readonly closing: Money;
}

/** How ARR moved from the month before, and what the growth and loss of companies that stayed came from. */
export interface ArrMovements extends Movements {
  readonly seats: Money;
  readonly price: Money;
  readonly tier: Money;
}

export async function arrMovements(db: Queryable, { month, asOf }: Asked): Promise<ArrMovements> {
  const [row] = await db.execute<Record<keyof ArrMovements, string>>(sql`/* reports.arrMovements */
    with ${RATES}, before as (${byProduct({ month: addMonths(month, -1), asOf })}), after as (${byProduct({ month, asOf })}),
    product as (
      select coalesce(a.organization_id, b.organization_id) as organization_id, coalesce(b.minor, 0) as before, coalesce(a.minor, 0) as after,
        b.quantity as quantity_before, a.quantity as quantity_after
      from after a full join before b on b.organization_id = a.organization_id and b.sku = a.sku
    ), company as (
      select organization_id, sum(before) as before, sum(after) as after,
        coalesce(sum(round(before * (quantity_after - quantity_before) / quantity_before)) filter (where quantity_before > 0 and quantity_after > 0), 0) as seats,
        coalesce(sum(after - before) filter (where quantity_before > 0 and quantity_after > 0), 0) as same_products,
        coalesce(sum(after - before) filter (where quantity_before is null or quantity_after is null), 0) as tier
      from product group by 1
    )
    select ${movementsOf(sql`before`, sql`after`)},
      coalesce(sum(seats) filter (where before > 0 and after > 0), 0)::text as seats,
      coalesce(sum(same_products - seats) filter (where before > 0 and after > 0), 0)::text as price,
      coalesce(sum(tier) filter (where before > 0 and after > 0), 0)::text as tier
    from company`);
  return { ...toldAll(row!), seats: told(row!.seats), price: told(row!.price), tier: told(row!.tier) };
}

/** How MRR moved in each of these months, which follow each other. */
export async function mrrMovements(
  db: Queryable,
  months: readonly PlainDate[],
  asOf: Instant,
): Promise<readonly (Movements & { readonly month: PlainDate })[]> {
  const first = months[0]!;
  const rows = await db.execute<Record<keyof Movements, string> & { month: PlainDate }>(sql`/* reports.mrrMovements */
    ${movedMrr(first, months.at(-1)!, asOf)}
    select asked::date::text as month, ${movementsOf(sql`before`, sql`after`)}
    from generate_series(${first}::date, ${months.at(-1)!}::date, interval '1 month') as asked left join moved on moved.month = asked
    group by asked order by asked`);
  return rows.map(({ month, ...row }) => ({ ...toldAll(row), month }));
}

export interface Retention {
  /** What the companies of a year before are worth now, then, and at most what they were worth then. */
  readonly now: Money;
  readonly yearBefore: Money;
  readonly kept: Money;
  readonly churned: number;
}

/** What became of the parent companies that had ARR a year before. */
export async function retained(db: Queryable, { month, asOf }: Asked): Promise<Retention> {
  const [row] = await db.execute<Record<'now' | 'year_before' | 'kept' | 'churned', string>>(sql`/* reports.retention */
    ${parents({ month, asOf })}
    select coalesce(sum(after), 0)::text as now, coalesce(sum(before), 0)::text as year_before, coalesce(sum(least(before, after)), 0)::text as kept,
      count(*) filter (where after = 0)::text as churned
    from parent where before > 0`);
  return { now: told(row!.now), yearBefore: told(row!.year_before), kept: told(row!.kept), churned: Number(row!.churned) };
}

/** The MRR of each company in each month and in the month before: the `with` of every statement about movements of MRR. */
export const movedMrr = (first: PlainDate, last: PlainDate, asOf: Instant): SQL => sql`/* reports.movedMrr */
    with ${RATES}, company as (
      select month, organization_id, round(sum(round(c.quantity::numeric * c.unit_price_minor * rate)) / 12) as mrr
      from generate_series(${addMonths(first, -1)}::date, ${last}::date, interval '1 month') as month
      join charge_facts c on c.starts_month <= month and c.ends_month > month and ${isKnown(asOf)}
      join account_facts a on a.account_id = c.account_id
      join rates on rates.currency = c.currency
      group by 1, 2
    ), moved as (
      select coalesce(a.month, b.month + interval '1 month') as month, coalesce(a.organization_id, b.organization_id) as organization_id,
        coalesce(b.mrr, 0) as before, coalesce(a.mrr, 0) as after
      from company a full join company b on b.organization_id = a.organization_id and b.month + interval '1 month' = a.month
    )`;

/** What each parent company had a year before and has now: the `with` of every statement about retention. */
export const parents = ({ month, asOf }: Asked): SQL => sql`/* reports.parents */
    with recursive ${RATES}, root as (
      select organization_id, organization_id as root_id from organization_facts where parent_id is null
      union all
      select o.organization_id, root.root_id from organization_facts o join root on o.parent_id = root.organization_id
    ), before as (${held({ month: addMonths(month, -12), asOf })}), after as (${held({ month, asOf })}),
    parent as (
      select coalesce(root_id, organization_id) as parent_id, sum(before) as before, sum(after) as after from (
        select organization_id, minor as before, 0 as after from before
        union all
        select organization_id, 0, minor from after
      ) as company left join root using (organization_id) group by 1
    )`;

/** The charges that count in a month, each with what it is worth in a year, in the reporting currency. */
export function held({ month, asOf }: Asked): SQL {
  return sql`/* reports.held */
    select c.charge_id, c.account_id, c.subscription_id, c.sku, c.kind, c.tier, c.deployment, c.currency, c.quantity, c.starts_on, c.ends_on, a.organization_id, a.segment,
      coalesce(o.channel, 'UNKNOWN') as channel, round(c.quantity::numeric * c.unit_price_minor * rate) as minor
    from charge_facts c
    join account_facts a on a.account_id = c.account_id
    join rates on rates.currency = c.currency
    left join order_facts o on o.account_id = c.account_id and o.order_id = c.order_id
    where c.starts_month <= ${month}::date and c.ends_month > ${month}::date and ${isKnown(asOf)}`;
}

export const isKnown = (asOf: Instant): SQL =>
  sql`c.known_from <= ${asOf.toISOString()}::timestamptz and c.known_until > ${asOf.toISOString()}::timestamptz`;

export const byProduct = (asked: Asked): SQL =>
  sql`/* reports.byProduct */ select organization_id, sku, sum(minor) as minor, sum(quantity) as quantity from (${held(asked)}) as held group by 1, 2`;

/** The sums of a change by what it is to each company. A company that stays has either grown or shrunk. */
const movementsOf = (before: SQL, after: SQL): SQL => sql`
  coalesce(sum(${before}), 0)::text as opening,
  coalesce(sum(${after}) filter (where ${before} = 0), 0)::text as new,
  coalesce(sum(${after} - ${before}) filter (where ${before} > 0 and ${after} > ${before}), 0)::text as expansion,
  coalesce(sum(${before} - ${after}) filter (where ${after} > 0 and ${after} < ${before}), 0)::text as contraction,
  coalesce(sum(${before}) filter (where ${after} = 0), 0)::text as churn,
  coalesce(sum(${after}), 0)::text as closing`;

const told = (minor: string): Money => money(BigInt(minor), REPORTING_CURRENCY);

function toldAll(row: Readonly<Record<keyof Movements, string>>): Movements {
  return {
    opening: told(row.opening),
    new: told(row.new),
    expansion: told(row.expansion),
    contraction: told(row.contraction),
    churn: told(row.churn),
    closing: told(row.closing),
  };
}
