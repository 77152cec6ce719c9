import { accept, refuse } from '#kernel/result';
import { addMonths, type PlainDate } from '#kernel/time';
import type { LicenseTerms } from './license';
import { USERS_MAX } from './seat-report';

/** Policy: a licence that support issues by hand runs at most so many months from today. */
export const MANUAL_MONTHS_MAX = 12;

/** What somebody from support wants to be different from what the subscription grants. */
export interface WantedTerms {
  readonly seats?: number | null;
  readonly expiresOn?: PlainDate | null;
}

/** What deciding about a manual licence needs to know of the subscription. */
export interface ManuallyLicensed {
  readonly status: string;
  readonly deployment: string;
}

/**
 * Decides what a licence issued by hand says: what the subscription grants, with other seats or another last day. Refuses
 * a hosted or cancelled subscription, an impossible number of seats, and days that are over or too far away.
 */
export function manualTerms(subscription: ManuallyLicensed, granted: LicenseTerms, wanted: WantedTerms, today: PlainDate) {
  if (subscription.deployment === 'SAAS')
    return refuse('WRONG_PRODUCT', 'A hosted subscription has no licence.', { path: ['subscriptionName'] });
  if (subscription.status === 'CANCELLED') {
    return refuse('SUBSCRIPTION_CANCELLED', 'This subscription was cancelled: no licence of it comes back.', {
      path: ['subscriptionName'],
    });
  }
  const seats = wanted.seats ?? granted.seats;
  if (!Number.isInteger(seats) || seats < 1 || seats > USERS_MAX) {
    return refuse('SEATS_OUT_OF_RANGE', `Seats are 1 to ${USERS_MAX}.`, { path: ['seats'] });
  }
  const expiresOn = wanted.expiresOn ?? granted.expiresOn;
  const latest = addMonths(today, MANUAL_MONTHS_MAX);
  if (wanted.expiresOn && (expiresOn <= today || expiresOn <= granted.startsOn || expiresOn > latest)) {
    return refuse('EXPIRY_OUT_OF_RANGE', `A licence issued by hand ends after today, after its first day, and by ${latest}.`, {
      path: ['expiresOn'],
    });
  }
  return accept<LicenseTerms>({ ...granted, seats, expiresOn });
}
