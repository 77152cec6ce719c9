/** What a number means, so that two people who read it mean the same. A change of meaning is a new version. */
export interface Definition {
  readonly id: MetricId;
  readonly version: number;
  readonly name: string;
  readonly formula: string;
  readonly owner: string;
  readonly fiscalCalendar: string;
  readonly currencyRule: string;
}

export const METRIC_IDS = [
  'mrr',
  'arr',
  'arr-movements',
  'bookings',
  'retention',
  'available-to-renew',
  'ar-aging',
  'seat-utilisation',
  'license-activations',
  'trial-conversion',
  'order-to-cash',
] as const;
export type MetricId = (typeof METRIC_IDS)[number];

const CALENDAR = 'Calendar months; fiscal years begin on 1 February and bear the number of the year in which they end.';
const PLAN_RATE =
  'Told in USD. Other currencies count at the plan rates of the year, the same for every month, rounded half up for each company and product.';
const finance = { owner: 'Finance', fiscalCalendar: CALENDAR, currencyRule: PLAN_RATE, version: 1 } as const;
const operations = { ...finance, owner: 'Operations', currencyRule: 'No money is counted.' } as const;

export const DEFINITIONS: Readonly<Record<MetricId, Definition>> = {
  mrr: {
    ...finance,
    id: 'mrr',
    name: 'Monthly recurring revenue',
    formula:
      'ARR ÷ 12 for each company, rounded half up. New: the company had none the month before. Churn: it has none any more. Expansion and contraction: it has more, or less.',
  },
  arr: {
    ...finance,
    id: 'arr',
    name: 'Annual recurring revenue',
    formula:
      'Quantity × annual price of the recurring charges whose start month is not after the month and whose end month is after it. No one-time charge, usage, true-up or trial.',
  },
  'arr-movements': {
    ...finance,
    id: 'arr-movements',
    name: 'Movements of ARR',
    formula:
      'The change of ARR from the month before, by company: new, expansion, contraction, churn. For a product that a company had and has: seats = old unit price × change of quantity, price = new quantity × change of unit price. What other products add or take is tier.',
  },
  bookings: {
    ...finance,
    id: 'bookings',
    name: 'Bookings',
    formula:
      'Net ARR of the orders that were accepted in the period, as each order tells it: the change of ARR, annualised, dated by the day on which it was placed.',
  },
  retention: {
    ...finance,
    id: 'retention',
    name: 'Net and gross retention',
    formula:
      'Over the parent companies that had ARR a year before: NDR = Σ ARR now ÷ Σ ARR then; GDR takes for each parent the smaller of the two.',
  },
  'available-to-renew': {
    ...finance,
    id: 'available-to-renew',
    name: 'Available to renew',
    formula:
      'ATR = ARR in force on the last day of the terms that end in the period. Renewed = of it, what is in force on the day after, at most the whole. Renewal rate = renewed ÷ ATR of the terms that have ended.',
  },
  'ar-aging': {
    ...finance,
    id: 'ar-aging',
    name: 'Age of receivables',
    formula: 'What is owed on posted invoices on a day, by the days since it was due: current, 1–30, 31–60, 61–90, 91–120, over 120.',
  },
  'seat-utilisation': {
    ...operations,
    id: 'seat-utilisation',
    name: 'Use of seats',
    formula: 'Billable users ÷ seats, by the newest report of each subscription in the 30 days up to the day.',
  },
  'license-activations': {
    ...operations,
    id: 'license-activations',
    name: 'Activation of licences',
    formula: 'Activation codes issued in the month, how many of them have activated an instance since, and the median of days in between.',
  },
  'trial-conversion': {
    ...operations,
    id: 'trial-conversion',
    name: 'Conversion of trials',
    formula: 'Trials that started in the month, how many of them have become a subscription since, and the one ÷ the other.',
  },
  'order-to-cash': {
    ...operations,
    id: 'order-to-cash',
    name: 'From order to cash',
    formula:
      'Of orders placed in the period: seconds from placed to fulfilled, and days from the invoice to the day on which nothing was owed on it.',
  },
};
