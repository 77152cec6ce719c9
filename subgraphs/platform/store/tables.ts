import { jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { id, instant, oneOf } from '#kernel/db/columns';
import { MOVEMENT_STATES } from '../domain/movement';

/** The movements of the deployment's clock. At most one of them runs. */
export const clockMovements = pgTable('clock_movements', {
  id: id('clockMovement').primaryKey(),
  startsAt: instant().notNull(),
  endsAt: instant().notNull(),
  /** The last stop, at which everything that was due is done or being done. */
  reachedAt: instant().notNull(),
  state: oneOf(MOVEMENT_STATES).notNull(),
  startedBy: text().notNull(),
  /** The houses that are not at rest yet, once they take long. */
  waitsFor: jsonb().$type<readonly string[]>().notNull(),
});

export type ClockMovementRow = typeof clockMovements.$inferSelect;
