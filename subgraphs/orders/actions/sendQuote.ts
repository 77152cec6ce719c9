import { accept, type Refusal, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { releasedOn } from '../domain/quote';
import type { OrderRefusal } from '../domain/refusals';
import type { OrdersEvents } from '../events/published';
import { saveQuote } from '../store/quotes';
import type { Quoted } from './createQuote';
import { quoteToChange } from './quote-row';
import type { Buying } from './situation-of';

/** Shows a quote to the customer. Once sent, it is changed only by becoming a draft again. */
export async function sendQuote(
  work: Work<OrdersEvents>,
  { quoteId }: { readonly quoteId: string },
  buying: Buying,
): Promise<Result<Quoted, Refusal<OrderRefusal>>> {
  const quote = await quoteToChange(work, quoteId, buying);
  if (!quote) return refuse('QUOTE_NOT_FOUND', 'There is no such quote.', { path: ['quoteId'] });
  const released = releasedOn(quote, work.today);
  if (!released.ok) return released;

  const sent = { ...quote, status: 'SENT' as const, sentAt: quote.sentAt ?? work.now, version: quote.version + 1 };
  await saveQuote(work.tx, sent);
  return accept({ quote: sent, lines: null });
}
