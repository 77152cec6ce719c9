import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '#kernel/db/database';
import { type Money, money } from '#kernel/money';
import type { Instant, Period, PlainDate } from '#kernel/time';
import type { RowOf } from '../domain/columns';
import { REPORTING_CURRENCY } from '../domain/reporting-currency';
import { RATES } from './rates';
import type { RowSet } from './row-set';

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

export async function renewalTotals(db: Queryable, asked: RenewalsAsked): Promise<RenewalTotals> {
  const [row] = await db.execute<Record<keyof RenewalTotals, string>>(sql`/* reports.renewalTotals */
    with ${RATES}, ending as (${ending(asked)})
    select coalesce(sum(basis), 0)::text as atr, coalesce(sum(renewed), 0)::text as renewed,
      coalesce(sum(basis - renewed) filter (where renewed is not null), 0)::text as churned,
      coalesce(sum(basis) filter (where renewed is not null), 0)::text as ended
    from ending`);
  return { atr: told(row!.atr), renewed: told(row!.renewed), churned: told(row!.churned), ended: told(row!.ended) };
}

export const RENEWAL_COLUMNS = {
  subscriptionName: 'text',
  endsOn: 'date',
  basis: 'money',
  renewed: 'money?',
} as const;
export type RenewalRow = RowOf<typeof RENEWAL_COLUMNS>;

/** The terms that end in the period, by the names of their subscriptions. `renewed` is null while one runs. */
export const renewalRows = (asked: RenewalsAsked): RowSet<typeof RENEWAL_COLUMNS> => ({
  columns: RENEWAL_COLUMNS,
  select: sql`/* reports.renewalRows */
    with ${RATES}, ending as (${ending(asked)})
    select name || '/' || ends_on as row_key, name as subscription_name, ends_on, basis, renewed from ending`,
});

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
