import { accept, type Result, refuse } from '#kernel/result';
import { addDays, addMonths, dayOf, type Instant, type Period, type PlainDate, period } from '#kernel/time';
import { fiscalQuarter, fiscalQuarterOf, fiscalYear, MONTHS_MAX, monthOf, monthsFrom } from './calendar';
import type { MetricId } from './definitions';
import { ARR_DIMENSIONS, BOOKING_DIMENSIONS, DIMENSIONS_MAX, ORDER_DIMENSIONS, SEAT_DIMENSIONS } from './dimensions';

/** Every report that can be taken away as a file, or saved. */
export const REPORTS = [
  'ARR',
  'MRR_ROLLFORWARD',
  'ARR_MOVEMENTS',
  'RETENTION',
  'BOOKINGS',
  'AVAILABLE_TO_RENEW',
  'AR_AGING',
  'SEAT_UTILISATION',
  'LICENSE_ACTIVATIONS',
  'TRIAL_CONVERSION',
  'ORDER_TO_CASH',
] as const;
export type ReportName = (typeof REPORTS)[number];

/** The numbers of a report, or the rows that they are counted from. */
export const REPORT_PARTS = ['ANSWER', 'ROWS'] as const;
export type ReportPart = (typeof REPORT_PARTS)[number];

/** Days that move with the calendar, for a report that is asked for again and again: the running month, quarter or day, or the last whole one. */
export const MOVING_PERIODS = ['RUNNING', 'LAST'] as const;
export type MovingPeriod = (typeof MOVING_PERIODS)[number];

/** How a report is asked for: with days, or with a period that moves. What a report does not take is null. */
export interface ReportQuestion {
  readonly report: ReportName;
  readonly part: ReportPart;
  readonly period: MovingPeriod | null;
  readonly month: PlainDate | null;
  readonly from: PlainDate | null;
  readonly to: PlainDate | null;
  readonly on: PlainDate | null;
  readonly fiscalQuarter: string | null;
  readonly fiscalYear: number | null;
  readonly by: readonly string[];
  /** Null: as it is known when it is asked. */
  readonly asOf: Instant | null;
}

/** A question that can be answered: its days are days of the calendar, and its moment is settled. */
export interface SettledQuestion {
  readonly report: ReportName;
  readonly part: ReportPart;
  readonly metric: MetricId;
  readonly days: Period;
  readonly by: readonly string[];
  readonly asOf: Instant;
}

type Span = 'MONTH' | 'MONTHS' | 'DAYS' | 'DAY' | 'QUARTER' | 'QUARTER_OR_YEAR';
interface Shape {
  readonly metric: MetricId;
  readonly span: Span;
  readonly by: readonly string[];
  readonly takesAsOf: boolean;
}

const SHAPES: Readonly<Record<ReportName, Shape>> = {
  ARR: { metric: 'arr', span: 'MONTH', by: ARR_DIMENSIONS, takesAsOf: true },
  MRR_ROLLFORWARD: { metric: 'mrr', span: 'MONTHS', by: [], takesAsOf: true },
  ARR_MOVEMENTS: { metric: 'arr-movements', span: 'MONTH', by: [], takesAsOf: true },
  RETENTION: { metric: 'retention', span: 'MONTH', by: [], takesAsOf: true },
  BOOKINGS: { metric: 'bookings', span: 'QUARTER_OR_YEAR', by: BOOKING_DIMENSIONS, takesAsOf: false },
  AVAILABLE_TO_RENEW: { metric: 'available-to-renew', span: 'QUARTER', by: [], takesAsOf: true },
  AR_AGING: { metric: 'ar-aging', span: 'DAY', by: [], takesAsOf: false },
  SEAT_UTILISATION: { metric: 'seat-utilisation', span: 'DAY', by: SEAT_DIMENSIONS, takesAsOf: false },
  LICENSE_ACTIVATIONS: { metric: 'license-activations', span: 'MONTH', by: [], takesAsOf: false },
  TRIAL_CONVERSION: { metric: 'trial-conversion', span: 'MONTH', by: [], takesAsOf: false },
  ORDER_TO_CASH: { metric: 'order-to-cash', span: 'DAYS', by: ORDER_DIMENSIONS, takesAsOf: false },
};

/** What each span is asked with. */
const ASKED_WITH: Readonly<Record<Span, readonly Given[]>> = {
  MONTH: ['month'],
  MONTHS: ['from', 'to'],
  DAYS: ['from', 'to'],
  DAY: ['on'],
  QUARTER: ['fiscalQuarter'],
  QUARTER_OR_YEAR: ['fiscalQuarter', 'fiscalYear'],
};
type Given = 'month' | 'from' | 'to' | 'on' | 'fiscalQuarter' | 'fiscalYear';
const GIVEN: readonly Given[] = ['month', 'from', 'to', 'on', 'fiscalQuarter', 'fiscalYear'];
const YEARS = { first: 2000, last: 2099 } as const;

/** A question with its days and its moment, as of now; refused with what it lacks or has too much. */
export function settle(question: ReportQuestion, now: Instant): Result<SettledQuestion> {
  const { report, part, by, asOf } = question;
  const { metric, span, by: known, takesAsOf } = SHAPES[report];
  const unknown = by.find(dimension => !known.includes(dimension));
  if (unknown !== undefined) {
    const offer = known.length > 0 ? `by ${known.join(', ')}` : 'as a whole';
    return invalid(`This report is told ${offer}, and not by ${unknown}.`, 'by');
  }
  if (by.length > DIMENSIONS_MAX) return invalid(`A report is told by at most ${DIMENSIONS_MAX} dimensions at once.`, 'by');
  if (asOf && !takesAsOf) return invalid('This report is not kept as of past moments: leave `asOf` out.', 'asOf');
  const surplus = GIVEN.find(name => question[name] !== null && (question.period !== null || !ASKED_WITH[span].includes(name)));
  if (surplus) return invalid(`This report does not take this: it is asked with ${takes(span)}.`, surplus);
  const days = question.period ? movingDays(span, question.period, dayOf(now)) : daysGiven(span, question);
  if (!days) return invalid(`This report is asked with ${takes(span)}.`, ASKED_WITH[span][0] ?? 'period');
  return accept({ report, part, metric, days, by: [...new Set(by)], asOf: asOf && asOf < now ? asOf : now });
}

const invalid = (message: string, field: string) => refuse('INPUT_INVALID', message, { path: ['report', field] });

const takes = (span: Span): string =>
  ({
    MONTH: '`month`, a day of the month, or a `period`',
    MONTHS: `\`from\` and \`to\`, at most ${MONTHS_MAX} months apart, or a \`period\``,
    DAYS: `\`from\` and \`to\`, at most ${MONTHS_MAX} months apart, or a \`period\``,
    DAY: '`on`, a day, or a `period`',
    QUARTER: '`fiscalQuarter`, such as FY2027-Q1, or a `period`',
    QUARTER_OR_YEAR: '`fiscalQuarter`, such as FY2027-Q1, or `fiscalYear`, such as 2027, or a `period`',
  })[span];

function daysGiven(span: Span, { month, from, to, on, fiscalQuarter: quarter, fiscalYear: year }: ReportQuestion): Period | null {
  if (span === 'MONTH') return month && monthsTo(month, month);
  if (span === 'DAY') return on && period(on, addDays(on, 1));
  if (span === 'MONTHS') return from && to && monthsFrom(from, to) && monthsTo(from, to);
  if (span === 'DAYS') return from && to && monthsFrom(from, to) && period(from, addDays(to, 1));
  if (quarter !== null) return year === null ? fiscalQuarter(quarter) : null;
  return year !== null && year >= YEARS.first && year <= YEARS.last ? fiscalYear(year) : null;
}

const monthsTo = (from: PlainDate, to: PlainDate): Period => period(monthOf(from), addMonths(monthOf(to), 1));

/** Where a period that moves stands on a day. Reports over several months tell the fiscal year up to it. */
function movingDays(span: Span, moving: MovingPeriod, today: PlainDate): Period {
  const isLast = moving === 'LAST';
  if (span === 'DAY') {
    const on = isLast ? addDays(monthOf(today), -1) : today;
    return period(on, addDays(on, 1));
  }
  const month = isLast ? addMonths(monthOf(today), -1) : monthOf(today);
  if (span === 'MONTH') return monthsTo(month, month);
  if (span === 'QUARTER' || span === 'QUARTER_OR_YEAR') {
    const quarter = fiscalQuarterOf(today);
    return isLast ? period(addMonths(quarter.startsOn, -3), quarter.startsOn) : quarter;
  }
  return monthsTo(addMonths(month, -11), month);
}

/** The metric that a report tells. */
export const metricOf = (report: ReportName): MetricId => SHAPES[report].metric;
