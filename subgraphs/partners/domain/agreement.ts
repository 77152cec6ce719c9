import { accept, refuse } from '#kernel/result';
import { addMonths, type PlainDate } from '#kernel/time';

/** What a partner and we have agreed: in which currency it is invoiced, and from when until when. */
export interface AgreedTerm {
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
}

export const PAYMENT_TERMS_DAYS_MAX = 120;
export const AGREEMENT_MONTHS_MAX = 120;

/** Decides a new agreement: it ends after it starts, at most ten years later, and no other of that currency runs beside it. */
export function sign(asked: AgreedTerm & { readonly paymentTermsDays: number }, others: readonly AgreedTerm[]) {
  if (asked.endsOn <= asked.startsOn || asked.endsOn > addMonths(asked.startsOn, AGREEMENT_MONTHS_MAX)) {
    return refuse('AGREEMENT_TERM_INVALID', 'An agreement ends after it starts, and at most ten years later.', { path: ['endsOn'] });
  }
  if (!Number.isInteger(asked.paymentTermsDays) || asked.paymentTermsDays < 0 || asked.paymentTermsDays > PAYMENT_TERMS_DAYS_MAX) {
    return refuse('PAYMENT_TERMS_INVALID', `Payment terms are 0 to ${PAYMENT_TERMS_DAYS_MAX} days.`, { path: ['paymentTermsDays'] });
  }
  if (others.some(other => other.startsOn < asked.endsOn && asked.startsOn < other.endsOn)) {
    return refuse('AGREEMENT_OVERLAPS', 'Another agreement in this currency runs in that time.', { path: ['startsOn'] });
  }
  return accept(asked);
}

/** True on the days for which it holds: from its first until before its last. */
export const isInForce = ({ startsOn, endsOn }: AgreedTerm, on: PlainDate): boolean => startsOn <= on && on < endsOn;

/** No agreement that an order could be placed under. */
export const agreementMissing = () => refuse('AGREEMENT_NOT_IN_FORCE', 'You have no agreement in force that orders could be placed under.');
