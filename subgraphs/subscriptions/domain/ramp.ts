import type { Period, PlainDate } from '#kernel/time';
import { type SeatCharge, seatsOn } from './charge';

/** A year of a ramp after the first one, and the seats in it. */
export interface RampStep {
  readonly startsOn: PlainDate;
  readonly seats: number;
}

/** P7: the days of a term on which its seats change by what was agreed at once: the steps of a ramp. None where they stay. */
export function rampStepsOf(charges: readonly SeatCharge[], term: Period): readonly RampStep[] {
  const days = [...new Set(charges.filter(({ kind }) => kind === 'BASE').map(({ startsOn }) => startsOn))].toSorted();
  const steps = days.map(startsOn => ({ startsOn, seats: seatsOn(charges, startsOn) }));
  return steps.filter(({ startsOn, seats }, index) => startsOn > term.startsOn && seats !== steps[index - 1]?.seats);
}
