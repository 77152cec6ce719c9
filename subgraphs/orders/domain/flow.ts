import { accept, refuse } from '#kernel/result';
import { move, moved, moveToRepeat } from './order';
import { asked, entryOf, type Flowing, type Mover, type Progress, proceed, replaced, unchanged } from './progress';
import {
  done,
  failed,
  forgiven,
  isAwaited,
  reminded,
  STEP_HOUSE,
  type Step,
  type StepFailure,
  type StepKind,
  started,
  waitingSteps,
} from './steps';

/**
 * A new order begins: it is screened here and now, and either goes on to its first step or is rejected. Steps for which its
 * plan has no use are done from the beginning; `besides` names those that only some orders have.
 */
export function begun(
  order: Flowing,
  screening: { readonly isClear: boolean; readonly reason: string },
  placed: string,
  mover: Mover,
  needless: readonly StepKind[] = [],
  besides: readonly StepKind[] = [],
): Progress {
  const steps = waitingSteps(besides).map(step => (needless.includes(step.kind) ? done(step, mover.now) : step));
  const first = steps.find(({ kind }) => kind === 'SCREENING')!;
  const opening = [entryOf(mover, 'ORDER_PLACED', null, placed)];
  const state = moved(order.state, 'SUBMIT', 'SCREEN');
  if (!screening.isClear) {
    const rejected = { ...first, state: 'FAILED' as const, attempts: 1, failures: 1, lastError: screening.reason };
    const entries = [...opening, entryOf(mover, 'ORDER_REJECTED', 'SCREENING', screening.reason)];
    return { ...unchanged(order), state: moved(state, 'REJECT'), steps: replaced(steps, rejected), entries };
  }
  const cleared = done(first, mover.now);
  const after = proceed({ ...order, state: moved(state, 'CLEAR') }, replaced(steps, cleared), mover);
  const changed = [cleared, ...after.steps].reduce(replaced, steps);
  return { ...after, steps: changed, entries: [...opening, entryOf(mover, 'STEP_DONE', 'SCREENING', screening.reason), ...after.entries] };
}

/**
 * The owner of a step answered: the next one begins. A step that had failed may still succeed, as when a buyer confirms
 * a card with their bank after all. Doubled answers, and late ones to an older try, change nothing: null.
 */
export function completed(order: Flowing, steps: readonly Step[], answer: Answer, mover: Mover): Progress | null {
  const step = steps.find(({ kind }) => kind === answer.kind);
  if (!step || step.attempts !== answer.attempt || (step.state !== 'RUNNING' && step.state !== 'FAILED')) return null;
  // A card that is confirmed after the order was closed stays uncharged: its reservation runs out at the provider.
  if (order.state === 'CANCELLED') return null;

  const finished = done(step, mover.now);
  const state = order.state === 'ERROR' ? moved(order.state, moveToRepeat(step.kind)) : order.state;
  const after = proceed({ ...order, state }, replaced(steps, finished), mover);
  const entry = entryOf(mover, 'STEP_DONE', finished.kind, answer.detail, STEP_HOUSE[finished.kind]);
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
  const entry = entryOf(mover, 'STEP_FAILED', broken.kind, `${answer.code}: ${answer.message}`, STEP_HOUSE[broken.kind]);
  if (broken.nextRetryAt) {
    const retry = { kind: broken.kind, attempt: broken.attempts, at: broken.nextRetryAt };
    return { ...unchanged(order), steps: [broken], entries: [entry], retry };
  }
  return {
    ...unchanged(order),
    state: moved(order.state, 'STOP'),
    steps: [broken],
    entries: [entry, entryOf(mover, 'ORDER_STOPPED', broken.kind, 'The order waits for a person.')],
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
  if (!step?.nextRetryAt || step.attempts !== due.attempt || step.state !== 'FAILED') return null;
  return asked(order, started(step, mover.now), 'STEP_REPEATED', mover);
}

/** The owner of the running step has been silent for too long: it is asked again. Null when none is due. */
export function nudged(order: Flowing, steps: readonly Step[], mover: Mover): Progress | null {
  const silent = steps.find(({ state, answerDueAt }) => state === 'RUNNING' && answerDueAt && answerDueAt <= mover.now);
  return silent ? asked(order, reminded(silent, mover.now), 'STEP_REPEATED', mover) : null;
}

/** A person starts the failed step again, and all waits begin anew. Refused when no step, or another one, has failed. */
export function resumed(order: Flowing, steps: readonly Step[], wanted: StepKind | null, mover: Mover, reason: string) {
  const step = steps.find(({ state }) => state === 'FAILED');
  if (!step) return refuse('NO_FAILED_STEP', 'No step of this order has failed.');
  if (wanted && wanted !== step.kind) return refuse('NO_FAILED_STEP', `The step that failed is ${step.kind}.`, { path: ['step'] });

  const state = move(order, moveToRepeat(step.kind));
  if (!state.ok) return state;
  const again = asked(order, started(forgiven(step), mover.now), 'STEP_REPEATED', mover);
  const entry = entryOf(mover, 'ORDER_RESUMED', step.kind, reason);
  return accept({ ...again, state: state.value, entries: [entry, ...again.entries] });
}

/** An order that nobody paid is closed, as long as nothing of it is booked. Null where it has gone on, or stopped elsewhere. */
export function abandoned(order: Flowing, steps: readonly Step[], mover: Mover): Progress | null {
  const unpaid = steps.find(({ kind, state }) => kind === 'PAYMENT' && state === 'FAILED');
  if (!unpaid || order.state !== 'ERROR') return null;
  const entry = entryOf(mover, 'ORDER_CANCELLED', unpaid.kind, 'It was not paid in time, and is closed.');
  return { ...unchanged(order), state: moved(order.state, 'ABANDON'), entries: [entry] };
}
