import type { MutationInput } from '#kernel/graph/mutation-input';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { PartnersEvents } from '../events/published';
import type { PartnersContext } from './context';

/** How an outcome is remembered with its idempotency key, and found again when the request is repeated. */
interface Remembered<Outcome> {
  readonly name: string;
  readonly idOf: (outcome: Outcome) => string;
  readonly find: (id: string) => Promise<Outcome | null>;
}

/**
 * Runs an action once for its key. The first time, and in a dry run, the outcome is what the action has decided; only
 * its id is kept with the key, so that no secret is ever written down, and a repetition reads the outcome anew.
 */
export async function mutate<Outcome>(
  ctx: PartnersContext,
  input: MutationInput,
  { name, idOf, find }: Remembered<Outcome>,
  action: (work: Work<PartnersEvents>) => Promise<Result<Outcome>>,
): Promise<Result<Outcome | null>> {
  const decided: Outcome[] = [];
  const write = { operation: name, key: input.idempotencyKey, request: input, isDryRun: input.dryRun ?? false };
  const result = await ctx.write(write, async work => {
    decided.length = 0;
    const done = await action(work);
    if (!done.ok) return done;
    decided.push(done.value);
    return accept({ id: idOf(done.value) });
  });
  if (!result.ok) return result;
  return accept(decided[0] ?? (await find(result.value.id)));
}
