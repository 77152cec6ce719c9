import { isId } from '#kernel/ids';
import type { Work } from '#kernel/work';
import type { Approval } from '../domain/approval';
import type { OrdersEvents } from '../events/published';
import { quoteForUpdate } from '../store/quotes';
import type { QuoteRow } from '../store/tables';
import type { PricedQuote } from './price-quote';
import type { Buying } from './situation-of';

/** What the pricing of a quote decides of it. */
export const pricedColumns = (work: Work<OrdersEvents>, { plan, terms, approval, termMonths }: PricedQuote) => ({
  kind: terms.kind,
  actions: terms.actions,
  discountBasisPoints: terms.discountBasisPoints,
  discountAmount: terms.discountAmount,
  paymentTermsDays: terms.paymentTermsDays,
  expiresOn: terms.expiresOn,
  termMonths,
  pricedOn: work.today,
  currency: plan.currency,
  subtotalMinor: plan.subtotalMinor,
  taxMinor: plan.taxMinor,
  totalMinor: plan.totalMinor,
  metrics: plan.metrics,
  changes: plan.changes,
  ...approvalColumns(approval),
  approvalAt: null,
});

/** An approval as a quote keeps it. */
export const approvalColumns = ({ state, reasons, isAnotherNeeded, by, reason }: Approval) => ({
  approvalState: state,
  approvalReasons: reasons,
  approvalNeedsAnother: isAnotherNeeded,
  approvalBy: by,
  approvalReason: reason,
});

/** A quote that the caller may change, locked; null when there is none that they may know of. */
export async function quoteToChange(
  work: Work<OrdersEvents>,
  quoteId: string,
  { maySee }: Pick<Buying, 'maySee'>,
): Promise<QuoteRow | null> {
  const quote = isId('quote', quoteId) ? await quoteForUpdate(work.tx, quoteId) : null;
  return quote && maySee(quote.accountId) ? quote : null;
}
