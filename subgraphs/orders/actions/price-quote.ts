import { money } from '#kernel/money';
import { accept } from '#kernel/result';
import type { Work } from '#kernel/work';
import { type Approval, freshApproval } from '../domain/approval';
import type { OrderPlan } from '../domain/plan';
import { planOrder } from '../domain/plan-order';
import { datedActions, type QuoteTerms, quotable, termMonthsOf } from '../domain/quote';
import { type PurchaseRequest, wellFormed } from '../domain/request';
import type { OrdersEvents } from '../events/published';
import { type QuoteKey, rulesInForce } from '../store/quotes';
import type { QuoteLineRow } from '../store/tables';
import { type Buying, situationOf } from './situation-of';

/** A quote's terms with their price, as an order of today would have it. */
export interface PricedQuote {
  readonly plan: OrderPlan;
  readonly terms: QuoteTerms;
  readonly approval: Approval;
  readonly termMonths: number;
}

/** Prices a quote by the very decision that will place its order, and measures it by the rules of approval. */
export async function priceQuote(work: Work<OrdersEvents>, key: QuoteKey, terms: QuoteTerms, buying: Buying) {
  const fit = quotable(terms, work.today);
  if (!fit.ok) return fit;
  const request = requestOf(key, terms, { pricedOn: work.today, isBought: false });
  const formed = wellFormed(request);
  if (!formed.ok) return formed;
  const situation = await situationOf(work, request, buying);
  if (!situation.ok) return situation;
  const plan = planOrder(request, situation.value);
  if (!plan.ok) return plan;

  const { subtotalMinor, currency } = plan.value;
  const termMonths = termMonthsOf(plan.value);
  const { discountBasisPoints, paymentTermsDays } = terms;
  const amount = money(subtotalMinor, currency);
  const approval = freshApproval(await rulesInForce(work.tx), { discountBasisPoints, termMonths, amount, paymentTermsDays });
  return accept({ plan: plan.value, terms: { ...terms, actions: datedActions(terms.actions, plan.value) }, approval, termMonths });
}

/** What a quote asks to be ordered. */
export const requestOf = (
  { accountId, id }: QuoteKey,
  {
    actions,
    discountBasisPoints,
    discountAmount,
    paymentTermsDays,
  }: Pick<QuoteTerms, 'actions' | 'discountBasisPoints' | 'discountAmount' | 'paymentTermsDays'>,
  { pricedOn, isBought }: Pick<NonNullable<PurchaseRequest['quoted']>, 'pricedOn' | 'isBought'>,
): PurchaseRequest => ({
  billingAccountId: accountId,
  actions,
  paymentMethodId: null,
  poNumber: null,
  termsAccepted: true,
  expectedTotal: null,
  quoted: { quoteId: id, discountBasisPoints, amountOff: discountAmount, pricedOn, paymentTermsDays, isBought },
});

/** The lines of a quote as they are kept. */
export const linesOfQuote = ({ accountId, id: quoteId }: QuoteKey, { lines, currency }: OrderPlan): readonly QuoteLineRow[] =>
  lines.map(({ id: _id, actionId: _action, subscriptionId: _subscription, chargeId: _charge, ...line }) => {
    const { creditedInvoiceId: _invoice, creditedLineId: _line, ...kept } = line;
    return { ...kept, accountId, quoteId, currency };
  });
