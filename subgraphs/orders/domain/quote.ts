import type { MoneyText } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import { addDays, type PlainDate } from '#kernel/time';
import type { ApprovalState } from './approval';
import type { OrderPlan } from './plan';
import { PAYMENT_TERMS_DAYS_MAX, QUOTE_VALID_DAYS, QUOTE_VALID_DAYS_MAX } from './policy';
import type { ActionKind, ActionRequest } from './request';

/** What a quote is for. */
export const QUOTE_KINDS = ['NEW', 'AMEND', 'RENEW', 'CANCEL'] as const;
export type QuoteKind = (typeof QUOTE_KINDS)[number];

/** How far a quote is. Nothing happens on the day it expires: that is told by the calendar. */
export const QUOTE_STATUSES = ['DRAFT', 'SENT', 'ACCEPTED', 'EXPIRED'] as const;
export type QuoteStatus = (typeof QUOTE_STATUSES)[number];

/** What sales offers, as it was asked for. */
export interface QuoteTerms {
  readonly kind: QuoteKind;
  readonly actions: readonly ActionRequest[];
  readonly discountBasisPoints: number;
  readonly discountAmount: MoneyText | null;
  readonly paymentTermsDays: number;
  readonly expiresOn: PlainDate;
}

const KINDS_OF: Readonly<Record<QuoteKind, readonly ActionKind[]>> = {
  NEW: ['CREATE_SUBSCRIPTION'],
  AMEND: ['ADD_SEATS', 'ADD_PRODUCT', 'REMOVE_PRODUCT', 'CHANGE_PLAN', 'CHANGE_TERMS', 'TRANSFER_OWNER'],
  RENEW: ['RENEW'],
  CANCEL: ['CANCEL'],
};

/** Checks what needs no price: that the actions are of the quote's kind, and its discount, payment terms and last day. */
export function quotable(terms: QuoteTerms, today: PlainDate) {
  if (!terms.actions.every(action => KINDS_OF[terms.kind].includes(action.kind))) {
    const among = KINDS_OF[terms.kind].join(', ');
    return refuse('QUOTE_KIND_MISMATCH', `A quote of this kind is made of ${among}.`, { path: ['actions'] });
  }
  if (terms.discountBasisPoints < 0 || terms.discountBasisPoints > 10_000) {
    return refuse('DISCOUNT_OUT_OF_RANGE', 'A discount is 0 to 100 percent.', { path: ['discountPercent'] });
  }
  if (!Number.isInteger(terms.paymentTermsDays) || terms.paymentTermsDays < 0 || terms.paymentTermsDays > PAYMENT_TERMS_DAYS_MAX) {
    return refuse('PAYMENT_TERMS_OUT_OF_RANGE', `Payment is due within 0 to ${PAYMENT_TERMS_DAYS_MAX} days.`, {
      path: ['paymentTermsDays'],
    });
  }
  if (terms.expiresOn < today || terms.expiresOn > addDays(today, QUOTE_VALID_DAYS_MAX)) {
    return refuse('EFFECTIVE_DATE_OUT_OF_RANGE', `A quote is valid for at most ${QUOTE_VALID_DAYS_MAX} days.`, { path: ['expiresOn'] });
  }
  return accept(terms);
}

/** The last day of a quote for which none was said. */
export const usualExpiry = (today: PlainDate): PlainDate => addDays(today, QUOTE_VALID_DAYS);

/** The status on a day: what was not accepted by its last day has expired. */
export const statusOn = (
  { status, expiresOn }: { readonly status: QuoteStatus; readonly expiresOn: PlainDate },
  on: PlainDate,
): QuoteStatus => ((status === 'DRAFT' || status === 'SENT') && on > expiresOn ? 'EXPIRED' : status);

interface Standing {
  readonly status: QuoteStatus;
  readonly expiresOn: PlainDate;
  readonly approvalState: ApprovalState;
}

/** Whether a quote may still be changed, reviewed or sent. */
export function openOn(quote: Standing, on: PlainDate) {
  const status = statusOn(quote, on);
  if (status === 'ACCEPTED') return refuse('QUOTE_STATE_FORBIDS', 'This quote has become an order.');
  if (status === 'EXPIRED') return refuse('QUOTE_EXPIRED', `This quote was valid until ${quote.expiresOn}: please quote again.`);
  return accept(quote);
}

/** Whether a quote may be shown to the customer or bought: it is open, and approved where that is required. */
export function releasedOn(quote: Standing, on: PlainDate) {
  const open = openOn(quote, on);
  if (!open.ok) return open;
  if (quote.approvalState === 'NOT_REQUIRED' || quote.approvalState === 'APPROVED') return accept(quote);
  return refuse('QUOTE_NOT_APPROVED', `The approval of this quote is ${quote.approvalState}.`);
}

/**
 * The actions as they were priced: what depends on the day has its day, so that the order costs what was quoted. A new subscription
 * without a first day begins when it is bought, which costs the same.
 */
export const datedActions = (actions: readonly ActionRequest[], plan: Pick<OrderPlan, 'actions'>): readonly ActionRequest[] =>
  actions.map((action, position) => {
    const on = plan.actions[position]?.effectiveOn ?? null;
    switch (action.kind) {
      case 'ADD_SEATS':
      case 'ADD_PRODUCT':
      case 'REMOVE_PRODUCT':
      case 'CHANGE_PLAN':
        return { ...action, effectiveOn: action.effectiveOn ?? on };
      default:
        return action;
    }
  });

/** The longest term that a quote is for. */
export const termMonthsOf = ({ actions }: Pick<OrderPlan, 'actions'>): number => Math.max(...actions.map(action => action.termMonths));

/** True when what an approval was given for is another thing now: the term, a price, the discount, or when it is paid. */
export function needsNewApproval(before: ApprovedTerms, after: ApprovedTerms): boolean {
  const text = ({ termMonths, discountBasisPoints, discountAmount, totalMinor, paymentTermsDays }: ApprovedTerms) =>
    [termMonths, discountBasisPoints, discountAmount?.amount ?? 0, totalMinor, paymentTermsDays].join(' ');
  return text(before) !== text(after);
}

interface ApprovedTerms extends Pick<QuoteTerms, 'discountBasisPoints' | 'discountAmount' | 'paymentTermsDays'> {
  readonly termMonths: number;
  readonly totalMinor: bigint;
}
