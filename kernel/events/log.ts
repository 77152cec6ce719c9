import { sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '../db/database';
import { type AccountId, idFromUuid, uuidOf } from '../ids';
import type { EventEnvelope, LoggedEvent } from './event';

/** What a page of the log holds, and how far it was searched: events of other types lie in between. */
export interface LogPage {
  readonly events: readonly LoggedEvent[];
  /** Every event up to this position was looked at; ask for those after it next. */
  readonly through: number;
  /** The last position of the log. */
  readonly newest: number;
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

/**
 * Gives the next positions to events whose transactions, and all older ones, have ended. Positions are dense and never
 * change, so a reader that asks "after N" gets N + 1, however long a transaction took to commit.
 */
export async function placeEvents(db: Queryable): Promise<{ readonly placed: number; readonly unplaced: number }> {
  const [answer] = await db.execute<{ placed: string; unplaced: string }>(
    sql`/* kernel.placeEvents */ select placed, unplaced from place_events()`,
  );
  return { placed: Number(answer?.placed), unplaced: Number(answer?.unplaced) };
}

interface LogRow extends Record<string, unknown> {
  /** Null when there is no event, in the one row that still tells how far the log goes. */
  readonly position: string | null;
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
  const ofTypes = request.types ? sql`and type = any(${`{${request.types.map(type => JSON.stringify(type)).join(',')}}`}::text[])` : sql``;
  const rows = await db.execute<LogRow & { readonly newest: string | null }>(sql`/* kernel.readLog */
    with newest as (select max(position) as newest from event_log)
    select newest, event.* from newest left join lateral (
      select position, id, type, subject, account_id, to_char(time at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as time,
        correlation_id, causation_id, data
      from event_log where position > ${request.after} and position <= newest ${ofTypes} order by position limit ${request.limit}
    ) as event on true order by position`);
  const events = rows.flatMap(row => (row.position === null ? [] : [eventOf(source, row)]));
  const newest = Number(rows[0]?.newest ?? 0);
  const isWhole = events.length < request.limit;
  return { events, through: isWhole ? Math.max(newest, request.after) : events.at(-1)!.position, newest };
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
