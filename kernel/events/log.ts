import { sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '../db/database';
import { type AccountId, idFromUuid, uuidOf } from '../ids';
import type { EventEnvelope, LoggedEvent } from './event';

/** What a page of the log holds, and how far it was searched: events of other types lie in between. */
export interface LogPage {
  readonly events: readonly LoggedEvent[];
  /** Every event up to this position was looked at; ask for those after it next. */
  readonly through: number;
}

/** Writes events in the transaction that made them true, all in one statement. */
export async function appendEvents(tx: Transaction, events: readonly EventEnvelope[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(event => ({ ...event, id: uuidOf(event.id), account_id: event.accountId && uuidOf(event.accountId) }));
  await tx.execute(sql`/* kernel.appendEvents */
    insert into event_log (id, type, subject, account_id, time, correlation_id, causation_id, data)
    select id, type, subject, account_id, time, "correlationId", "causationId", data
    from json_to_recordset(${JSON.stringify(rows)}::json) as event
      (id uuid, type text, subject text, account_id uuid, time timestamptz, "correlationId" text, "causationId" text, data jsonb)`);
}

/** One at a time may place events; the others wait a moment and find nothing left to do. */
const PLACING_LOCK = 7_242_002;

/**
 * Gives the next positions to events whose transactions, and all older ones, have ended. Positions are dense and never
 * change, so a reader that asks "after N" gets N + 1, however long a transaction took to commit.
 */
export async function placeEvents(db: Queryable): Promise<{ readonly placed: number; readonly unplaced: number }> {
  return db.transaction(async tx => {
    await tx.execute(sql`/* kernel.placingLock */ select pg_advisory_xact_lock(${PLACING_LOCK})`);
    const placed = await tx.execute(sql`/* kernel.placeEvents */
      with fresh as (
        select id, row_number() over (order by transaction_id, ordinal) as place
        from event_log where position is null and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
      ), newest as (select coalesce(max(position), 0) as position from event_log)
      update event_log set position = newest.position + fresh.place from fresh, newest where event_log.id = fresh.id
      returning 1`);
    const [waiting] = await tx.execute<{ unplaced: string }>(sql`/* kernel.unplacedEvents */
      select count(*) as unplaced from event_log where position is null`);
    if (placed.length > 0) await tx.execute(sql`/* kernel.eventsPlaced */ select pg_notify('events_placed', '')`);
    return { placed: placed.length, unplaced: Number(waiting?.unplaced ?? 0) };
  });
}

interface LogRow extends Record<string, unknown> {
  readonly position: string;
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly account_id: string | null;
  readonly time: string;
  readonly correlation_id: string;
  readonly causation_id: string;
  readonly data: unknown;
}

/** Reads placed events after a position, oldest first. With `types`, only those; `through` still moves over the others. */
export async function readLog(
  db: Queryable,
  source: string,
  request: { readonly after: number; readonly limit: number; readonly types: readonly string[] | null },
): Promise<LogPage> {
  const [newest] = await db.execute<{ position: string | null }>(
    sql`/* kernel.newestPosition */ select max(position) as position from event_log`,
  );
  const ofTypes = request.types ? sql`and type = any(${`{${request.types.map(type => JSON.stringify(type)).join(',')}}`}::text[])` : sql``;
  const rows = await db.execute<LogRow>(sql`/* kernel.readLog */
    select position, id, type, subject, account_id, to_char(time at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as time,
      correlation_id, causation_id, data
    from event_log where position > ${request.after} and position <= ${newest?.position ?? 0} ${ofTypes}
    order by position limit ${request.limit}`);
  const events = rows.map(row => eventOf(source, row));
  const isWhole = events.length < request.limit;
  return { events, through: isWhole ? Math.max(Number(newest?.position ?? 0), request.after) : events.at(-1)!.position };
}

function eventOf(source: string, row: LogRow): LoggedEvent {
  return {
    position: Number(row.position),
    id: idFromUuid('event', row.id),
    source,
    type: row.type,
    subject: row.subject,
    accountId: row.account_id === null ? null : (idFromUuid('account', row.account_id) as AccountId),
    time: row.time,
    correlationId: row.correlation_id,
    causationId: row.causation_id,
    data: row.data,
  };
}
