import { and, count, desc, eq, gt, inArray, lte, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '#kernel/db/database';
import { type AccountId, type InvoiceId, uuidOf } from '#kernel/ids';
import type { PlainDate } from '#kernel/time';
import type { InvoiceStatus } from '../domain/invoice';
import { invoiceColumns, isReceivableOfInvoice } from './invoices';
import { type InvoiceRow, invoices, receivables } from './tables';

/** Which invoices are wanted; what is null does not narrow. */
export interface InvoiceFilter {
  readonly accountId: AccountId | null;
  readonly statuses: readonly InvoiceStatus[] | null;
  /** Something is owed, and was due on this day or before. */
  readonly overdueSince: PlainDate | null;
}

/** The place of an invoice in every list: newest issue first, then by id. */
export interface InvoicePlace {
  readonly issuedOn: PlainDate;
  readonly id: InvoiceId;
}

export function listInvoices(
  db: Queryable,
  filter: InvoiceFilter,
  after: InvoicePlace | null,
  limit: number,
): Promise<readonly InvoiceRow[]> {
  return db
    .select(invoiceColumns)
    .from(invoices)
    .innerJoin(receivables, isReceivableOfInvoice)
    .where(and(...conditionsOf(filter), after ? isAfter(after) : undefined))
    .orderBy(desc(invoices.issuedOn), desc(invoices.id))
    .limit(limit);
}

export async function countInvoices(db: Queryable, filter: InvoiceFilter): Promise<number> {
  const [row] = await db
    .select({ invoices: count() })
    .from(invoices)
    .innerJoin(receivables, isReceivableOfInvoice)
    .where(and(...conditionsOf(filter)));
  return row?.invoices ?? 0;
}

const conditionsOf = ({ accountId, statuses, overdueSince }: InvoiceFilter): readonly (SQL | undefined)[] => [
  accountId ? eq(invoices.accountId, accountId) : undefined,
  statuses ? inArray(receivables.status, [...statuses]) : undefined,
  ...(overdueSince ? [eq(receivables.status, 'POSTED'), gt(receivables.balanceMinor, 0n), lte(receivables.dueOn, overdueSince)] : []),
];

// A row comparison, so that the index on both columns gives the page without reading those before it.
const isAfter = (place: InvoicePlace): SQL =>
  sql`(${invoices.issuedOn}, ${invoices.id}) < (${place.issuedOn}::date, ${uuidOf(place.id)}::uuid)`;
