import { sql } from 'drizzle-orm';
import { minorRates } from '../domain/reporting-currency';

/** A table of what each currency's smallest unit counts for: a `with` of every statement that adds money up. */
export const RATES = sql`rates (currency, rate) as (values ${sql.join(
  minorRates().map(({ currency, rate }) => sql`(${currency}::text, ${rate}::numeric)`),
  sql`, `,
)})`;
