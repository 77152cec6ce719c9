import { sql } from 'drizzle-orm';
import type { Period, PlainDate } from '#kernel/time';
import type { RowSet } from './row-set';
import { lags, newestUse } from './use';

export const SEAT_COLUMNS = {
  id: 'subscription',
  segment: 'text',
  usedOn: 'date',
  seats: 'whole',
  billable: 'whole',
  seatsOver: 'whole',
} as const;

/** The subscriptions of which the use of their seats is known on a day. */
export const seatRows = (on: PlainDate): RowSet<typeof SEAT_COLUMNS> => ({
  columns: SEAT_COLUMNS,
  select: sql`/* reports.seatRows */
    select subscription_id::text as row_key, subscription_id as id, segment, used_on, seats, billable, greatest(billable - seats, 0) as seats_over
    from (${newestUse(on)}) as newest`,
});

export const ACTIVATION_COLUMNS = { id: 'activation', issuedAt: 'moment', activatedAt: 'moment?' } as const;

/** The activation codes that were issued in a period, by their ids: the codes themselves are not kept here. */
export const activationRows = ({ startsOn, endsOn }: Period): RowSet<typeof ACTIVATION_COLUMNS> => ({
  columns: ACTIVATION_COLUMNS,
  select: sql`/* reports.activationRows */
    select activation_id::text as row_key, activation_id as id, issued_at, activated_at from activation_facts
    where issued_at >= (${startsOn}::date)::timestamp at time zone 'utc' and issued_at < (${endsOn}::date)::timestamp at time zone 'utc'`,
});

export const TRIAL_COLUMNS = { id: 'trial', startedOn: 'date', convertedOn: 'date?' } as const;

/** The trials that started in a period. */
export const trialRows = ({ startsOn, endsOn }: Period): RowSet<typeof TRIAL_COLUMNS> => ({
  columns: TRIAL_COLUMNS,
  select: sql`/* reports.trialRows */
    select trial_id::text as row_key, trial_id as id, started_on, converted_on from trial_facts
    where started_on >= ${startsOn}::date and started_on < ${endsOn}::date`,
});

export const LAG_COLUMNS = {
  id: 'order',
  channel: 'text',
  placedAt: 'moment',
  fulfilledAt: 'moment?',
  seconds: 'decimal?',
  invoiceNumber: 'text?',
  issuedOn: 'date?',
  settledOn: 'date?',
  days: 'whole?',
} as const;

/** The orders of a period, each with its invoice: one row for each of both. */
export const lagRows = (period: Period): RowSet<typeof LAG_COLUMNS> => ({
  columns: LAG_COLUMNS,
  select: sql`/* reports.lagRows */
    select order_id::text || '/' || coalesce(invoice_number, '') as row_key, order_id as id, channel, placed_at, fulfilled_at, round(seconds, 3) as seconds,
      invoice_number, issued_on, settled_on, days
    from (${lags(period)}) as lag`,
});
