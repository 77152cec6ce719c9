import type { MutationInput } from '#kernel/graph/mutation-input';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { Quoted } from '../actions/createQuote';
import type { OrdersEvents } from '../events/published';
import { quoteById } from '../store/quotes';
import type { QuoteLineRow, QuoteRow } from '../store/tables';
import type { OrdersContext } from './context';

/** A quote to answer. One that was priced in this request has its lines with it: after a dry run nothing is stored. */
export interface QuoteSource extends QuoteRow {
  readonly lines?: readonly QuoteLineRow[] | null;
}

/** Runs a mutation of a quote. What is kept with the idempotency key is the quote's id, so the same request later shows it as it is then. */
export async function writeQuote(
  ctx: OrdersContext,
  operation: string,
  input: MutationInput,
  action: (work: Work<OrdersEvents>) => Promise<Result<Quoted>>,
): Promise<Result<QuoteSource | null>> {
  let written: QuoteSource | null = null;
  const request = { operation, key: input.idempotencyKey, request: input, isDryRun: input.dryRun ?? false };
  const result = await ctx.write(request, async work => {
    const decision = await action(work);
    if (!decision.ok) return decision;
    written = { ...decision.value.quote, lines: decision.value.lines };
    return accept({ quoteId: decision.value.quote.id });
  });
  return result.ok ? accept(written ?? (await ctx.load(quoteById, result.value.quoteId))) : result;
}
