import { addMs, type Instant } from '#kernel/time';
import { ANSWER_WAIT_MS, ANSWER_WAIT_MS_MAX, RETRY_DELAYS_MS } from './policy';

/** What follows an order, in order. Each step is carried out by one house and retried alone. */
export const STEP_KINDS = ['SCREENING', 'PAYMENT', 'BOOKING', 'SUBSCRIPTION', 'INVOICE', 'AGREEMENT', 'LICENSE', 'DELIVERY'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** How far one step is. A failed step with a moment for its next retry is tried again by itself. */
export const STEP_STATES = ['WAITING', 'RUNNING', 'DONE', 'FAILED'] as const;
export type StepState = (typeof STEP_STATES)[number];

/** The house that carries out a step. */
export const STEP_HOUSE: Readonly<Record<StepKind, string>> = {
  SCREENING: 'orders',
  PAYMENT: 'billing',
  BOOKING: 'orders',
  SUBSCRIPTION: 'subscriptions',
  INVOICE: 'billing',
  AGREEMENT: 'customers',
  LICENSE: 'licenses',
  DELIVERY: 'licenses',
};

/** One step of one order. */
export interface Step {
  readonly kind: StepKind;
  readonly state: StepState;
  /** How often it was asked for; an answer that names another attempt is late and means nothing. */
  readonly attempts: number;
  /** Failures in a row since the flow or a person started it. */
  readonly failures: number;
  readonly lastError: string | null;
  readonly requestedAt: Instant | null;
  readonly nextRetryAt: Instant | null;
  /** When a running step counts as silent and is asked for again. */
  readonly answerDueAt: Instant | null;
  readonly doneAt: Instant | null;
}

/** Why a step could not be carried out. Not retryable means: somebody must decide something first. */
export interface StepFailure {
  readonly code: string;
  readonly message: string;
  readonly isRetryable: boolean;
}

/** Steps that only some orders have: the web shop asks for agreement before it takes an order. */
const STEPS_OF_SOME: readonly StepKind[] = ['AGREEMENT'];

/** The steps of a new order, none of them begun; those that only some orders have where they are named. */
export const waitingSteps = (named: readonly StepKind[] = []): readonly Step[] =>
  STEP_KINDS.filter(kind => !STEPS_OF_SOME.includes(kind) || named.includes(kind)).map(kind => ({
    kind,
    state: 'WAITING',
    attempts: 0,
    failures: 0,
    lastError: null,
    requestedAt: null,
    nextRetryAt: null,
    answerDueAt: null,
    doneAt: null,
  }));

/** The steps sorted as they follow each other, whatever order a store returned them in. */
export const inSequence = <S extends { readonly kind: StepKind }>(steps: readonly S[]): readonly S[] =>
  steps.toSorted((a, b) => STEP_KINDS.indexOf(a.kind) - STEP_KINDS.indexOf(b.kind));

/** The step asked for once more; its owner has a minute to answer. */
export const started = <S extends Step>(step: S, now: Instant): S => ({
  ...step,
  state: 'RUNNING',
  attempts: step.attempts + 1,
  requestedAt: now,
  nextRetryAt: null,
  answerDueAt: addMs(now, ANSWER_WAIT_MS),
});

/** The step carried out. */
export const done = <S extends Step>(step: S, now: Instant): S => ({
  ...step,
  state: 'DONE',
  attempts: Math.max(step.attempts, 1),
  lastError: null,
  nextRetryAt: null,
  answerDueAt: null,
  doneAt: now,
});

/** The step failed: it is tried again after a growing wait, or waits for a person when no wait is left or none helps. */
export function failed<S extends Step>(step: S, failure: StepFailure, now: Instant): S {
  const delayMs = failure.isRetryable ? RETRY_DELAYS_MS[step.failures] : undefined;
  return {
    ...step,
    state: 'FAILED',
    failures: step.failures + 1,
    lastError: `${failure.code}: ${failure.message}`,
    nextRetryAt: delayMs === undefined ? null : addMs(now, delayMs),
    answerDueAt: null,
  };
}

/**
 * The silent step asked for again, with twice the patience, up to 16 minutes. Silence is never an error of the order:
 * its owner may be down, and will answer when it is back.
 */
export function reminded<S extends Step>(step: S, now: Instant): S {
  const waitedMs = step.answerDueAt && step.requestedAt ? step.answerDueAt.getTime() - step.requestedAt.getTime() : ANSWER_WAIT_MS;
  const waitMs = Math.min(2 * waitedMs, ANSWER_WAIT_MS_MAX);
  return { ...started(step, now), answerDueAt: addMs(now, waitMs) };
}

/** The failed step as a person restarts it: its failures no longer count. */
export const forgiven = <S extends Step>(step: S): S => ({ ...step, failures: 0 });

/** True when this answer is to the try that is running; doubled and late answers are to none. */
export const isAwaited = (step: Step | undefined, attempt: number): step is Step =>
  step !== undefined && step.state === 'RUNNING' && step.attempts === attempt;
