import { accept, refuse } from '#kernel/result';
import { lineFrom } from '#kernel/text';

/**
 * What stops or slows buying on an account: a purchase order or the customer's own purchasing portal is required, or
 * support or credit is withheld (more than 90 days overdue).
 */
export const HOLD_KINDS = ['PO_REQUIRED', 'PORTAL_REQUIRED', 'SUPPORT_HOLD', 'CREDIT_HOLD'] as const;
export type HoldKind = (typeof HOLD_KINDS)[number];

export const REASON_LENGTH_MAX = 500;

/** Who placed a hold: one of us, or billing for what was not paid. Each lifts its own, so that nobody undoes the other's. */
export const HOLD_ORIGINS = ['STAFF', 'BILLING'] as const;
export type HoldOrigin = (typeof HOLD_ORIGINS)[number];

/** Decides whether a hold is placed. It needs a reason, because somebody will ask. */
export function place(held: readonly { readonly kind: HoldKind }[], kind: HoldKind, reason: string) {
  const because = reasonFrom(reason);
  if (!because.ok) return because;
  if (held.some(hold => hold.kind === kind))
    return refuse('HOLD_ALREADY_PLACED', 'The account is on this hold already.', { path: ['kind'] });
  return accept({ kind, reason: because.value });
}

/** Decides whether a hold is lifted. */
export function release(held: readonly { readonly kind: HoldKind }[], kind: HoldKind, reason: string) {
  const because = reasonFrom(reason);
  if (!because.ok) return because;
  if (!held.some(hold => hold.kind === kind)) return refuse('HOLD_NOT_PLACED', 'The account is not on this hold.', { path: ['kind'] });
  return accept({ kind, reason: because.value });
}

/** The reason that the audit trail keeps: a line a colleague can read. */
export function reasonFrom(text: string) {
  const reason = lineFrom(text, REASON_LENGTH_MAX);
  return reason
    ? accept(reason)
    : refuse('REASON_INVALID', `Please say why, in 1 to ${REASON_LENGTH_MAX} characters.`, { path: ['reason'] });
}
