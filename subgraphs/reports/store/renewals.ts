import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '#kernel/db/database';
import { type Money, money } from '#kernel/money';
import type { Instant, Period, PlainDate } from '#kernel/time';
import { REPORTING_CURRENCY } from '../domain/reporting-currency';
import { RATES } from './rates';

export interface RenewalsAsked {
  readonly period: Period;
  readonly asOf: Instant;
  /** Terms that end after it have not been renewed or lost yet. */
  readonly today: PlainDate;
}

export interface RenewalTotals {
  readonly atr: Money;
  readonly renewed: Money;
  readonly churned: Money;
  /** Of it, what has come to its end. */
  readonly ended: Money;
}

/** One term that ends in the period. `renewed` is null while it runs. */
export interface RenewalRow {
  readonly subscriptionName: string;
  readonly endsOn: PlainDate;
  readonly basis: Money;
  readonly renewed: Money | null;
}

export async function renewalTotals(db: Queryable, asked: RenewalsAsked): Promise<RenewalTotals> {
  const [row] = await db.execute<Record<keyof RenewalTotals, string>>(sql`/* reports.renewalTotals */
    with ${RATES}, ending as (${ending(asked)})
    select coalesce(sum(basis), 0)::text as atr, coalesce(sum(renewed), 0)::text as renewed,
      coalesce(sum(basis - renewed) filter (where renewed is not null), 0)::text as churned,
      coalesce(sum(basis) filter (where renewed is not null), 0)::text as ended
    from ending`);
  return { atr: told(row!.atr), renewed: told(row!.renewed), churned: told(row!.churned), ended: told(row!.ended) };
}

/** The terms that end in the period, by the names of their subscriptions. */
export async function renewalRows(
  db: Queryable,
  asked: RenewalsAsked,
  limit: number,
  after: string | null,
): Promise<readonly RenewalRow[]> {
  const rows = await db.execute<{ name: string; ends_on: PlainDate; basis: string; renewed: string | null }>(sql`/* reports.renewalRows */
    with ${RATES}, ending as (${ending(asked)})
    select name, ends_on::text as ends_on, basis::text as basis, renewed::text as renewed from ending
    where ${after ? sql`name > ${after}` : sql`true`} order by name limit ${limit}`);
  return rows.map(row => ({
    subscriptionName: row.name,
    endsOn: row.ends_on,
    basis: told(row.basis),
    renewed: row.renewed === null ? null : told(row.renewed),
  }));
}

/** Terms that end in the period: what was in force on their last day, and what of it is in force on the day after. */
function ending({ period, asOf, today }: RenewalsAsked): SQL {
  const at = asOf.toISOString();
  const inForce = (on: SQL) => sql`/* reports.inForce */
    select coalesce(sum(round(c.quantity::numeric * c.unit_price_minor * rate)), 0)
    from charge_facts c join rates on rates.currency = c.currency
    where c.account_id = t.account_id and c.subscription_id = t.subscription_id and c.starts_on <= ${on} and c.ends_on > ${on}
      and c.known_from <= ${at}::timestamptz and c.known_until > ${at}::timestamptz`;
  return sql`/* reports.ending */
    select name, ends_on, basis, case when ends_on <= ${today}::date then least(basis, after) end as renewed
    from (
      select s.name, t.ends_on, (${inForce(sql`(t.ends_on - 1)`)}) as basis, (${inForce(sql`t.ends_on`)}) as after
      from term_facts t join subscription_facts s on s.account_id = t.account_id and s.subscription_id = t.subscription_id
      where t.ends_on >= ${period.startsOn}::date and t.ends_on < ${period.endsOn}::date
    ) as term where basis > 0`;
}

const told = (minor: string): Money => money(BigInt(minor), REPORTING_CURRENCY);
