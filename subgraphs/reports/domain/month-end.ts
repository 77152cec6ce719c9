import { addDays, addMonths, dayOf, type Instant, type PlainDate, period, startOfDay } from '#kernel/time';
import { fiscalQuarterOf, monthOf } from './calendar';
import { metricOf, REPORTS, type ReportName, type SettledQuestion } from './report-question';

/** How each report is told at the end of a month. */
const TOLD_BY: Readonly<Record<ReportName, readonly string[]>> = {
  ARR: ['TIER', 'DEPLOYMENT', 'SEGMENT'],
  MRR_ROLLFORWARD: [],
  ARR_MOVEMENTS: [],
  RETENTION: [],
  BOOKINGS: ['ORDER_TYPE', 'CHANNEL', 'PARTNER'],
  AVAILABLE_TO_RENEW: [],
  AR_AGING: [],
  SEAT_UTILISATION: ['SEGMENT'],
  LICENSE_ACTIVATIONS: [],
  TRIAL_CONVERSION: [],
  ORDER_TO_CASH: ['CHANNEL'],
};

/** The month that has ended last, by its first day. */
export const lastMonthBefore = (now: Instant): PlainDate => addMonths(monthOf(dayOf(now)), -1);

/**
 * What is written down at the end of a month: every report about the month, its last day or the fiscal quarter it is in, with what was
 * known when the month ended.
 */
export function questionsAtEndOf(month: PlainDate): readonly SettledQuestion[] {
  const next = addMonths(month, 1);
  const whole = period(month, next);
  const lastDay = period(addDays(next, -1), next);
  const quarter = fiscalQuarterOf(month);
  const daysOf = (report: ReportName) =>
    report === 'BOOKINGS' || report === 'AVAILABLE_TO_RENEW'
      ? quarter
      : report === 'AR_AGING' || report === 'SEAT_UTILISATION'
        ? lastDay
        : whole;
  return REPORTS.map(report => ({
    report,
    part: 'ANSWER',
    metric: metricOf(report),
    days: daysOf(report),
    by: TOLD_BY[report],
    asOf: startOfDay(next),
  }));
}
