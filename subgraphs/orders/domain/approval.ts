import { displayOf, type Money, type MoneyText, moneyOf } from '#kernel/money';
import { accept, refuse } from '#kernel/result';

/** How far a quote's approval is. */
export const APPROVAL_STATES = ['NOT_REQUIRED', 'REQUIRED', 'IN_REVIEW', 'APPROVED', 'REJECTED'] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

/** What a reviewer can decide. */
export const QUOTE_DECISIONS = ['APPROVE', 'REJECT'] as const;
export type QuoteDecision = (typeof QUOTE_DECISIONS)[number];

/** What a rule looks at: a discount in percent, a term in months, an amount of money, days until payment. */
export const APPROVAL_MEASURES = ['DISCOUNT', 'TERM', 'AMOUNT', 'PAYMENT_TERMS'] as const;
export type ApprovalMeasure = (typeof APPROVAL_MEASURES)[number];

/** A quote that exceeds this needs an approval; of several for one measure each counts. */
export interface ApprovalRule {
  readonly code: string;
  readonly name: string;
  readonly measure: ApprovalMeasure;
  /** Hundredths of a percent, months or days; for an amount, the amount stands beside it. */
  readonly exceeds: number;
  readonly exceedsAmount: MoneyText | null;
  /** True where nobody may approve a quote of their own. */
  readonly isAnotherNeeded: boolean;
}

/** What rules look at in a quote. */
export interface Measured {
  readonly discountBasisPoints: number;
  readonly termMonths: number;
  readonly amount: Money;
  readonly paymentTermsDays: number;
}

/** The rules that a quote exceeds. An amount in another currency than the rule's is not compared. */
export const rulesMet = (rules: readonly ApprovalRule[], quote: Measured): readonly ApprovalRule[] =>
  rules.filter(rule => isMet(rule, quote));

function isMet({ measure, exceeds, exceedsAmount }: ApprovalRule, quote: Measured): boolean {
  switch (measure) {
    case 'DISCOUNT':
      return quote.discountBasisPoints > exceeds;
    case 'TERM':
      return quote.termMonths > exceeds;
    case 'PAYMENT_TERMS':
      return quote.paymentTermsDays > exceeds;
    case 'AMOUNT':
      return (
        exceedsAmount !== null && exceedsAmount.currency === quote.amount.currency && quote.amount.minor > moneyOf(exceedsAmount).minor
      );
  }
}

/** Why a rule asks for an approval, in words that stand on the quote. */
export const reasonOf = ({ name, measure, exceeds, exceedsAmount }: Omit<ApprovalRule, 'code' | 'isAnotherNeeded'>): string => {
  const bound = { DISCOUNT: `${exceeds / 100} %`, TERM: `${exceeds} months`, PAYMENT_TERMS: `${exceeds} days`, AMOUNT: '' }[measure];
  return `${name}: more than ${exceedsAmount ? displayOf(moneyOf(exceedsAmount)) : bound}`;
};

/** An approval as it stands on a quote. */
export interface Approval {
  readonly state: ApprovalState;
  readonly reasons: readonly string[];
  readonly isAnotherNeeded: boolean;
  readonly by: string | null;
  readonly reason: string | null;
}

/** The approval that a quote starts with, and starts again with when its term, its price or its discount changed. */
export function freshApproval(rules: readonly ApprovalRule[], quote: Measured): Approval {
  const met = rulesMet(rules, quote);
  const state = met.length === 0 ? 'NOT_REQUIRED' : 'REQUIRED';
  return { state, reasons: met.map(reasonOf), isAnotherNeeded: met.some(rule => rule.isAnotherNeeded), by: null, reason: null };
}

/** Asks for the review of a quote that needs one. */
export function review(approval: Pick<Approval, 'state'>) {
  if (approval.state === 'REQUIRED' || approval.state === 'REJECTED') return accept('IN_REVIEW' as const);
  return refuse('APPROVAL_STATE_FORBIDS', `The approval of this quote is ${approval.state}: there is nothing to ask for.`);
}

/** A reviewer's word. It may come before it was asked for, and a rejection says why. */
export function decided(
  { approval, createdBy }: { readonly approval: Pick<Approval, 'state' | 'isAnotherNeeded'>; readonly createdBy: string },
  decision: QuoteDecision,
  reviewer: string,
  reason: string | null,
) {
  if (approval.state !== 'REQUIRED' && approval.state !== 'IN_REVIEW') {
    return refuse('APPROVAL_STATE_FORBIDS', `The approval of this quote is ${approval.state}: there is nothing to decide.`);
  }
  if (approval.isAnotherNeeded && reviewer === createdBy) {
    return refuse('REVIEW_NEEDS_ANOTHER', 'Somebody else than the author decides on this quote.');
  }
  if (decision === 'REJECT' && !reason?.trim())
    return refuse('REASON_REQUIRED', 'Please say what would have to change.', { path: ['reason'] });
  return accept(decision === 'APPROVE' ? ('APPROVED' as const) : ('REJECTED' as const));
}
