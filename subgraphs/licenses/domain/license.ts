import { addDays, earlier, later, type PlainDate } from '#kernel/time';
import { type SeatCharge, seatsOn } from './seats';

/** How a licence reaches an instance: by daily sync, by a file for closed networks, or in the old file format. */
export const LICENSE_KINDS = ['ONLINE_CLOUD', 'OFFLINE_CLOUD', 'LEGACY_FILE'] as const;
export type LicenseKind = (typeof LICENSE_KINDS)[number];

/**
 * What made a licence: an activation, a change that a seat sync carried to the instance, an order of a file, the end of a
 * subscription, or somebody from support who issued one or took one back.
 */
export const LICENSE_ORIGINS = ['ACTIVATION', 'SEAT_SYNC', 'ORDER', 'CANCELLATION', 'MANUAL', 'REVOCATION'] as const;
export type LicenseOrigin = (typeof LICENSE_ORIGINS)[number];

/** The life of a licence, told by the calendar alone; `REVOKED` ends it whatever the day. */
export const LICENSE_STATUSES = ['FUTURE', 'CURRENT', 'EXPIRING', 'GRACE', 'EXPIRED', 'REVOKED'] as const;
export type LicenseStatus = (typeof LICENSE_STATUSES)[number];

/** L7, policy: an instance keeps working for so many days after its licence has expired. */
export const GRACE_DAYS = 14;

/** L7, policy: so many days before its end a licence is announced as expiring. */
export const NOTICE_DAYS = 15;

/** What a licence grants. It includes its first day and excludes its last. */
export interface LicenseTerms {
  readonly plan: string;
  readonly seats: number;
  readonly startsOn: PlainDate;
  readonly expiresOn: PlainDate;
  readonly graceDays: number;
}

/** What a licence's terms are taken from. */
export interface LicensedSubscription {
  readonly status: string;
  readonly tier: string;
  readonly termStartsOn: PlainDate;
  readonly termEndsOn: PlainDate;
  readonly cancelledOn: PlainDate | null;
  /** R5: the day until which the end of its term was put off. */
  readonly extendedUntil?: PlainDate | null;
  readonly charges: readonly SeatCharge[];
}

/** L7: where a licence stands today. A cancelled one has no days of grace, and is expired at once. */
export function statusOf(license: Pick<LicenseTerms, 'startsOn' | 'expiresOn' | 'graceDays'>, today: PlainDate): LicenseStatus {
  if (today >= addDays(license.expiresOn, license.graceDays) && today >= license.expiresOn) return 'EXPIRED';
  if (today >= license.expiresOn) return 'GRACE';
  if (today < license.startsOn) return 'FUTURE';
  return today >= addDays(license.expiresOn, -NOTICE_DAYS) ? 'EXPIRING' : 'CURRENT';
}

/**
 * What a licence issued today grants: the plan, the term and the seats in force. Outside the term the seats of its
 * nearest day count. R5: an end that was put off takes the place of the term's and of its days of grace. L9: a cancelled subscription gets a licence that has already expired and has no grace.
 */
export function termsOf(subscription: LicensedSubscription, today: PlainDate): LicenseTerms {
  const { termStartsOn, termEndsOn, cancelledOn } = subscription;
  const seatDay = later(termStartsOn, earlier(today, addDays(termEndsOn, -1)));
  const isCancelled = subscription.status === 'CANCELLED';
  const extendedUntil = later(termEndsOn, subscription.extendedUntil ?? termEndsOn);
  return {
    plan: subscription.tier,
    seats: seatsOn(subscription.charges, seatDay),
    startsOn: termStartsOn,
    expiresOn: isCancelled ? earlier(termEndsOn, cancelledOn ?? today) : extendedUntil,
    graceDays: isCancelled || extendedUntil > termEndsOn ? 0 : GRACE_DAYS,
  };
}

/** The kinds that travel as a file and are installed by hand. */
export const isFile = (kind: LicenseKind): boolean => kind !== 'ONLINE_CLOUD';

/** What deciding whether a licence still stands needs to know of it. */
export interface StandingLicense extends LicenseTerms {
  readonly generatedFrom: LicenseOrigin;
  /** The version of the subscription that it speaks of; null where that was not kept. */
  readonly subscriptionVersion: number | null;
}

/**
 * True when the holder of a licence needs another one. What support decided, an issue or a revocation, stands until the
 * subscription itself changes; a manual licence stands no longer than its own last day of grace.
 */
export function needsAnother(license: StandingLicense, terms: LicenseTerms, subscriptionVersion: number, today: PlainDate): boolean {
  const isDecided = license.generatedFrom === 'MANUAL' || license.generatedFrom === 'REVOCATION';
  const isOfThisVersion = license.subscriptionVersion === subscriptionVersion;
  if (!isDecided || !isOfThisVersion) return isOutdated(license, terms);
  return license.generatedFrom === 'MANUAL' && statusOf(license, today) === 'EXPIRED' && isOutdated(license, terms);
}

/** What a licence says that takes back another: the same plan and seats, over since today and without grace. */
export const revokedTerms = (license: LicenseTerms, today: PlainDate): LicenseTerms => ({
  plan: license.plan,
  seats: license.seats,
  startsOn: license.startsOn,
  expiresOn: earlier(license.expiresOn, today),
  graceDays: 0,
});

/** True when a licence no longer says what the subscription grants. */
function isOutdated(license: LicenseTerms, terms: LicenseTerms): boolean {
  return (
    license.plan !== terms.plan ||
    license.seats !== terms.seats ||
    license.startsOn !== terms.startsOn ||
    license.expiresOn !== terms.expiresOn ||
    license.graceDays !== terms.graceDays
  );
}

/**
 * L5: whether a licence file may be installed on an instance that has so many users. It tolerates 10 % more than its
 * seats, counted exactly: 110 users fit 100 seats, 111 do not. Cloud licences do not ask.
 */
export const fitsAtInstallation = (users: number, seats: number): boolean => users * 10 <= seats * 11;

/** L5: the most users with which a licence file of so many seats may be installed: 110 for 100 seats. */
export const usersAtInstallationMax = (seats: number): number => Math.floor((seats * 11) / 10);
