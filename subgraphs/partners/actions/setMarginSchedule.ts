import { accept, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { areMargins, BASIS_POINTS_MAX, type MarginSchedule } from '../domain/margin';
import type { PartnersEvents } from '../events/published';
import { insertSchedule } from '../store/program';
import type { ScheduleRow } from '../store/tables';

/** Agrees on margins from a day on. What was agreed before stays: orders keep the prices that they were placed at. */
export async function setMarginSchedule(work: Work<PartnersEvents>, request: MarginSchedule): Promise<Result<ScheduleRow>> {
  if (!areMargins(request)) {
    const message = `Margins are whole hundredths of a percent, none below zero, together at most ${BASIS_POINTS_MAX / 100} %.`;
    return refuse('MARGINS_INVALID', message);
  }
  const { track, dealKind, sku, effectiveOn, distributorBasisPoints, resellerBasisPoints, customerBasisPoints } = request;
  const margins = { distributorBasisPoints, resellerBasisPoints, customerBasisPoints };
  const made = { id: work.newId('marginSchedule'), createdBy: work.actor, createdAt: work.now };
  return accept(await insertSchedule(work.tx, { ...made, track, dealKind, sku, effectiveOn, ...margins }));
}
