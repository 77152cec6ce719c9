import { accept, refuse } from '#kernel/result';
import { addDays, type Instant, type PlainDate } from '#kernel/time';

/** C2: the life of a registered deal. Whether an approved one has run out is told by the calendar. */
export const DEAL_STATES = ['PENDING_APPROVAL', 'APPROVED', 'DENIED', 'RETURNED'] as const;
export type DealState = (typeof DEAL_STATES)[number];

/** How somebody of ours decides on a deal. */
export const DEAL_DECISIONS = ['APPROVE', 'DENY', 'RETURN'] as const;
export type DealDecision = (typeof DEAL_DECISIONS)[number];

/** Policy values. */
export const VALID_DAYS = 90;
export const EXTENSION_DAYS = 30;
export const DECISION_BUSINESS_DAYS = 2;
export const SEATS_MAX = 100_000;

interface Deal {
  readonly state: DealState;
  readonly expiresOn: PlainDate | null;
  readonly extendedAt: Instant | null;
}

const SATURDAY = 6;
const SUNDAY = 0;

/** C2: a decision is due so many business days after a day; Saturdays and Sundays do not count. */
export function businessDaysAfter(day: PlainDate, count: number): PlainDate {
  let [on, left] = [day, count];
  while (left > 0) {
    on = addDays(on, 1);
    const weekday = new Date(`${on}T00:00:00Z`).getUTCDay();
    if (weekday !== SATURDAY && weekday !== SUNDAY) left -= 1;
  }
  return on;
}

/** Decides a new registration: a plausible deal that is still to be closed. */
export function registerNew(asked: { readonly seats: number; readonly expectedCloseOn: PlainDate }, today: PlainDate) {
  if (!Number.isInteger(asked.seats) || asked.seats < 1 || asked.seats > SEATS_MAX) {
    return refuse('QUANTITY_OUT_OF_RANGE', `A deal is for 1 to ${SEATS_MAX} seats.`, { path: ['seats'] });
  }
  if (asked.expectedCloseOn < today || asked.expectedCloseOn > addDays(today, 365)) {
    return refuse('CLOSE_DATE_OUT_OF_RANGE', 'A deal is expected to close within a year from today.', { path: ['expectedCloseOn'] });
  }
  return accept({ state: 'PENDING_APPROVAL' as const, decisionDueOn: businessDaysAfter(today, DECISION_BUSINESS_DAYS) });
}

/** Decides on a deal that waits for it. An approved one is valid for 90 days; the others say why. */
export function decideDeal(deal: Pick<Deal, 'state'>, decision: DealDecision, reason: string | null, today: PlainDate) {
  if (deal.state !== 'PENDING_APPROVAL') return refuse('DEAL_STATE_FORBIDS', 'This deal does not wait for a decision.');
  if (decision !== 'APPROVE' && !reason?.trim())
    return refuse('REASON_REQUIRED', 'Please say why: the partner reads it.', { path: ['reason'] });
  switch (decision) {
    case 'APPROVE':
      return accept({ state: 'APPROVED' as const, expiresOn: addDays(today, VALID_DAYS) });
    case 'DENY':
      return accept({ state: 'DENIED' as const, expiresOn: null });
    case 'RETURN':
      return accept({ state: 'RETURNED' as const, expiresOn: null });
  }
}

/** C2: an approved deal is extended once, by 30 days, while it is valid. */
export function extendDeal(deal: Deal, today: PlainDate) {
  if (!isValidOn(deal, today) || !deal.expiresOn)
    return refuse('DEAL_STATE_FORBIDS', 'Only a deal that is approved and valid is extended.');
  if (deal.extendedAt) return refuse('DEAL_STATE_FORBIDS', 'A deal is extended once.');
  return accept({ expiresOn: addDays(deal.expiresOn, EXTENSION_DAYS) });
}

/** True on the days on which an order may name it. */
export const isValidOn = ({ state, expiresOn }: Pick<Deal, 'state' | 'expiresOn'>, on: PlainDate): boolean =>
  state === 'APPROVED' && expiresOn !== null && on < expiresOn;

/** A deal that is unknown or another partner's. */
export const dealNotFound = () => refuse('DEAL_NOT_FOUND', 'You have no such deal registration.', { path: ['dealRegistrationId'] });
