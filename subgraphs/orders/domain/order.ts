import { accept, refuse } from '#kernel/result';
import type { StepKind } from './steps';

/** The life of an order, in order; the last three are where it ends or waits for a person. */
export const ORDER_STATES = [
  'DRAFT',
  'SUBMITTED',
  'SCREENING',
  'ACCEPTED',
  'BOOKED',
  'PROVISIONING',
  'FULFILLED',
  'REJECTED',
  'ERROR',
  'CANCELLED',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** What can happen to an order. */
export const ORDER_MOVES = [
  'SUBMIT',
  'SCREEN',
  'CLEAR',
  'REJECT',
  'BOOK',
  'PROVISION',
  'FULFIL',
  'STOP',
  'PAY_AGAIN',
  'RESUME',
  'CANCEL',
  'ABANDON',
] as const;
export type OrderMove = (typeof ORDER_MOVES)[number];

/** Where each move leads; a move that is not listed is refused. Delivered goods are cancelled by an order of their own. */
const NEXT: Readonly<Record<OrderState, Partial<Record<OrderMove, OrderState>>>> = {
  DRAFT: { SUBMIT: 'SUBMITTED', CANCEL: 'CANCELLED' },
  SUBMITTED: { SCREEN: 'SCREENING', REJECT: 'REJECTED', CANCEL: 'CANCELLED' },
  SCREENING: { CLEAR: 'ACCEPTED', REJECT: 'REJECTED' },
  ACCEPTED: { BOOK: 'BOOKED', STOP: 'ERROR', PAY_AGAIN: 'ACCEPTED', CANCEL: 'CANCELLED' },
  BOOKED: { PROVISION: 'PROVISIONING', STOP: 'ERROR' },
  PROVISIONING: { FULFIL: 'FULFILLED', STOP: 'ERROR', RESUME: 'PROVISIONING' },
  FULFILLED: {},
  REJECTED: {},
  ERROR: { PAY_AGAIN: 'ACCEPTED', RESUME: 'PROVISIONING', ABANDON: 'CANCELLED' },
  CANCELLED: {},
};

/** Decides where a move leads an order, or refuses it in the state the order is in. */
export function move(order: { readonly state: OrderState }, by: OrderMove) {
  const state = NEXT[order.state][by];
  return state ? accept(state) : refuse('ORDER_STATE_FORBIDS', `An order that is ${order.state} cannot do that.`);
}

/** The state after a move that the flow itself makes; a flow that makes a forbidden one is broken, so it throws. */
export function moved(state: OrderState, ...moves: readonly OrderMove[]): OrderState {
  return moves.reduce((from, by) => {
    const next = NEXT[from][by];
    if (!next) throw new Error(`An order that is ${from} cannot ${by}.`);
    return next;
  }, state);
}

/** The move that starts a failed step again: a payment leads back before the booking, all else after it. */
export const moveToRepeat = (step: StepKind): OrderMove => (step === 'PAYMENT' ? 'PAY_AGAIN' : 'RESUME');
