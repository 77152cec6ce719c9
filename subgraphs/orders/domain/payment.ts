import { accept, refuse } from '#kernel/result';
import type { BuyingAccount } from './situation';

/**
 * Decides whether a purchase may be invoiced on the account's terms. An account that owes too much pays by card; one
 * whose purchasing department demands an order number must name it, because the invoice would come back without.
 */
export function mayBeInvoiced(account: Pick<BuyingAccount, 'holds'>, poNumber: string | null) {
  if (account.holds.includes('CREDIT_HOLD') || account.holds.includes('SUPPORT_HOLD')) {
    return refuse('ACCOUNT_ON_HOLD', 'This account is on hold: please pay by card, or settle what is overdue first.', {
      path: ['paymentMethodId'],
    });
  }
  const needsNumber = account.holds.includes('PO_REQUIRED') || account.holds.includes('PORTAL_REQUIRED');
  if (needsNumber && !poNumber?.trim()) {
    return refuse('PO_NUMBER_REQUIRED', 'This account needs a purchase-order number on each invoice.', { path: ['poNumber'] });
  }
  return accept(null);
}
