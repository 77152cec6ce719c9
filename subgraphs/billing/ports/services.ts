import type { Mail } from '#kernel/mail';
import type { DocumentLinks } from './document-links';
import type { PaymentProvider } from './payment-provider';

/** What billing talks to outside itself. */
export interface BillingServices {
  readonly paymentProvider: PaymentProvider;
  /** How long the provider is waited for before its answer counts as lost. */
  readonly providerDeadlineMs: number;
  /** Takes reminders to customers. */
  readonly mail: Mail;
  /** Null where no secret is configured to sign links with: then there are none. */
  readonly documentLinks: DocumentLinks | null;
}

/** Aborts when the caller has left, or when the provider has had its time. */
export const providerSignal = ({ providerDeadlineMs }: BillingServices, caller: AbortSignal): AbortSignal =>
  AbortSignal.any([caller, AbortSignal.timeout(providerDeadlineMs)]);
