import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { id, instant, plainDate } from '#kernel/db/columns';

/** P7: the years of a ramp after the first, with their seats. Each begins by itself, as a version of its own. */
export const rampSteps = pgTable(
  'ramp_steps',
  {
    accountId: id('account').notNull(),
    subscriptionId: id('subscription').notNull(),
    startsOn: plainDate().notNull(),
    seats: integer().notNull(),
    begunAt: instant(),
  },
  t => [
    primaryKey({ columns: [t.accountId, t.subscriptionId, t.startsOn] }),
    index().on(t.subscriptionId, t.startsOn),
    index('ramp_steps_to_come').on(t.startsOn).where(sql`begun_at is null`),
  ],
);

export type RampStepRow = typeof rampSteps.$inferSelect;
