import { money, moneyText } from '#kernel/money';
import { accept, type Refusal, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { releasedOn } from '../domain/quote';
import type { OrderRefusal } from '../domain/refusals';
import type { OrdersEvents } from '../events/published';
import { saveQuote } from '../store/quotes';
import type { Quoted } from './createQuote';
import { type Placed, placeOrder } from './placeOrder';
import { requestOf } from './price-quote';
import { quoteToChange } from './quote-row';
import type { Buying } from './situation-of';

/** A quote that the customer accepts: who agreed to the terms, and their purchase-order number. */
export interface SubmitQuote {
  readonly quoteId: string;
  readonly termsAcceptedBy: string;
  readonly poNumber: string | null;
}

/**
 * Turns an accepted quote into its order, once. The order is decided by the same rules as the quote was, by the prices of the day
 * it was quoted on; where it came to another total, the quote has to be priced again (P9).
 */
export async function submitQuote(
  work: Work<OrdersEvents>,
  { quoteId, termsAcceptedBy, poNumber }: SubmitQuote,
  buying: Buying,
): Promise<Result<Quoted & { readonly placed: Placed }, Refusal<OrderRefusal>>> {
  const quote = await quoteToChange(work, quoteId, buying);
  if (!quote) return refuse('QUOTE_NOT_FOUND', 'There is no such quote.', { path: ['quoteId'] });
  const released = releasedOn(quote, work.today);
  if (!released.ok) return released;
  if (!quote.isPrimary)
    return refuse('QUOTE_NOT_PRIMARY', 'Another quote of this opportunity is the one that is offered.', { path: ['quoteId'] });

  const request = requestOf(quote, quote, { pricedOn: quote.pricedOn, isBought: true });
  const total = moneyText(money(quote.totalMinor, quote.currency));
  const placed = await placeOrder(work, { ...request, poNumber, expectedTotal: total }, buying);
  if (!placed.ok) return placed.refusal.code === 'PRICE_CHANGED' ? outdated() : placed;

  const accepted = {
    ...quote,
    status: 'ACCEPTED' as const,
    acceptedAt: work.now,
    termsAcceptedBy,
    orderId: placed.value.order.id,
    version: quote.version + 1,
  };
  await saveQuote(work.tx, accepted);
  return accept({ quote: accepted, lines: null, placed: placed.value });
}

const outdated = () =>
  refuse('QUOTE_OUTDATED', 'What was quoted would cost something else by now: please update the quote first.', { path: ['quoteId'] });
