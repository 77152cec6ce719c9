import { accept, refuse } from '#kernel/result';
import type { PlainDate } from '#kernel/time';

/**
 * The signs of an activation code: 32 letters and digits that no eye confuses (no 0, O, 1 or I). As 32 divides 256,
 * every byte of randomness maps to one sign without favour.
 */
export const CODE_SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** L1: a code has 24 signs of 5 bits each, 120 bits that cannot be guessed. */
export const CODE_LENGTH = 24;

/** Bytes of randomness of which a code is made. */
export type RandomBytes = (count: number) => Uint8Array;

/** L1: a new activation code, made of randomness that the caller brings. */
export function newActivationCode(randomBytes: RandomBytes): string {
  return Array.from(randomBytes(CODE_LENGTH), byte => CODE_SIGNS.charAt(byte % CODE_SIGNS.length)).join('');
}

/**
 * The code as it was issued, from what a person typed: spaces, dashes and case do not matter. What is no code stays
 * something that no activation has, so that a malformed code takes the same way and time as an unknown one.
 */
export const typedCode = (text: string): string => text.replace(/[\s-]+/g, '').toUpperCase();

/** What a decision about an activation needs to know of the subscription. */
export interface ActivatedSubscription {
  readonly status: string;
  readonly deployment: string;
  readonly termStartsOn: PlainDate;
  readonly termEndsOn: PlainDate;
}

/** The one answer to a code that is unknown, malformed or mistyped: it tells nothing about other codes. */
export const unknownCode = () =>
  refuse('ACTIVATION_CODE_UNKNOWN', 'No subscription has this activation code. Compare it with the mail it came in.', {
    path: ['activationCode'],
  });

/**
 * L2: decides whether an instance may activate against a subscription today. Refuses another product, a subscription
 * that was cancelled or suspended, and one whose term has not begun or is over.
 */
export function activate(subscription: ActivatedSubscription, today: PlainDate) {
  if (subscription.deployment !== 'SELF_MANAGED') return refuse('WRONG_PRODUCT', 'This subscription is not for a self-managed instance.');
  if (subscription.status === 'CANCELLED') return refuse('SUBSCRIPTION_CANCELLED', 'This subscription was cancelled.');
  if (subscription.status === 'SUSPENDED')
    return refuse('SUBSCRIPTION_SUSPENDED', 'This subscription is suspended. Ask support.', { retryable: true });
  if (subscription.status === 'DRAFT' || today < subscription.termStartsOn) {
    return refuse('SUBSCRIPTION_NOT_STARTED', `This subscription starts on ${subscription.termStartsOn}.`, { retryable: true });
  }
  if (subscription.status === 'EXPIRED' || today >= subscription.termEndsOn) {
    return refuse('SUBSCRIPTION_EXPIRED', `This subscription ended on ${subscription.termEndsOn}. Renew it first.`);
  }
  return accept({ isActivated: true } as const);
}
