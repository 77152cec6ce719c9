import { accept, type Refusal, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { openOn } from '../domain/quote';
import type { OrderRefusal } from '../domain/refusals';
import type { OrdersEvents } from '../events/published';
import { movePrimary, saveQuote, takePrimary } from '../store/quotes';
import type { Quoted } from './createQuote';
import { quoteToChange } from './quote-row';
import type { Buying } from './situation-of';

/** Makes a quote the one of its opportunity that can be bought; the others wait behind it. */
export async function makePrimary(
  work: Work<OrdersEvents>,
  { quoteId }: { readonly quoteId: string },
  buying: Buying,
): Promise<Result<Quoted, Refusal<OrderRefusal>>> {
  const quote = await quoteToChange(work, quoteId, buying);
  if (!quote) return refuse('QUOTE_NOT_FOUND', 'There is no such quote.', { path: ['quoteId'] });
  const open = openOn(quote, work.today);
  if (!open.ok) return open;
  const primary = { ...quote, isPrimary: true, version: quote.version + 1 };
  await saveQuote(work.tx, primary);
  if (quote.opportunityId) {
    await takePrimary(work.tx, quote, quote.opportunityId);
    await movePrimary(work.tx, quote, quote.opportunityId);
  }
  return accept({ quote: primary, lines: null });
}
