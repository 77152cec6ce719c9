import { compare, isNegative, type Money, money } from '#kernel/money';
import { availableIn, type Wallet } from './wallet';

/** Whether credit pays new invoices by itself, or waits to be asked. Policy value. */
export const CREDIT_POLICIES = ['AT_POSTING', 'WHEN_ASKED'] as const;
export type CreditPolicy = (typeof CREDIT_POLICIES)[number];
export const CREDIT_POLICY: CreditPolicy = 'AT_POSTING';

/** How much of a new invoice is paid with credit by itself: as much as there is, and nothing when the policy is to wait. */
export function creditAtPosting(wallet: Wallet | null, open: Money, policy: CreditPolicy): Money {
  if (!wallet || policy === 'WHEN_ASKED' || wallet.currency !== open.currency || isNegative(open)) return money(0n, open.currency);
  const available = availableIn(wallet);
  return compare(available, open) < 0 ? available : open;
}
