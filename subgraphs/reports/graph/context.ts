import { GraphQLError } from 'graphql';
import type { HouseContext } from '#kernel/graph/context';
import type { Instant, Period, PlainDate } from '#kernel/time';
import { fiscalQuarter, fiscalYear, MONTHS_MAX, monthsFrom } from '../domain/calendar';
import { DEFINITIONS, type Definition, type MetricId } from '../domain/definitions';
import { DIMENSIONS_MAX } from '../domain/dimensions';
import type { ReportsEvents } from '../events/published';

/** What this house's resolvers have at hand. */
export type ReportsContext = HouseContext<ReportsEvents>;

/** What every answer begins with: the meaning of its numbers, and the moment they speak of. */
export interface Heading {
  readonly asOf: Instant;
  readonly definition: Definition;
}

/** A moment to come is not known yet; a report then speaks of now. */
export function headingOf(metric: MetricId, ctx: ReportsContext, asOf: Instant | null = null): Heading {
  return { asOf: asOf && asOf < ctx.now ? asOf : ctx.now, definition: DEFINITIONS[metric] };
}

/** The months of a report; one that cannot be told is answered with the reason. */
export function monthsOf(from: PlainDate, to: PlainDate): readonly PlainDate[] {
  const months = monthsFrom(from, to);
  if (!months) throw badInput(`\`to\` is not before \`from\`, and at most ${MONTHS_MAX} months are told at once.`);
  return months;
}

/** The days of a fiscal quarter by its name. */
export function quarterOf(name: string): Period {
  const quarter = fiscalQuarter(name);
  if (!quarter) throw badInput('A fiscal quarter is named like FY2027-Q1; fiscal years begin on 1 February.');
  return quarter;
}

const YEARS = { first: 2000, last: 2099 } as const;

/** The days of a fiscal quarter or of a fiscal year, of which a question names one. */
export function fiscalPeriodOf(quarter: string | null, year: number | null): Period {
  if ((quarter === null) === (year === null)) throw badInput('Name either `fiscalQuarter` or `fiscalYear`.');
  if (quarter !== null) return quarterOf(quarter);
  if (year === null || year < YEARS.first || year > YEARS.last) throw badInput(`\`fiscalYear\` is ${YEARS.first} to ${YEARS.last}.`);
  return fiscalYear(year);
}

/** Dimensions as they were asked for, each once. */
export function dimensionsOf<Dimension extends string>(by: readonly Dimension[]): readonly Dimension[] {
  if (by.length > DIMENSIONS_MAX) throw badInput(`\`by\` holds at most ${DIMENSIONS_MAX} values.`);
  return [...new Set(by)];
}

const badInput = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
