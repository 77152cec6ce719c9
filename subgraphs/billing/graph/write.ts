import type { Loader } from '#kernel/db/loader';
import type { WriteRequest } from '#kernel/graph/context';
import type { MutationInput } from '#kernel/graph/mutation-input';
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
