import type { PaymentId, PaymentMethodId } from '#kernel/ids';
import { accept, refuse } from '#kernel/result';

/**
 * The life of a payment. REQUESTED means asked for and not answered yet, a time-out included; FAILED is the provider's
 * own last word, so nothing was taken and a new try may be made.
 */
export const PAYMENT_STATUSES = ['REQUESTED', 'REQUIRES_ACTION', 'AUTHORIZED', 'CAPTURED', 'FAILED'] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/** How the money comes: a card is charged by us, a bank transfer was sent by the customer. */
export const PAYMENT_KINDS = ['CARD', 'BANK_TRANSFER'] as const;
export type PaymentKind = (typeof PAYMENT_KINDS)[number];

/** What a payment provider can say about an authorisation. No answer at all is none of these. */
export type AuthorizationOutcome =
  | { readonly result: 'AUTHORIZED' }
  | { readonly result: 'REQUIRES_ACTION' }
  | { readonly result: 'DECLINED'; readonly reason: string };

/** What a provider's books can say of a key. CANCELLED also bars a key that has not arrived yet. */
export const PROVIDER_STATUSES = ['AUTHORIZED', 'REQUIRES_ACTION', 'DECLINED', 'CAPTURED', 'CANCELLED'] as const;
export type ProviderStatus = (typeof PROVIDER_STATUSES)[number];

/** What a provider says about taking reserved money. */
export type CaptureOutcome = { readonly result: 'CAPTURED' } | { readonly result: 'REFUSED'; readonly reason: string };

/**
 * The key under which the provider is asked. The same try keeps its key through every time-out, so the provider never
 * reserves twice; a new try after its last word gets a new key, so that it does not repeat that word.
 */
export const providerKeyOf = (payment: { readonly id: PaymentId; readonly tries: number }): string => `${payment.id}/${payment.tries}`;

interface Asked {
  readonly status: PaymentStatus;
  readonly paymentMethodId: PaymentMethodId | null;
  readonly tries: number;
}

/**
 * Decides what a repeated request for the same payment means. What is reserved or taken is answered, never asked for
 * again. After the provider's last word, or with another card, a new try is made; if the fate of the old try is not
 * known, it must be released first, or two cards would be charged for one payment.
 */
export function askAgain(payment: Asked, paymentMethodId: PaymentMethodId) {
  const isSameMethod = payment.paymentMethodId === paymentMethodId;
  switch (payment.status) {
    case 'AUTHORIZED':
    case 'CAPTURED':
      return { next: 'ANSWER_AUTHORIZED' } as const;
    case 'FAILED':
      return { next: 'ASK', tries: payment.tries + 1, releasesOldTry: false } as const;
    case 'REQUIRES_ACTION':
      if (isSameMethod) return { next: 'ANSWER_REQUIRES_ACTION' } as const;
      return { next: 'ASK', tries: payment.tries + 1, releasesOldTry: true } as const;
    case 'REQUESTED':
      if (isSameMethod) return { next: 'ASK', tries: payment.tries, releasesOldTry: false } as const;
      return { next: 'ASK', tries: payment.tries + 1, releasesOldTry: true } as const;
  }
}

/**
 * Decides what the provider's answer to a try makes of the payment, or null when the answer comes too late to matter:
 * another try was begun, or this one is settled already.
 */
export function afterAuthorization(
  payment: { readonly status: PaymentStatus; readonly tries: number },
  tries: number,
  outcome: AuthorizationOutcome,
) {
  const isOpen = payment.status === 'REQUESTED' || payment.status === 'REQUIRES_ACTION';
  if (!isOpen || payment.tries !== tries) return null;
  switch (outcome.result) {
    case 'AUTHORIZED':
      return { status: 'AUTHORIZED', failure: null } as const;
    case 'REQUIRES_ACTION':
      return payment.status === 'REQUIRES_ACTION' ? null : ({ status: 'REQUIRES_ACTION', failure: null } as const);
    case 'DECLINED':
      return { status: 'FAILED', failure: outcome.reason } as const;
  }
}

/** Decides whether the buyer's answer to the bank's challenge is of use: only a payment that waits for it can take it. */
export function takeChallenge(payment: { readonly status: PaymentStatus }) {
  switch (payment.status) {
    case 'REQUIRES_ACTION':
      return accept(payment);
    case 'REQUESTED':
      return refuse('PAYMENT_NOT_CONFIRMABLE', 'The bank has not asked for a confirmation yet.', { retryable: true });
    case 'AUTHORIZED':
    case 'CAPTURED':
      return refuse('PAYMENT_NOT_CONFIRMABLE', 'This payment is confirmed already.');
    case 'FAILED':
      return refuse('PAYMENT_NOT_CONFIRMABLE', 'This payment has failed. Pay again, with another card if need be.');
  }
}

/** Decides whether reserved money may be taken now. A payment that is captured already is left as it is. */
export function canCapture(payment: { readonly status: PaymentStatus }): boolean {
  return payment.status === 'AUTHORIZED';
}
