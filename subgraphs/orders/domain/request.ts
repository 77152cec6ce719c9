import { isId, type QuoteId, type ReconciliationId } from '#kernel/ids';
import type { MoneyText } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import { addDays, type PlainDate } from '#kernel/time';
import { ACTIONS_MAX, PO_NUMBER_LENGTH_MAX, QUANTITY_MAX, TERM_MONTHS_MAX } from './policy';

/** What one action of an order does. More kinds join; clients ignore those they do not know. */
export const ACTION_KINDS = [
  'CREATE_SUBSCRIPTION',
  'ADD_SEATS',
  'ADD_PRODUCT',
  'RENEW',
  'CANCEL',
  'CHANGE_PLAN',
  'REMOVE_PRODUCT',
  'CHANGE_TERMS',
  'SUSPEND',
  'RESUME',
  'TRANSFER_OWNER',
] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

/** A new subscription to a base plan. */
export interface CreateSubscription {
  readonly kind: 'CREATE_SUBSCRIPTION';
  readonly sku: string;
  readonly quantity: number;
  /** P7: the seats of each further year, where the deal is a ramp. */
  readonly rampSeats?: readonly number[];
  readonly startsOn: PlainDate | null;
  readonly termMonths: number;
  readonly namespaceId: string | null;
  readonly isAutoRenew: boolean;
}

/** More seats on a subscription, until its term ends. */
export interface AddSeats {
  readonly kind: 'ADD_SEATS';
  readonly subscriptionName: string;
  readonly quantity: number;
  readonly effectiveOn: PlainDate | null;
  /** Q1: seats of a quarterly reconciliation, which are sold for whole months and at the amount of their notice. */
  readonly reconciles?: Reconciles;
}

/** What a reconciliation sells: the months left of the term, and the amount before tax that was noticed. */
export interface Reconciles {
  readonly reconciliationId: ReconciliationId;
  readonly monthsLeft: number;
  readonly amount: MoneyText;
}

/** Something beside the plan: an add-on, a compute pack, a storage pack. */
export interface AddProduct {
  readonly kind: 'ADD_PRODUCT';
  readonly subscriptionName: string;
  readonly sku: string;
  readonly quantity: number;
  readonly effectiveOn: PlainDate | null;
}

/** R4: another term, which begins where the last one ends. Without a number, the seats stay as they are then. */
export interface Renew {
  readonly kind: 'RENEW';
  readonly subscriptionName: string;
  readonly quantity: number | null;
  readonly termMonths: number;
}

/** P8: an end: at once, with the money back, or at the end of the term. */
export interface Cancel {
  readonly kind: 'CANCEL';
  readonly subscriptionName: string;
  readonly effectiveOn: PlainDate | null;
  readonly isRefunded: boolean;
  readonly reason: string | null;
}

/** P2, P5: another plan, or fewer seats: up now, down at the renewal. */
export interface ChangePlan {
  readonly kind: 'CHANGE_PLAN';
  readonly subscriptionName: string;
  readonly sku: string;
  readonly quantity: number | null;
  readonly effectiveOn: PlainDate | null;
}

/** P3: something beside the plan that is not wanted any more. */
export interface RemoveProduct {
  readonly kind: 'REMOVE_PRODUCT';
  readonly subscriptionName: string;
  readonly sku: string;
  readonly effectiveOn: PlainDate | null;
}

/** A longer running term, at the prices agreed for it. */
export interface ChangeTerms {
  readonly kind: 'CHANGE_TERMS';
  readonly subscriptionName: string;
  readonly termMonths: number;
}

/** A pause: from today on the subscription gives nothing, and its term runs on. */
export interface Suspend {
  readonly kind: 'SUSPEND';
  readonly subscriptionName: string;
  readonly reason: string | null;
}

/** The end of a pause. */
export interface Resume {
  readonly kind: 'RESUME';
  readonly subscriptionName: string;
}

/** Another account that the subscription belongs to from today on, with its name, licence and namespace. */
export interface TransferOwner {
  readonly kind: 'TRANSFER_OWNER';
  readonly subscriptionName: string;
  readonly toBillingAccountId: string;
  readonly effectiveOn: PlainDate | null;
}

/** What changes a subscription otherwise than by adding to it. */
export type AmendmentRequest = Renew | Cancel | ChangePlan | RemoveProduct | ChangeTerms | Suspend | Resume | TransferOwner;
export type ActionRequest = CreateSubscription | AddSeats | AddProduct | AmendmentRequest;

/** What a buyer asks for, as it was sent: ids and names are texts that may stand for nothing. */
export interface PurchaseRequest {
  readonly billingAccountId: string;
  readonly actions: readonly ActionRequest[];
  readonly paymentMethodId: string | null;
  readonly poNumber: string | null;
  readonly termsAccepted: boolean;
  /** The total a buyer has seen; the order is refused when it would cost anything else (P9). */
  readonly expectedTotal: MoneyText | null;
  /** What sales has quoted. A client never sends it. */
  readonly quoted?: QuotedTerms;
}

/** What a quote promises beside its actions. */
export interface QuotedTerms {
  readonly quoteId: QuoteId;
  /** A percentage off every price, in hundredths of a percent. */
  readonly discountBasisPoints: number;
  /** An amount off the whole. */
  readonly amountOff: MoneyText | null;
  /** The day whose price list holds. */
  readonly pricedOn: PlainDate;
  readonly paymentTermsDays: number;
  /** False while it is only quoted: who may pay how is asked when it is bought. */
  readonly isBought: boolean;
}

/** The name of an action's input, as it stands in a client's request: where a refusal points to. */
const INPUT_NAME: Readonly<Record<ActionKind, string>> = {
  CREATE_SUBSCRIPTION: 'createSubscription',
  ADD_SEATS: 'addSeats',
  ADD_PRODUCT: 'addProduct',
  RENEW: 'renew',
  CANCEL: 'cancel',
  CHANGE_PLAN: 'changePlan',
  REMOVE_PRODUCT: 'removeProduct',
  CHANGE_TERMS: 'changeTerms',
  SUSPEND: 'suspend',
  RESUME: 'resume',
  TRANSFER_OWNER: 'transferOwner',
};

/** What brings something new, and so falls under terms that must be agreed to. */
const NEW_TERMS: readonly ActionKind[] = ['CREATE_SUBSCRIPTION', 'ADD_PRODUCT', 'CHANGE_PLAN'];

/** Where an action stands in the request. */
export const pathOf = (action: ActionRequest, index: number): readonly string[] => ['actions', String(index), INPUT_NAME[action.kind]];

/** Checks what needs no knowledge of the catalog or the account: the number of actions, quantities, terms, consent. */
export function wellFormed(request: PurchaseRequest) {
  const { actions, poNumber, paymentMethodId } = request;
  if (actions.length < 1 || actions.length > ACTIONS_MAX) {
    return refuse('ACTIONS_OUT_OF_RANGE', `An order has 1 to ${ACTIONS_MAX} actions.`, { path: ['actions'] });
  }
  for (const [index, action] of actions.entries()) {
    const path = pathOf(action, index);
    if ('quantity' in action && action.quantity !== null && !isCount(action.quantity, QUANTITY_MAX)) {
      return refuse('QUANTITY_OUT_OF_RANGE', `A quantity is 1 to ${QUANTITY_MAX}.`, { path: [...path, 'quantity'] });
    }
    if (action.kind === 'CREATE_SUBSCRIPTION' && !(action.rampSeats ?? []).every(seats => isCount(seats, QUANTITY_MAX))) {
      return refuse('QUANTITY_OUT_OF_RANGE', `A quantity is 1 to ${QUANTITY_MAX}.`, { path: [...path, 'rampSeats'] });
    }
    if ('termMonths' in action && !isCount(action.termMonths, TERM_MONTHS_MAX)) {
      return refuse('TERM_OUT_OF_RANGE', `A term is 1 to ${TERM_MONTHS_MAX} months.`, { path: [...path, 'termMonths'] });
    }
  }
  if (paymentMethodId && !isId('paymentMethod', paymentMethodId)) {
    return refuse('PAYMENT_METHOD_NOT_FOUND', 'No such payment method.', { path: ['paymentMethodId'] });
  }
  if (poNumber && poNumber.length > PO_NUMBER_LENGTH_MAX) {
    return refuse('PO_NUMBER_TOO_LONG', `A purchase-order number has at most ${PO_NUMBER_LENGTH_MAX} characters.`, { path: ['poNumber'] });
  }
  // Added seats and renewals fall under the terms that the base subscription was bought on.
  if (!request.termsAccepted && actions.some(action => NEW_TERMS.includes(action.kind))) {
    return refuse('TERMS_NOT_ACCEPTED', 'Please accept the terms before you buy.', { path: ['termsAccepted'] });
  }
  return accept(request);
}

/** A day that a buyer chose, if it is neither too far back nor too far ahead of today. */
export function dayWithin(
  wanted: PlainDate,
  today: PlainDate,
  path: readonly string[],
  { backDaysMax, aheadDaysMax }: { readonly backDaysMax: number; readonly aheadDaysMax: number },
) {
  const isTooEarly = wanted < addDays(today, -backDaysMax);
  const isTooLate = Number.isFinite(aheadDaysMax) && wanted > addDays(today, aheadDaysMax);
  if (!isTooEarly && !isTooLate) return accept(wanted);
  return refuse('EFFECTIVE_DATE_OUT_OF_RANGE', `Choose a day from ${backDaysMax} days back to ${aheadDaysMax} days ahead.`, { path });
}

const isCount = (value: number, max: number): boolean => Number.isInteger(value) && value >= 1 && value <= max;
