import { addDays, addMonths, day, type Period, type PlainDate, period } from '#kernel/time';

/** The month in which a fiscal year begins: February. It bears the number of the calendar year in which it ends. */
export const FISCAL_YEAR_STARTS_MONTH = 2;

/** Months that one report may span. */
export const MONTHS_MAX = 36;

/** The first day of a day's month. */
export const monthOf = (on: PlainDate): PlainDate => day(`${on.slice(0, 7)}-01`);

/** The months from one day's to another's, both included; null when they run backwards or are too many. */
export function monthsFrom(from: PlainDate, to: PlainDate): readonly PlainDate[] | null {
  const months: PlainDate[] = [];
  for (let month = monthOf(from); month <= to && months.length <= MONTHS_MAX; month = addMonths(month, 1)) months.push(month);
  return to < from || months.length > MONTHS_MAX ? null : months;
}

/** The fiscal year of a number: FY2027 runs from 1 February 2026 to before 1 February 2027. */
export const fiscalYear = (year: number): Period =>
  period(day(`${year - 1}-0${FISCAL_YEAR_STARTS_MONTH}-01`), day(`${year}-0${FISCAL_YEAR_STARTS_MONTH}-01`));

/** The days of a fiscal quarter, named `FY2027-Q1`; null for what names none. */
export function fiscalQuarter(name: string): Period | null {
  const [, year, quarter] = /^FY(20\d\d)-Q([1-4])$/.exec(name) ?? [];
  if (!year || !quarter) return null;
  const startsOn = addMonths(fiscalYear(Number(year)).startsOn, (Number(quarter) - 1) * 3);
  return period(startsOn, addMonths(startsOn, 3));
}

/** The fiscal quarter that a day is in. */
export function fiscalQuarterOf(on: PlainDate): Period {
  const monthsIn = (Number(on.slice(5, 7)) + 12 - FISCAL_YEAR_STARTS_MONTH) % 3;
  const startsOn = addMonths(monthOf(on), -monthsIn);
  return period(startsOn, addMonths(startsOn, 3));
}

/** The last day of a period. */
export const lastDayOf = ({ endsOn }: Period): PlainDate => addDays(endsOn, -1);
