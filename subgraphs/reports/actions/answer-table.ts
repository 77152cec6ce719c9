import type { Queryable } from '#kernel/db/database';
import { dayOf } from '#kernel/time';
import { lastDayOf, monthsFrom } from '../domain/calendar';
import type { Columns, Value } from '../domain/columns';
import { ARR_DIMENSIONS, BOOKING_DIMENSIONS, ORDER_DIMENSIONS, SEAT_DIMENSIONS } from '../domain/dimensions';
import { ratio } from '../domain/renewal-result';
import type { SettledQuestion } from '../domain/report-question';
import { bookingGroups } from '../store/bookings';
import { agedOn } from '../store/receivables';
import { arrGroups, arrMovements, mrrMovements, retained } from '../store/recurring';
import { renewalTotals } from '../store/renewals';
import { activationsOf, lagGroups, seatGroups, trialsOf } from '../store/use';

/** The numbers of a report as a table: a column for each dimension, then one for each number. */
export interface AnswerTable {
  readonly columns: Columns;
  readonly rows: readonly (readonly Value[])[];
}

/** Answers a question as the graph does, as a table. */
export async function answerTable(db: Queryable, question: SettledQuestion): Promise<AnswerTable> {
  const { report, days, asOf } = question;
  const month = days.startsOn;
  switch (report) {
    case 'ARR': {
      const groups = await arrGroups(db, { month, asOf }, dimensions(question, ARR_DIMENSIONS));
      return grouped(question, { arr: 'money', seats: 'whole', customers: 'whole' }, groups);
    }
    case 'MRR_ROLLFORWARD': {
      const months = await mrrMovements(db, monthsFrom(month, lastDayOf(days)) ?? [month], asOf);
      return table({ month: 'date', ...MOVEMENTS }, months);
    }
    case 'ARR_MOVEMENTS':
      return table({ ...MOVEMENTS, seats: 'money', price: 'money', tier: 'money' }, [await arrMovements(db, { month, asOf })]);
    case 'RETENTION': {
      const found = await retained(db, { month, asOf });
      const [ndr, gdr] = [ratio(found.now.minor, found.yearBefore.minor), ratio(found.kept.minor, found.yearBefore.minor)];
      return table({ yearBefore: 'money', now: 'money', kept: 'money', ndr: 'decimal?', gdr: 'decimal?', churned: 'whole' }, [
        { ...found, ndr, gdr },
      ]);
    }
    case 'BOOKINGS': {
      const groups = await bookingGroups(db, days, dimensions(question, BOOKING_DIMENSIONS));
      return grouped(question, { netArr: 'money', deals: 'whole' }, groups);
    }
    case 'AVAILABLE_TO_RENEW': {
      const { ended, ...totals } = await renewalTotals(db, { period: days, asOf, today: dayOf(asOf) });
      const renewalRate = ratio(totals.renewed.minor, ended.minor);
      return table({ atr: 'money', renewed: 'money', churned: 'money', renewalRate: 'decimal?' }, [{ ...totals, renewalRate }]);
    }
    default:
      return tableOfUse(db, question);
  }
}

async function tableOfUse(db: Queryable, question: SettledQuestion): Promise<AnswerTable> {
  const { report, days, asOf } = question;
  switch (report) {
    case 'AR_AGING':
      return table({ bucket: 'text', balance: 'money', accounts: 'whole' }, await agedOn(db, days.startsOn));
    case 'SEAT_UTILISATION': {
      const groups = await seatGroups(db, days.startsOn, dimensions(question, SEAT_DIMENSIONS));
      const used = groups.map(group => ({ ...group, utilisation: ratio(BigInt(group.billable), BigInt(group.seats)) }));
      return grouped(question, { seats: 'whole', billable: 'whole', utilisation: 'decimal?', seatsOver: 'whole' }, used);
    }
    case 'LICENSE_ACTIVATIONS': {
      const found = await activationsOf(db, days, asOf);
      const columns = { issued: 'whole', activated: 'whole', medianDaysToActivate: 'decimal?', notActivatedOver30Days: 'whole' } as const;
      return table(columns, [{ ...found }]);
    }
    case 'TRIAL_CONVERSION': {
      const found = await trialsOf(db, days);
      const rate = ratio(BigInt(found.converted), BigInt(found.started));
      return table({ started: 'whole', converted: 'whole', rate: 'decimal?' }, [{ ...found, rate }]);
    }
    default: {
      const groups = await lagGroups(db, days, dimensions(question, ORDER_DIMENSIONS));
      const flat = groups.map(({ keys, placedToFulfilledSeconds: fulfilled, invoicedToPaidDays: paid }) => ({
        keys,
        fulfilledP50Seconds: fulfilled.p50,
        fulfilledP95Seconds: fulfilled.p95,
        paidP50Days: paid.p50,
        paidP95Days: paid.p95,
      }));
      return grouped(question, LAGS, flat);
    }
  }
}

const MOVEMENTS = {
  opening: 'money',
  new: 'money',
  expansion: 'money',
  contraction: 'money',
  churn: 'money',
  closing: 'money',
} as const;
const LAGS = {
  fulfilledP50Seconds: 'decimal?',
  fulfilledP95Seconds: 'decimal?',
  paidP50Days: 'decimal?',
  paidP95Days: 'decimal?',
} as const;

/** The dimensions that were asked for, in their order. The settled question has checked that the report knows them. */
const dimensions = <Dimension extends string>({ by }: SettledQuestion, known: readonly Dimension[]): readonly Dimension[] =>
  by.flatMap(name => known.filter(dimension => dimension === name));

type Told<C extends Columns> = { readonly [Name in keyof C]: Value };

const table = <C extends Columns>(columns: C, rows: readonly Told<C>[]): AnswerTable => ({
  columns,
  rows: rows.map(row => Object.keys(columns).map(name => row[name] ?? null)),
});

function grouped<C extends Columns>(
  { by }: SettledQuestion,
  columns: C,
  groups: readonly (Told<C> & { readonly keys: readonly string[] })[],
): AnswerTable {
  const names = by.map(dimension => dimension.toLowerCase().replace(/_[a-z]/g, letter => letter.slice(1).toUpperCase()));
  const numbers = table(columns, groups);
  return {
    columns: { ...Object.fromEntries(names.map(name => [name, 'text' as const])), ...columns },
    rows: numbers.rows.map((row, index) => [...(groups[index]?.keys ?? []), ...row]),
  };
}
