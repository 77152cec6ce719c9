import { exists, or, type SQLWrapper, sql } from 'drizzle-orm';
import type { Queryable } from '#kernel/db/database';
import type { PlainDate } from '#kernel/time';

/** A list of what a day has come for. It can be read, or only be looked at for whether anything is in it. */
export type Due<Key> = Promise<readonly Key[]> & SQLWrapper;
export type DueOn<Key> = (db: Queryable, today: PlainDate, limit: number) => Due<Key>;

/** Whether any of the lists has anything in it, in one statement: most minutes there is nothing. */
export async function isAnyDue(db: Queryable, today: PlainDate, lists: readonly DueOn<unknown>[]): Promise<boolean> {
  const looks = lists.map(list => exists(list(db, today, 1)));
  const [row] = await db.execute<{ is_due: boolean }>(sql`/* subscriptions.isAnyDue */ select ${or(...looks)} as is_due`);
  return row!.is_due;
}
