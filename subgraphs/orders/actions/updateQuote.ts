import { accept, type Refusal, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { needsNewApproval, openOn, type QuoteTerms } from '../domain/quote';
import type { OrderRefusal } from '../domain/refusals';
import type { OrdersEvents } from '../events/published';
import { replaceQuote } from '../store/quotes';
import type { Quoted } from './createQuote';
import { linesOfQuote, priceQuote } from './price-quote';
import { pricedColumns, quoteToChange } from './quote-row';
import type { Buying } from './situation-of';

/** What of a quote becomes another thing; what is absent stays. */
export interface UpdateQuote extends Partial<Omit<QuoteTerms, 'kind'>> {
  readonly quoteId: string;
  readonly ifVersion: number | null;
}

/**
 * Changes a quote and prices it again, as of today. What was approved was a term, a price, a discount and payment terms: when one of
 * them is another now, the approval begins anew. A quote that was sent is a draft again.
 */
export async function updateQuote(
  work: Work<OrdersEvents>,
  { quoteId, ifVersion, ...change }: UpdateQuote,
  buying: Buying,
): Promise<Result<Quoted, Refusal<OrderRefusal>>> {
  const before = await quoteToChange(work, quoteId, buying);
  if (!before) return refuse('QUOTE_NOT_FOUND', 'There is no such quote.', { path: ['quoteId'] });
  if (ifVersion !== null && ifVersion !== before.version) {
    return refuse('QUOTE_CHANGED', 'Somebody changed this quote since: please read it again.', { path: ['ifVersion'] });
  }
  const open = openOn(before, work.today);
  if (!open.ok && (open.refusal.code !== 'QUOTE_EXPIRED' || !change.expiresOn)) return open;

  const priced = await priceQuote(work, before, { ...before, ...change }, buying);
  if (!priced.ok) return priced;
  const columns = pricedColumns(work, priced.value);
  const { approvalState, approvalReasons, approvalNeedsAnother, approvalBy, approvalAt, approvalReason } = before;
  const kept = { approvalState, approvalReasons, approvalNeedsAnother, approvalBy, approvalAt, approvalReason };
  const approval = needsNewApproval(before, columns) ? {} : kept;
  const quote = { ...before, ...columns, ...approval, status: 'DRAFT' as const, sentAt: null, version: before.version + 1 };
  const lines = linesOfQuote(quote, priced.value.plan);
  await replaceQuote(work.tx, quote, lines);
  return accept({ quote, lines });
}
