import { accept, refuse } from '#kernel/result';
import type { Instant } from '#kernel/time';
import { moved, moveToRepeat, type OrderState } from './order';
import {
  done,
  failed,
  forgiven,
  hasFailed,
  inSequence,
  isAwaited,
  reminded,
  STEP_HOUSE,
  type Step,
  type StepFailure,
  type StepKind,
  started,
} from './steps';

/** What an entry of an order's timeline tells. */
export const ENTRY_KINDS = [
  'ORDER_PLACED',
  'STEP_STARTED',
  'STEP_DONE',
  'STEP_FAILED',
  'STEP_REPEATED',
  'ORDER_REJECTED',
  'ORDER_STOPPED',
  'ORDER_RESUMED',
  'ORDER_FULFILLED',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** One line of an order's story: who did what, and when. */
export interface Entry {
  readonly at: Instant;
  readonly actor: string;
  readonly house: string;
  readonly kind: EntryKind;
  readonly step: StepKind | null;
  readonly detail: string;
}

/** The least that the flow needs to know of an order. */
export interface Flowing {
  readonly state: OrderState;
  readonly paymentMethodId: string | null;
  readonly paymentTermsDays: number;
  readonly fulfilledAt: Instant | null;
}

/** Who moves the flow, and when. */
export interface Mover {
  readonly now: Instant;
  readonly actor: string;
}

/** How an order went on: everything that is saved, asked for and announced because of one answer. */
export interface Progress {
  readonly state: OrderState;
  readonly fulfilledAt: Instant | null;
  /** The steps that changed; the others are as they were. */
  readonly steps: readonly Step[];
  readonly entries: readonly Entry[];
  /** The step whose owner is asked now. */
  readonly request: { readonly kind: StepKind; readonly attempt: number } | null;
  /** The failed step that is tried again by itself. */
  readonly retry: { readonly kind: StepKind; readonly attempt: number; readonly at: Instant } | null;
  /** Why the order now waits for a person. */
  readonly stopped: (StepFailure & { readonly kind: StepKind }) | null;
}

/** The owner of a step answered: the next one begins. Answers that are not awaited change nothing: null. */
export function completed(order: Flowing, steps: readonly Step[], answer: Answer, mover: Mover): Progress | null {
  const step = steps.find(({ kind }) => kind === answer.kind);
  if (!isAwaited(step, answer.attempt)) return null;

  const finished = done(step, mover.now);
  const after = proceed(order, replaced(steps, finished), mover);
  const entry = entryOf(mover, 'STEP_DONE', finished, answer.detail);
  return { ...after, steps: [finished, ...after.steps], entries: [entry, ...after.entries] };
}

export interface Answer {
  readonly kind: StepKind;
  readonly attempt: number;
  readonly detail: string;
}

/** The owner of a step declined: it is tried again later, or the order stops. Answers that are not awaited: null. */
export function declined(
  order: Flowing,
  steps: readonly Step[],
  answer: Omit<Answer, 'detail'> & StepFailure,
  mover: Mover,
): Progress | null {
  const step = steps.find(({ kind }) => kind === answer.kind);
  if (!isAwaited(step, answer.attempt)) return null;

  const broken = failed(step, answer, mover.now);
  const entry = entryOf(mover, 'STEP_FAILED', broken, `${answer.code}: ${answer.message}`);
  if (broken.nextRetryAt) {
    const retry = { kind: broken.kind, attempt: broken.attempts, at: broken.nextRetryAt };
    return { ...unchanged(order), steps: [broken], entries: [entry], retry };
  }
  return {
    ...unchanged(order),
    state: moved(order.state, 'STOP'),
    steps: [broken],
    entries: [entry, entryOf(mover, 'ORDER_STOPPED', broken, 'The order waits for a person.', 'orders')],
    stopped: { kind: broken.kind, code: answer.code, message: answer.message, isRetryable: answer.isRetryable },
  };
}

/** The wait after a failure is over: the step is asked for again, unless somebody was faster: null. */
export function repeated(
  order: Flowing,
  steps: readonly Step[],
  due: { readonly kind: StepKind; readonly attempt: number },
  mover: Mover,
): Progress | null {
  const step = steps.find(({ kind }) => kind === due.kind);
  if (!step?.nextRetryAt || step.attempts !== due.attempt || !hasFailed(step)) return null;
  return asked(order, started(step, mover.now), 'STEP_REPEATED', mover);
}

/** The owner of the running step has been silent for too long: it is asked again. Null when none is due. */
export function nudged(order: Flowing, steps: readonly Step[], mover: Mover): Progress | null {
  const silent = steps.find(({ state, answerDueAt }) => state === 'RUNNING' && answerDueAt && answerDueAt <= mover.now);
  return silent ? asked(order, reminded(silent, mover.now), 'STEP_REPEATED', mover) : null;
}

/** A person starts the failed step again, and all waits begin anew. Refused when no step, or another one, has failed. */
export function resumed(order: Flowing, steps: readonly Step[], wanted: StepKind | null, mover: Mover, reason: string) {
  const step = steps.find(hasFailed);
  if (!step) return refuse('NO_FAILED_STEP', 'No step of this order has failed.');
  if (wanted && wanted !== step.kind) return refuse('NO_FAILED_STEP', `The step that failed is ${step.kind}.`, { path: ['step'] });

  const again = asked(order, started(forgiven(step), mover.now), 'STEP_REPEATED', mover);
  const entry = entryOf(mover, 'ORDER_RESUMED', step, reason, 'orders');
  return accept({ ...again, state: moved(order.state, moveToRepeat(step.kind)), entries: [entry, ...again.entries] });
}

/**
 * Goes on to the next step. What needs no neighbour is done at once: a purchase on account terms is paid later, and
 * booking is our own. After the last step the order is fulfilled.
 */
export function proceed(order: Flowing, steps: readonly Step[], mover: Mover): Progress {
  const entries: Entry[] = [];
  const changed: Step[] = [];
  let state = order.state;
  for (const step of inSequence(steps).filter(open => open.state !== 'DONE')) {
    const own = ownWork(order, step.kind);
    if (own === null) {
      if (step.kind === 'SUBSCRIPTION') state = moved(state, 'PROVISION');
      const next = asked({ ...order, state }, started(step, mover.now), 'STEP_STARTED', mover);
      return { ...next, steps: [...changed, ...next.steps], entries: [...entries, ...next.entries] };
    }
    const finished = done(step, mover.now);
    if (step.kind === 'BOOKING') state = moved(state, 'BOOK');
    changed.push(finished);
    entries.push(entryOf(mover, 'STEP_DONE', finished, own, 'orders'));
  }
  const finish = {
    at: mover.now,
    actor: mover.actor,
    house: 'orders',
    kind: 'ORDER_FULFILLED',
    step: null,
    detail: 'Everything is delivered.',
  } as const;
  return { ...unchanged(order), state: moved(state, 'FULFIL'), fulfilledAt: mover.now, steps: changed, entries: [...entries, finish] };
}

/** What is done here and now for a step, in words; null when a neighbour must be asked. */
function ownWork(order: Flowing, kind: StepKind): string | null {
  if (kind === 'BOOKING') return 'Booked.';
  if (kind === 'PAYMENT' && order.paymentMethodId === null) return `Net ${order.paymentTermsDays}`;
  return null;
}

function asked(order: Flowing, step: Step, kind: EntryKind, mover: Mover): Progress {
  const detail = `Asked ${STEP_HOUSE[step.kind]}, attempt ${step.attempts}.`;
  const request = { kind: step.kind, attempt: step.attempts };
  return { ...unchanged(order), steps: [step], entries: [entryOf(mover, kind, step, detail, 'orders')], request };
}

const unchanged = ({ state, fulfilledAt }: Flowing): Progress => ({
  state,
  fulfilledAt,
  steps: [],
  entries: [],
  request: null,
  retry: null,
  stopped: null,
});

const entryOf = ({ now, actor }: Mover, kind: EntryKind, step: Step, detail: string, house = STEP_HOUSE[step.kind]): Entry => ({
  at: now,
  actor,
  house,
  kind,
  step: step.kind,
  detail,
});

const replaced = (steps: readonly Step[], by: Step): readonly Step[] => steps.map(step => (step.kind === by.kind ? by : step));
