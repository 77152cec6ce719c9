import { accept, type Refusal, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { review } from '../domain/approval';
import { openOn } from '../domain/quote';
import type { OrderRefusal } from '../domain/refusals';
import type { OrdersEvents } from '../events/published';
import { saveQuote } from '../store/quotes';
import type { Quoted } from './createQuote';
import { quoteToChange } from './quote-row';
import type { Buying } from './situation-of';

/** Puts a quote into the queue of those who approve. */
export async function requestApproval(
  work: Work<OrdersEvents>,
  { quoteId }: { readonly quoteId: string },
  buying: Buying,
): Promise<Result<Quoted, Refusal<OrderRefusal>>> {
  const quote = await quoteToChange(work, quoteId, buying);
  if (!quote) return refuse('QUOTE_NOT_FOUND', 'There is no such quote.', { path: ['quoteId'] });
  const open = openOn(quote, work.today);
  if (!open.ok) return open;
  const state = review({ state: quote.approvalState });
  if (!state.ok) return state;

  const saved = {
    ...quote,
    approvalState: state.value,
    approvalBy: null,
    approvalAt: null,
    approvalReason: null,
    version: quote.version + 1,
  };
  await saveQuote(work.tx, saved);
  return accept({ quote: saved, lines: null });
}
