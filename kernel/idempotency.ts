import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { isLockTimeout } from './db/faults';
import { accept, type Result, refuse } from './result';
import type { Work } from './work';

/** The longest key a client may choose, in characters. */
export const KEY_LENGTH_MAX = 255;
/** How long a second request with the same key waits for the first one's answer. */
const WAIT_MS = 2_000;

export interface KeyedRequest {
  /** Whose key it is: keys of two callers never meet. */
  readonly scope: string;
  readonly key: string;
  readonly operation: string;
  readonly request: object;
}

/**
 * Runs a decision once for each key. The answer is saved in the decision's own transaction, so the same request gets
 * the same answer even when the first one was lost on its way back. The same key with another request is refused, and
 * one that is still running is waited for, then refused as `CONFLICT`. A refusal is not kept: it changed nothing.
 */
export async function once<T>(work: Work<never>, request: KeyedRequest, decision: () => Promise<Result<T>>): Promise<Result<T>> {
  if (request.key.length === 0 || request.key.length > KEY_LENGTH_MAX) {
    return refuse('IDEMPOTENCY_KEY_INVALID', `An idempotency key has 1 to ${KEY_LENGTH_MAX} characters.`, { path: ['idempotencyKey'] });
  }
  const hash = createHash('sha256').update(canonical(request.request)).digest('base64url');
  const known = await claim(work, request, hash);
  if (known === 'running') {
    return refuse('CONFLICT', 'A request with this key is still running. Send it again in a moment.', { retryable: true });
  }
  if (known) {
    return known.request_hash === hash && known.operation === request.operation
      ? accept(known.answer as T)
      : refuse('IDEMPOTENCY_KEY_REUSED', 'This key was used for another request. Use a new key for a new request.', {
          path: ['idempotencyKey'],
        });
  }
  const result = await decision();
  if (result.ok) {
    await work.tx.execute(sql`/* kernel.saveAnswer */
      update idempotency_key set answer = ${plain(result.value)}::jsonb where scope = ${request.scope} and key = ${request.key}`);
  }
  return result;
}

interface KnownAnswer extends Record<string, unknown> {
  readonly operation: string;
  readonly request_hash: string;
  readonly answer: unknown;
}

/** Takes the key, or answers what it was taken for. A running owner holds the row until its transaction ends. */
async function claim(work: Work<never>, request: KeyedRequest, hash: string): Promise<KnownAnswer | 'running' | null> {
  try {
    const taken = await work.tx.execute(sql`/* kernel.claimKey */
      with patience as (select set_config('lock_timeout', ${`${WAIT_MS}ms`}, true))
      insert into idempotency_key (scope, key, operation, request_hash, answer, correlation_id, answered_at)
      select ${request.scope}, ${request.key}, ${request.operation}, ${hash}, 'null'::jsonb, ${work.correlationId}, ${work.now.toISOString()}::timestamptz from patience
      on conflict (scope, key) do nothing returning 1`);
    if (taken.length > 0) return null;
  } catch (fault) {
    if (isLockTimeout(fault)) return 'running';
    throw fault;
  }
  const [known] = await work.tx.execute<KnownAnswer>(sql`/* kernel.knownAnswer */
    select operation, request_hash, answer from idempotency_key where scope = ${request.scope} and key = ${request.key}`);
  return known ?? null;
}

/** The same text for the same request, whatever the order of its fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part)
            .filter(([, held]) => held !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : typeof part === 'bigint'
        ? part.toString()
        : part,
  );
}

/** What was answered, as it can be answered again. */
const plain = (answer: unknown): string =>
  JSON.stringify(answer ?? null, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part));
