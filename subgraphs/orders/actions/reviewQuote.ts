import { accept, type Refusal, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { decided, type QuoteDecision } from '../domain/approval';
import { REASON_LENGTH_MAX } from '../domain/policy';
import { openOn } from '../domain/quote';
import type { OrderRefusal } from '../domain/refusals';
import type { OrdersEvents } from '../events/published';
import { saveQuote } from '../store/quotes';
import type { Quoted } from './createQuote';
import { quoteToChange } from './quote-row';
import type { Buying } from './situation-of';

export interface ReviewQuote {
  readonly quoteId: string;
  readonly decision: QuoteDecision;
  readonly reason: string | null;
}

/** Approves or rejects a quote; who did it, when and why stays on it. */
export async function reviewQuote(
  work: Work<OrdersEvents>,
  { quoteId, decision, reason }: ReviewQuote,
  buying: Buying,
): Promise<Result<Quoted, Refusal<OrderRefusal>>> {
  const quote = await quoteToChange(work, quoteId, buying);
  if (!quote) return refuse('QUOTE_NOT_FOUND', 'There is no such quote.', { path: ['quoteId'] });
  const open = openOn(quote, work.today);
  if (!open.ok) return open;
  const approval = { state: quote.approvalState, isAnotherNeeded: quote.approvalNeedsAnother };
  const state = decided({ approval, createdBy: quote.createdBy }, decision, work.actor, reason);
  if (!state.ok) return state;

  const saved = {
    ...quote,
    approvalState: state.value,
    approvalBy: work.actor,
    approvalAt: work.now,
    approvalReason: reason?.trim().slice(0, REASON_LENGTH_MAX) || null,
    version: quote.version + 1,
  };
  await saveQuote(work.tx, saved);
  return accept({ quote: saved, lines: null });
}
