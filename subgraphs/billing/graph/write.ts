import type { Loader } from '#kernel/db/loader';
import type { WriteRequest } from '#kernel/graph/context';
import type { MutationInput } from '#kernel/graph/mutation-input';
import { accept, refuse } from '#kernel/result';
import { lineFrom } from '#kernel/text';
import type { BillingContext } from './context';

/** A mutation's input as the write that carries it out. */
export const writeOf = (operation: string, input: MutationInput): WriteRequest => ({
  operation,
  key: input.idempotencyKey,
  request: input,
  isDryRun: input.dryRun ?? false,
});

/**
 * What a mutation answers: the row as it is stored now, since a repeated request is answered from saved text; or, after
 * a dry run, the row as it would have been.
 */
export async function afterWrite<Key extends string, Row extends { readonly id: Key }>(
  ctx: BillingContext,
  input: MutationInput,
  loader: Loader<Key, Row | null>,
  written: Row,
): Promise<Row | null> {
  return input.dryRun ? written : ctx.load(loader, written.id);
}

/** The same for a document that is known by its number. */
export async function afterNumberedWrite<Row extends { readonly number: string }>(
  ctx: BillingContext,
  input: MutationInput,
  loader: Loader<string, Row | null>,
  written: Row,
): Promise<Row | null> {
  return input.dryRun ? written : ctx.load(loader, written.number);
}

const REASON_LENGTH_MAX = 280;

/** Why somebody takes something back: a line that the customer may read. */
export function reasonFrom(input: { readonly reason: string }) {
  const reason = lineFrom(input.reason, REASON_LENGTH_MAX);
  return reason
    ? accept(reason)
    : refuse('INPUT_INVALID', `A reason has 1 to ${REASON_LENGTH_MAX} visible characters.`, { path: ['reason'] });
}
