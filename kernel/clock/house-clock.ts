import { z } from 'zod';
import type { Database } from '../db/database';
import type { HandlersBySource } from '../events/handlers';
import type { Work } from '../work';
import { type Cron, nextDue } from './calendar';
import { type ClockMoved, keepClock } from './clock-row';
import type { DeploymentClock } from './deployment-clock';
import type { StopAt } from './steps';
import { letTimersGo, type Standing, standingOf } from './timers';

/** The house that owns the deployment's clock and tells the others of its movements. */
const CLOCK_HOUSE = 'platform';

/** What a house of a movable deployment hears beside its own business: that time has moved. */
export function withClockMoved(house: string, handlers: HandlersBySource): HandlersBySource {
  if (house === CLOCK_HOUSE) return handlers;
  const keep = (work: Work<never>, event: { readonly data: ClockMoved }) => keepClock(work.tx, event.data);
  return { ...handlers, [CLOCK_HOUSE]: { ...handlers[CLOCK_HOUSE], 'ClockMoved.v1': keep } };
}

/** The house that is asked. */
export interface AskedClock {
  readonly house: string;
  readonly database: Database;
  readonly clock: DeploymentClock;
  readonly cron: readonly Cron[];
  readonly handlers: HandlersBySource;
}

/** What whoever moves time asks of a house: to follow this movement, to let its timers go, and how it stands. */
export const clockQuestion = z.object({
  number: z.number().int(),
  isTimersGo: z.boolean(),
  /** Up to here everybody had heard this house's log at the last stop. */
  since: z.number().int(),
  /** The job that moves time, which runs all the while. */
  exceptJob: z.string().optional(),
});
export type ClockQuestion = z.infer<typeof clockQuestion>;

/** How a house stands at a stop of the clock, and when it wants the next one. */
export type StandingAtStop = Standing & StopAt;

/** Follows what is asked of the house, and says how it stands. */
export async function answerClock(asked: AskedClock, question: ClockQuestion): Promise<StandingAtStop> {
  const { clock, database, cron, house } = asked;
  if (clock.state.number < question.number) await clock.refresh();
  if (question.isTimersGo && clock.state.number >= question.number) await letTimersGo(database, cron);
  const standing = await standingOf({ house, database, clock: clock.state, handlers: asked.handlers, ...question });
  return { ...standing, nextDueAt: nextDue(cron, clock.now()) };
}
