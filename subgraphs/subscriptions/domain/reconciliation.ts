import { type Money, share, times } from '#kernel/money';
import { addDays, addMonths, earlier, type PlainDate } from '#kernel/time';
import { RECONCILED_TERM_MONTHS } from './quarter';
import type { RenewingAccount } from './renewal';
import { isOver, type Standed } from './subscription';

/** The life of a reconciliation. The last three are where each one ends. */
export const RECONCILIATION_STATUSES = ['NOTICED', 'CHARGING', 'AWAITING_CARD', 'PROCESSED', 'FAILED', 'SKIPPED'] as const;
export type ReconciliationStatus = (typeof RECONCILIATION_STATUSES)[number];

/** Why a reconciliation ended as it did, or what it waits for. */
export const RECONCILIATION_REASONS = [
  'CHARGED',
  'NO_OVERAGE',
  'COVERED',
  'NOT_COUNTED',
  'NOT_IN_FORCE',
  'MULTI_YEAR',
  'NOT_TWELVE_MONTHS',
  'RESELLER_SALE',
  'MASTER_AGREEMENT',
  'SUPPORT_HOLD',
  'CREDIT_HOLD',
  'OTHER_HOLD',
  'PO_REQUIRED',
  'PORTAL_REQUIRED',
  'PUBLIC_SECTOR',
  'EDUCATION',
  'OPEN_SOURCE',
  'STARTUP',
  'OFFLINE_LICENSE',
  'LEGACY_LICENSE',
  'CARD_DECLINED',
  'ORDER_REFUSED',
] as const;
export type ReconciliationReason = (typeof RECONCILIATION_REASONS)[number];

/** Q1: an overage is charged so many days after its notice. */
export const NOTICE_DAYS = 7;

/** Q2: a declined card is tried again, whenever the card changes, for so many months after the first try. */
export const RETRY_MONTHS = 3;

/** R4: the renewal can be placed from so many days before a term's end on, and trues up what was not reconciled by then. */
const SETTLED_DAYS_BEFORE_END = 15;

/** A charge that orders cannot place now is asked for again, a day later each time and so many times at most. */
export const CHARGE_ATTEMPTS_MAX = 7;

/** What can happen to a reconciliation. */
export type ReconciliationMove = 'CHARGE' | 'POSTPONE' | 'DECLINE' | 'PAY' | 'SKIP' | 'FAIL';

/**
 * Where each move leads. A payment that was on its way when the reconciliation was given up still counts: the seats are paid
 * for, so FAILED is left by PAY and by nothing else.
 */
const NEXT: Readonly<Record<ReconciliationStatus, Partial<Record<ReconciliationMove, ReconciliationStatus>>>> = {
  NOTICED: { CHARGE: 'CHARGING', SKIP: 'SKIPPED', FAIL: 'FAILED' },
  CHARGING: { POSTPONE: 'NOTICED', DECLINE: 'AWAITING_CARD', PAY: 'PROCESSED', FAIL: 'FAILED' },
  AWAITING_CARD: { DECLINE: 'AWAITING_CARD', PAY: 'PROCESSED', FAIL: 'FAILED' },
  PROCESSED: {},
  FAILED: { PAY: 'PROCESSED' },
  SKIPPED: {},
};

/** Decides where a move leads a reconciliation; null where it leads nowhere, as when an answer comes twice. */
export const movedBy = (status: ReconciliationStatus, by: ReconciliationMove): ReconciliationStatus | null => NEXT[status][by] ?? null;

/** Q3: what stands for or against a reconciliation. Each fact is its owner's, and what nobody told does not stand against it. */
export interface Reconcilable extends Standed {
  readonly term: Standed['term'] & { readonly months: number };
  readonly dealType: string | null;
  readonly licenseKind: string | null;
  readonly account: (RenewingAccount & { readonly hasMasterAgreement?: boolean | null }) | null;
}

/** Q3: the first reason for which a subscription is not reconciled on a day, in a fixed order; null when there is none. */
export function exclusionOn(subscription: Reconcilable, on: PlainDate): ReconciliationReason | null {
  const { term, standing, dealType, licenseKind, account } = subscription;
  if (isOver(subscription, on) || standing !== 'AGREED') return 'NOT_IN_FORCE';
  if (term.months !== RECONCILED_TERM_MONTHS)
    return term.months > RECONCILED_TERM_MONTHS && term.months % 12 === 0 ? 'MULTI_YEAR' : 'NOT_TWELVE_MONTHS';
  if (dealType === 'RESALE') return 'RESELLER_SALE';
  if (account?.hasMasterAgreement) return 'MASTER_AGREEMENT';
  const [hold] = account?.holds ?? [];
  if (hold !== undefined) return REASON_BY_HOLD[hold] ?? 'OTHER_HOLD';
  return REASON_BY_SEGMENT[account?.segment ?? ''] ?? REASON_BY_LICENSE[licenseKind ?? ''] ?? null;
}

const REASON_BY_HOLD: Readonly<Record<string, ReconciliationReason>> = {
  SUPPORT_HOLD: 'SUPPORT_HOLD',
  CREDIT_HOLD: 'CREDIT_HOLD',
  PO_REQUIRED: 'PO_REQUIRED',
  PORTAL_REQUIRED: 'PORTAL_REQUIRED',
};
const REASON_BY_SEGMENT: Readonly<Record<string, ReconciliationReason>> = {
  PUBLIC_SECTOR: 'PUBLIC_SECTOR',
  EDUCATION: 'EDUCATION',
  OPEN_SOURCE: 'OPEN_SOURCE',
  STARTUP: 'STARTUP',
};
const REASON_BY_LICENSE: Readonly<Record<string, ReconciliationReason>> = {
  OFFLINE_CLOUD: 'OFFLINE_LICENSE',
  LEGACY_FILE: 'LEGACY_LICENSE',
};

/** What a count of a quarter comes to. */
export interface Counted {
  /** The most users of the quarter; null when nobody counted them. */
  readonly usersMax: number | null;
  readonly seats: number;
}

/** Q1: what follows from the count of a quarter: a notice of its overage, or nothing, with the reason. */
export function decideQuarter({ usersMax, seats }: Counted, exclusion: ReconciliationReason | null, today: PlainDate) {
  const overageSeats = Math.max((usersMax ?? 0) - seats, 0);
  const skipped = (reason: ReconciliationReason) => ({ status: 'SKIPPED' as const, reason, overageSeats, chargeOn: null });
  if (exclusion) return skipped(exclusion);
  if (usersMax === null) return skipped('NOT_COUNTED');
  if (overageSeats === 0) return skipped('NO_OVERAGE');
  return { status: 'NOTICED' as const, reason: null, overageSeats, chargeOn: addDays(today, NOTICE_DAYS) };
}

/**
 * What is charged of a noticed overage when its day has come: never more than was noticed, and less where seats were bought in
 * the meantime. Skipped when nothing of it is left, or when something has come to stand against it.
 */
export function decideCharge(
  noticed: { readonly usersMax: number; readonly overageSeats: number },
  seats: number,
  exclusion: ReconciliationReason | null,
) {
  const overageSeats = Math.min(noticed.overageSeats, Math.max(noticed.usersMax - seats, 0));
  if (exclusion) return { isCharged: false as const, reason: exclusion };
  return overageSeats > 0 ? { isCharged: true as const, overageSeats } : { isCharged: false as const, reason: 'COVERED' as const };
}

/**
 * Q1: what an overage costs: overage × the price of the newest seats × the whole months left of the term ÷ 12, rounded once,
 * half up. What was used before the quarter's end is not charged.
 */
export const reconciledAmount = (overageSeats: number, unitPrice: Money, monthsLeft: number): Money =>
  share(times(unitPrice, BigInt(overageSeats)), BigInt(monthsLeft), 12n, 'HALF_UP');

/** Q2: the last day on which a declined charge may still be paid: three months, and never into the days of the renewal. */
export const retryUntil = (chargedOn: PlainDate, termEndsOn: PlainDate): PlainDate =>
  earlier(addMonths(chargedOn, RETRY_MONTHS), addDays(termEndsOn, -SETTLED_DAYS_BEFORE_END));

/** The least that telling whether a term was reconciled needs of each of its reconciliations. */
export interface Ended {
  readonly quarter: number;
  readonly status: ReconciliationStatus;
  readonly reason: ReconciliationReason | null;
}

const SETTLING: readonly (ReconciliationReason | null)[] = ['NO_OVERAGE', 'COVERED'];

/**
 * T1, policy: a term was reconciled when each of its three quarters was charged or had nothing to charge. Where one was excluded,
 * not counted or not paid, the overage that is left is trued up with the renewal.
 */
export function isReconciled(reconciliations: readonly Ended[]): boolean {
  const settled = reconciliations.filter(
    ({ status, reason }) => status === 'PROCESSED' || (status === 'SKIPPED' && SETTLING.includes(reason)),
  );
  return settled.length === 3;
}
