import type { Instant } from '#kernel/time';
import { moved, type OrderState } from './order';
import { done, inSequence, STEP_HOUSE, type Step, type StepFailure, type StepKind, started } from './steps';

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
  'INSTALMENT_POSTED',
  'ORDER_CANCELLED',
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
  /** Negative when the customer gets something back. */
  readonly totalMinor: bigint;
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
    entries.push(entryOf(mover, 'STEP_DONE', finished.kind, own));
  }
  entries.push(entryOf(mover, 'ORDER_FULFILLED', null, 'Everything is delivered.'));
  return { ...unchanged(order), state: moved(state, 'FULFIL'), fulfilledAt: mover.now, steps: changed, entries };
}

/** What is done here and now for a step, in words; null when a neighbour must be asked. */
function ownWork(order: Flowing, kind: StepKind): string | null {
  if (kind === 'BOOKING') return 'Booked.';
  if (kind === 'PAYMENT' && order.totalMinor <= 0n) return 'Nothing to pay.';
  // A credit is asked for and not waited for: nothing of the order depends on when it is posted.
  if (kind === 'INVOICE' && order.totalMinor < 0n) return 'A credit was asked for.';
  if (kind === 'PAYMENT' && order.paymentMethodId === null) return `Net ${order.paymentTermsDays}`;
  return null;
}

/** The owner of a started step is asked, and the timeline says so. */
export function asked(order: Flowing, step: Step, kind: EntryKind, mover: Mover): Progress {
  const entry = entryOf(mover, kind, step.kind, `Asked ${STEP_HOUSE[step.kind]}, attempt ${step.attempts}.`);
  return { ...unchanged(order), steps: [step], entries: [entry], request: { kind: step.kind, attempt: step.attempts } };
}

/** An order to which nothing has happened: where each progress starts. */
export const unchanged = ({ state, fulfilledAt }: Flowing): Progress => ({
  state,
  fulfilledAt,
  steps: [],
  entries: [],
  request: null,
  retry: null,
  stopped: null,
});

/** An entry of the timeline, by the house that speaks: ours, unless another one answered. */
export const entryOf = ({ now, actor }: Mover, kind: EntryKind, step: StepKind | null, detail: string, house = 'orders'): Entry => ({
  at: now,
  actor,
  house,
  kind,
  step,
  detail,
});

/** The steps with one of them as it is now. */
export const replaced = (steps: readonly Step[], by: Step): readonly Step[] => steps.map(step => (step.kind === by.kind ? by : step));
