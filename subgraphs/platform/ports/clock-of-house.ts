import { z } from 'zod';
import type { ClockQuestion, StandingAtStop } from '#kernel/clock/house-clock';
import type { Surroundings } from '#kernel/house';

/** Asks a house how it stands at a stop of the clock. Throws when it does not answer. */
export type ClockOfHouse = (house: string, question: ClockQuestion, signal: AbortSignal) => Promise<StandingAtStop>;

const moment = z.iso
  .datetime()
  .transform(text => new Date(text))
  .nullable();
const standing = z.object({
  house: z.string(),
  number: z.number(),
  unfinished: z.number(),
  newest: z.number(),
  said: z.record(z.string(), z.number()),
  heard: z.array(z.object({ source: z.string(), position: z.number(), types: z.array(z.string()) })),
  nextJobAt: moment,
  nextDueAt: moment,
});

export const clockOfHouse =
  (call: Surroundings['call']): ClockOfHouse =>
  async (house, question, signal) =>
    standing.parse(await call(house, '/clock', question, signal));
