import { type AnyColumn, type SQL, sql } from 'drizzle-orm';
import { bigint, customType, text } from 'drizzle-orm/pg-core';
import { type Id, type IdKind, idFromUuid, uuidOf } from '../ids';
import { CURRENCIES } from '../money';
import type { Instant, PlainDate } from '../time';

/** A `uuid` column that code sees as a prefixed id: `ord_…` in the program, sixteen bytes on disk. */
export const id = <Kind extends IdKind>(kind: Kind) =>
  customType<{ data: Id<Kind>; driverData: string }>({
    dataType: () => 'uuid',
    toDriver: uuidOf,
    fromDriver: uuid => idFromUuid(kind, uuid),
  })();

/** A moment, kept to the millisecond so that what is read equals what was written. */
export const instant = customType<{ data: Instant; driverData: string }>({
  dataType: () => 'timestamp (3) with time zone',
  toDriver: moment => moment.toISOString(),
  fromDriver: text => new Date(text),
});

/** A day without a time or a zone. */
export const plainDate = customType<{ data: PlainDate; driverData: string }>({ dataType: () => 'date' });

/** An amount in its currency's smallest unit; the currency stands in a column beside it. */
export const minor = () => bigint({ mode: 'bigint' });

/** One of a closed set. The set is a list in `domain/`, so a new member needs no migration. */
export const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) => text({ enum: values });

export const currency = () => text({ enum: CURRENCIES });

/** `column = any($1)`: one statement and one plan for any number of ids, unlike `in (…)`. */
export function anyOf(column: AnyColumn, values: readonly string[]): SQL {
  const isId = column.getSQLType() === 'uuid';
  const array = `{${values.map(value => (isId ? uuidOf(value) : JSON.stringify(value))).join(',')}}`;
  return isId ? sql`${column} = any(${array}::uuid[])` : sql`${column} = any(${array}::text[])`;
}
