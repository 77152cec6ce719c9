import { sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '../db/database';
import { idFromUuid, uuidOf } from '../ids';
import type { Instant } from '../time';
import type { LoggedEvent } from './event';

export type Admission = 'fresh' | 'known' | 'behind';

/**
 * Remembers events of one log in the transaction of their effects, and tells of each how it stands. `known`: it was handled
 * before. `behind`: an earlier event of the same account waits for an operator, and this one must wait with it, or
 * effects would overtake each other.
 */
export async function admit(tx: Transaction, events: readonly LoggedEvent[], isReplay = false): Promise<ReadonlyMap<string, Admission>> {
  const asked = events.map(event => ({
    source: event.source,
    event_id: uuidOf(event.id),
    account_id: event.accountId && uuidOf(event.accountId),
    position: event.position,
  }));
  const rows = await tx.execute<{ event_id: string; behind: boolean; fresh: boolean }>(sql`/* kernel.admit */
    with asked as materialized (
      select * from json_to_recordset(${JSON.stringify(asked)}::json) as event (source text, event_id uuid, account_id uuid, position bigint)
    ), behind as (
      select event_id from asked where ${!isReplay}::boolean and exists (
        select from dead_letter where dead_letter.source = asked.source and dead_letter.account_id = asked.account_id
          and replayed_at is null and dead_letter.position < asked.position)
    ), remembered as (
      insert into inbox (source, event_id)
      select source, event_id from asked where event_id not in (select event_id from behind) order by event_id
      on conflict do nothing returning event_id
    ) select event_id, event_id in (select event_id from behind) as behind, event_id in (select event_id from remembered) as fresh from asked`);
  return new Map(
    rows.map(({ event_id, behind, fresh }) => [idFromUuid('event', event_id), behind ? 'behind' : fresh ? 'fresh' : 'known'] as const),
  );
}

/** How far a neighbour's log was read: 0 before the first event. */
export async function positionOf(db: Queryable, source: string): Promise<number> {
  const [row] = await db.execute<{ position: string }>(
    sql`/* kernel.readerPosition */ select position from reader_position where source = ${source}`,
  );
  return Number(row?.position ?? 0);
}

/** Never moves back: two readers of one log may finish out of order. */
export async function savePosition(db: Queryable, source: string, position: number): Promise<void> {
  await db.execute(sql`/* kernel.savePosition */
    insert into reader_position (source, position, moved_at) values (${source}, ${position}, now())
    on conflict (source) do update set position = greatest(reader_position.position, excluded.position), moved_at = excluded.moved_at`);
}

/** Puts an event aside with its reason. It stays until it is replayed, and so does everything behind it. */
export async function park(tx: Transaction, event: LoggedEvent, reason: string, attempts: number, now: Instant): Promise<void> {
  await tx.execute(sql`/* kernel.park */
    insert into dead_letter (source, event_id, account_id, position, type, event, reason, attempts, parked_at)
    values (${event.source}, ${uuidOf(event.id)}::uuid, ${event.accountId && uuidOf(event.accountId)}::uuid, ${event.position}, ${event.type},
      ${JSON.stringify(event)}::jsonb, ${reason.slice(0, 2000)}, ${attempts}, ${now.toISOString()}::timestamptz)
    on conflict (source, event_id) do update set reason = excluded.reason, attempts = dead_letter.attempts + excluded.attempts`);
}

export interface DeadLetter {
  readonly event: LoggedEvent;
  readonly reason: string;
  readonly attempts: number;
}

/** Events that wait for an operator, oldest first. */
export async function deadLetters(db: Queryable, limit = 100): Promise<readonly DeadLetter[]> {
  const rows = await db.execute<{ event: LoggedEvent; reason: string; attempts: number }>(sql`/* kernel.deadLetters */
    select event, reason, attempts from dead_letter where replayed_at is null order by source, position limit ${limit}`);
  return [...rows];
}

/** Lets what waited behind a parked event go on. */
export async function markReplayed(tx: Transaction, event: LoggedEvent, now: Instant): Promise<void> {
  await tx.execute(sql`/* kernel.markReplayed */
    update dead_letter set replayed_at = ${now.toISOString()}::timestamptz where source = ${event.source} and event_id = ${uuidOf(event.id)}::uuid`);
}
