import type { Mail } from '#kernel/mail';

/** What subscriptions talks to outside itself. */
export interface SubscriptionsServices {
  /** Takes notices to customers. */
  readonly mail: Mail;
}
