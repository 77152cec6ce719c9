import type { PaymentProvider } from './payment-provider';

/** What billing talks to outside itself. */
export interface BillingServices {
  readonly paymentProvider: PaymentProvider;
  /** How long the provider is waited for before its answer counts as lost. */
  readonly providerDeadlineMs: number;
}

/** Aborts when the caller has left, or when the provider has had its time. */
export const providerSignal = ({ providerDeadlineMs }: BillingServices, caller: AbortSignal): AbortSignal =>
  AbortSignal.any([caller, AbortSignal.timeout(providerDeadlineMs)]);
