import { sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '../db/database';
import { type Instant, wallClock } from '../time';

/** A deployment's clock as one of its houses keeps it. */
export interface ClockState {
  /** Grows with every movement. */
  readonly number: number;
  /** Where it stands while it is moved; null while it runs. */
  readonly standsAt: Instant | null;
  /** How far it runs ahead of the machine's. */
  readonly shiftMs: number;
}

/** What everybody is told of a movement: `ClockMoved.v1`. */
export interface ClockMoved {
  readonly number: number;
  readonly standsAt: string | null;
  readonly shiftMs: number;
}

interface ClockRow extends Record<string, unknown> {
  readonly number: string;
  readonly stands_at: string | null;
  readonly shift_ms: string;
  readonly timers_at: string;
}

/** The clock as it was kept, and up to when its calendar was followed. A deployment's first look at it begins it. */
export async function readClock(db: Queryable): Promise<ClockState & { readonly timersAt: Instant }> {
  const now = wallClock.now().toISOString();
  const [row] = await db.execute<ClockRow>(sql`/* kernel.readClock */
    with begun as (insert into deployment_clock (number, shift_ms, timers_at) values (0, 0, ${now}::timestamptz) on conflict do nothing returning *)
    select * from deployment_clock union all select * from begun`);
  return {
    number: Number(row!.number),
    standsAt: row!.stands_at === null ? null : new Date(row!.stands_at),
    shiftMs: Number(row!.shift_ms),
    timersAt: new Date(row!.timers_at),
  };
}

/** Keeps a movement, unless a later one is known. It may be heard twice, and late. */
export async function keepClock(tx: Transaction, { number, standsAt, shiftMs }: ClockMoved): Promise<void> {
  await tx.execute(sql`/* kernel.keepClock */
    insert into deployment_clock (number, stands_at, shift_ms, timers_at)
    values (${number}, ${standsAt}::timestamptz, ${shiftMs}, ${wallClock.now().toISOString()}::timestamptz)
    on conflict (is_only) do update set number = excluded.number, stands_at = excluded.stands_at, shift_ms = excluded.shift_ms
    where deployment_clock.number < excluded.number`);
}

/** How far ahead of the machine a clock runs that now shows this moment. */
export const shiftTo = (moment: Instant): number => moment.getTime() - wallClock.now().getTime();
