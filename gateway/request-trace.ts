import { context, createContextKey } from '@opentelemetry/api';
import { hasRole, type Viewer } from '#kernel/auth/viewer';
import { traceId } from '#kernel/trace-context';

/** A call that a request caused, as those who look after the graph may see it. */
export interface TracedCall {
  readonly house: string;
  readonly outcome: string;
  readonly startedAt: number;
  readonly ms: number;
}

const CALLS = createContextKey('calls to houses');

/** Remembers a call, if the request that caused it wants to know. */
export function noteCall(call: TracedCall): void {
  const calls = context.active().getValue(CALLS);
  if (calls instanceof CallList) calls.calls.push(call);
}

class CallList {
  readonly calls: TracedCall[] = [];
}

/** How an answer came to be: each call to a house, in milliseconds since the request began. */
export interface RequestTrace {
  readonly traceId: string | null;
  readonly ms: number;
  readonly calls: readonly { readonly house: string; readonly outcome: string; readonly atMs: number; readonly ms: number }[];
}

/** Runs work and tells which calls it made. */
export async function recording<T>(work: () => Promise<T>): Promise<readonly [T, RequestTrace]> {
  const startedAt = performance.now();
  const list = new CallList();
  const answer = await context.with(context.active().setValue(CALLS, list), work);
  const calls = list.calls.map(call => ({
    house: call.house,
    outcome: call.outcome,
    atMs: rounded(call.startedAt - startedAt),
    ms: rounded(call.ms),
  }));
  return [answer, { traceId: traceId(), ms: rounded(performance.now() - startedAt), calls }];
}

const rounded = (ms: number): number => Math.round(ms * 100) / 100;

/** Which houses know what is our own affair: only those who look after the graph are shown plans and traces. */
export const maySeeInside = (viewer: Viewer): boolean => hasRole(viewer, 'OPERATOR', 'SUPPORT');
