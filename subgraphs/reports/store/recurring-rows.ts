import { type SQL, sql } from 'drizzle-orm';
import { addMonths, type Instant, type PlainDate } from '#kernel/time';
import { RATES } from './rates';
import { type Asked, byProduct, held, movedMrr, parents } from './recurring';
import type { RowSet } from './row-set';

export const ARR_COLUMNS = {
  id: 'charge',
  subscriptionName: 'text',
  sku: 'text',
  tier: 'text',
  deployment: 'text',
  segment: 'text',
  channel: 'text',
  currency: 'text',
  quantity: 'whole',
  arr: 'money',
  startsOn: 'date',
  endsOn: 'date',
} as const;

/** The charges that make up the ARR of a month. */
export const arrRows = (asked: Asked): RowSet<typeof ARR_COLUMNS> => ({
  columns: ARR_COLUMNS,
  select: sql`/* reports.arrRows */
    with ${RATES}, held as (${held(asked)})
    select charge_id::text as row_key, charge_id as id, s.name as subscription_name, sku, tier, deployment, segment, channel, currency, quantity, minor as arr,
      starts_on, ends_on
    from held join subscription_facts s on s.account_id = held.account_id and s.subscription_id = held.subscription_id`,
});

export const MRR_COLUMNS = {
  month: 'date',
  organizationId: 'organization',
  movement: 'text',
  opening: 'money',
  closing: 'money',
} as const;

/** The companies that had MRR in a month or the one before, for each of these months. */
export const mrrRows = (first: PlainDate, last: PlainDate, asOf: Instant): RowSet<typeof MRR_COLUMNS> => ({
  columns: MRR_COLUMNS,
  select: sql`/* reports.mrrRows */
    ${movedMrr(first, last, asOf)}
    select month::date::text || '/' || organization_id as row_key, month::date as month, organization_id, ${movement(sql`before`, sql`after`)} as movement,
      before as opening, after as closing
    from moved where month between ${first}::date and ${last}::date and (before <> 0 or after <> 0)`,
});

export const ARR_MOVEMENT_COLUMNS = {
  organizationId: 'organization',
  sku: 'text',
  movement: 'text',
  opening: 'money',
  closing: 'money',
  seats: 'money',
  price: 'money',
  tier: 'money',
} as const;

/** The products of the companies that had ARR in the month or the one before. The movement is that of the company. */
export const arrMovementRows = ({ month, asOf }: Asked): RowSet<typeof ARR_MOVEMENT_COLUMNS> => ({
  columns: ARR_MOVEMENT_COLUMNS,
  select: sql`/* reports.arrMovementRows */
    with ${RATES}, before as (${byProduct({ month: addMonths(month, -1), asOf })}), after as (${byProduct({ month, asOf })}),
    product as (
      select organization_id, sku, coalesce(b.minor, 0) as before, coalesce(a.minor, 0) as after, b.quantity as quantity_before, a.quantity as quantity_after,
        sum(coalesce(b.minor, 0)) over company as company_before, sum(coalesce(a.minor, 0)) over company as company_after
      from after a full join before b using (organization_id, sku)
      window company as (partition by organization_id)
    ), parted as (
      select *, company_before > 0 and company_after > 0 as stays, coalesce(quantity_before > 0 and quantity_after > 0, false) as is_same,
        case when quantity_before > 0 then round(before * (quantity_after - quantity_before) / quantity_before) end as by_seats
      from product
    )
    select organization_id || '/' || sku as row_key, organization_id, sku, ${movement(sql`company_before`, sql`company_after`)} as movement,
      before as opening, after as closing,
      case when stays and is_same then by_seats else 0 end as seats,
      case when stays and is_same then after - before - by_seats else 0 end as price,
      case when stays and not is_same then after - before else 0 end as tier
    from parted`,
});

export const RETENTION_COLUMNS = {
  organizationId: 'organization',
  yearBefore: 'money',
  now: 'money',
  kept: 'money',
} as const;

/** The parent companies that had ARR a year before. */
export const retentionRows = ({ month, asOf }: Asked): RowSet<typeof RETENTION_COLUMNS> => ({
  columns: RETENTION_COLUMNS,
  select: sql`/* reports.retentionRows */
    ${parents({ month, asOf })}
    select parent_id::text as row_key, parent_id as organization_id, before as year_before, after as now, least(before, after) as kept
    from parent where before > 0`,
});

/** What a change is to the company that it happens to. */
const movement = (before: SQL, after: SQL): SQL => sql`case
  when ${before} = 0 then 'NEW' when ${after} = 0 then 'CHURN' when ${after} > ${before} then 'EXPANSION' when ${after} < ${before} then 'CONTRACTION'
  else 'NONE' end`;
