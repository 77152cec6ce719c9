import type { AccountId } from '#kernel/ids';
import { accept, refuse } from '#kernel/result';
import type { PlainDate } from '#kernel/time';

/** How an account can pay by itself. Bank transfers are received, not asked for, and need no method. */
export const PAYMENT_METHOD_KINDS = ['CARD'] as const;
export type PaymentMethodKind = (typeof PAYMENT_METHOD_KINDS)[number];

/** Card networks that are told apart; anything else is OTHER. */
export const CARD_BRANDS = ['AMEX', 'MASTERCARD', 'OTHER', 'VISA'] as const;
export type CardBrand = (typeof CARD_BRANDS)[number];

/** Whether a method can be charged today. Not stored: it follows from the expiry and the day. */
export const PAYMENT_METHOD_STATUSES = ['ACTIVE', 'EXPIRED'] as const;
export type PaymentMethodStatus = (typeof PAYMENT_METHOD_STATUSES)[number];

/** More cards than this on one account are a mistake or a test of stolen numbers. Policy value. */
export const PAYMENT_METHODS_PER_ACCOUNT_MAX = 20;

/** What the provider tells about a card: enough to recognise it, nothing to charge it with. */
export interface Card {
  readonly brand: CardBrand;
  readonly lastFour: string;
  /** 1 to 12, as printed on the card. */
  readonly expiryMonth: number;
  readonly expiryYear: number;
}

/** A card is good until the last day of the month printed on it, in UTC. */
export function statusOn(card: { readonly expiryMonth: number; readonly expiryYear: number }, today: PlainDate): PaymentMethodStatus {
  const month = `${card.expiryYear}-${String(card.expiryMonth).padStart(2, '0')}`;
  return today.slice(0, 7) <= month ? 'ACTIVE' : 'EXPIRED';
}

/** Decides whether a card may be added: the provider knows it, it has not expired, and the account has room. */
export function addCard(card: Card | null, methodsSoFar: number, today: PlainDate) {
  if (!card) {
    return refuse('PAYMENT_TOKEN_UNKNOWN', 'The payment provider does not know this token. Ask the buyer for the card again.', {
      path: ['providerToken'],
    });
  }
  if (statusOn(card, today) === 'EXPIRED') return refuse('PAYMENT_METHOD_EXPIRED', `The card ending in ${card.lastFour} has expired.`);
  if (methodsSoFar >= PAYMENT_METHODS_PER_ACCOUNT_MAX) {
    return refuse('PAYMENT_METHODS_LIMIT', `An account keeps at most ${PAYMENT_METHODS_PER_ACCOUNT_MAX} payment methods.`);
  }
  return accept(card);
}

/**
 * Decides whether a method may be charged for an account. A method of another account is answered exactly as one that
 * does not exist.
 */
export function chooseMethod<
  Method extends { readonly accountId: AccountId; readonly lastFour: string; readonly expiryMonth: number; readonly expiryYear: number },
>(method: Method | null, accountId: AccountId, today: PlainDate) {
  if (method?.accountId !== accountId) {
    return refuse('PAYMENT_METHOD_NOT_FOUND', 'The account has no such payment method.', { path: ['paymentMethodId'] });
  }
  if (statusOn(method, today) === 'EXPIRED') {
    return refuse('PAYMENT_METHOD_EXPIRED', `The card ending in ${method.lastFour} has expired.`, { path: ['paymentMethodId'] });
  }
  return accept(method);
}
