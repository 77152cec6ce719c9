import type { Money } from '#kernel/money';
import type { AuthorizationOutcome, CaptureOutcome, ProviderStatus } from '../domain/payment';
import type { Card } from '../domain/payment-method';
import type { RefundOutcome } from '../domain/refund';

/**
 * A payment provider, as billing needs it. Every call names a key, and a key means one charge: presented again, it
 * answers what it answered before. A call that throws or is aborted has an unknown fate, and is made again with the
 * same key. No call is ever made inside a transaction.
 */
export interface PaymentProvider {
  /** The card behind a token that the provider gave the buyer's browser, or null when it knows none. */
  cardOf(token: string, signal: AbortSignal): Promise<Card | null>;
  /** Reserves an amount on a card. */
  authorize(
    request: { readonly key: string; readonly token: string; readonly amount: Money },
    signal: AbortSignal,
  ): Promise<AuthorizationOutcome>;
  /** Passes on the buyer's answer to the bank's challenge. A wrong answer leaves it waiting for a better one. */
  confirm(request: { readonly key: string; readonly challengeResponse: string }, signal: AbortSignal): Promise<AuthorizationOutcome>;
  /** Takes what was reserved. */
  capture(request: { readonly key: string; readonly amount: Money }, signal: AbortSignal): Promise<CaptureOutcome>;
  /** Gives back a part or all of what was taken under `paymentKey`. A refund has a key of its own, and is paid once. */
  refund(
    request: { readonly key: string; readonly paymentKey: string; readonly amount: Money },
    signal: AbortSignal,
  ): Promise<RefundOutcome>;
  /** Gives a reservation back, and bars the key if it has not arrived yet: whatever its fate was, nothing will be taken. */
  release(request: { readonly key: string }, signal: AbortSignal): Promise<void>;
  /** What became of a key: the provider's own word for it, or null when it never saw it. */
  status(key: string, signal: AbortSignal): Promise<ProviderStatus | null>;
}
