import { GraphQLError } from 'graphql';
import { type ConnectionArgs, connectionOf, dayAndIdKey } from '#kernel/graph/connection';
import type { AccountId } from '#kernel/ids';
import { addDays, dayOf, type PlainDate } from '#kernel/time';
import { countInvoices, type InvoiceFilter, listInvoices } from '../store/invoice-list';
import type { InvoiceRow } from '../store/tables';
import type { BillingContext } from './context';
import type { InvoiceWhere } from './inputs';

const DAYS_OVERDUE_MAX = 36_500;
const STATUSES_MAX = 10;

/** A page of the invoices of one account or of all, the newest first. */
export function invoicePage(
  ctx: BillingContext,
  accountId: AccountId | null,
  args: ConnectionArgs,
  where: InvoiceWhere | null | undefined,
) {
  const filter = filterFrom(accountId, where, dayOf(ctx.now));
  return connectionOf(args, {
    key: dayAndIdKey('invoice'),
    cursorOf: (invoice: InvoiceRow) => ({ on: invoice.issuedOn, id: invoice.id }),
    rows: (limit, after) => listInvoices(ctx.db, filter, after && { issuedOn: after.on, id: after.id }, limit),
    count: () => countInvoices(ctx.db, filter),
  });
}

function filterFrom(accountId: AccountId | null, where: InvoiceWhere | null | undefined, today: PlainDate): InvoiceFilter {
  const { eq, in: among } = where?.status ?? {};
  if (among && among.length > STATUSES_MAX) throw badInput(`\`status.in\` holds at most ${STATUSES_MAX} values.`);
  const statuses = eq && among ? among.filter(status => status === eq) : eq ? [eq] : (among ?? null);
  const days = where?.daysOverdue?.gte ?? null;
  if (days !== null && (days < 1 || days > DAYS_OVERDUE_MAX)) throw badInput(`\`daysOverdue.gte\` is 1 to ${DAYS_OVERDUE_MAX}.`);
  return { accountId, statuses, overdueSince: days === null ? null : addDays(today, -days) };
}

const badInput = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
