import { type AccountId, isId } from '#kernel/ids';
import { accept, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { addCard, type Card } from '../domain/payment-method';
import type { BillingEvents } from '../events/published';
import { countMethods, findMethodByToken, insertPaymentMethod } from '../store/payment-methods';

/** A card to keep for an account, named by the token that the provider gave the buyer's browser. */
export interface AddPaymentMethod {
  readonly billingAccountId: string;
  readonly providerToken: string;
}

/**
 * Keeps a card for an account. `card` is what the provider says about the token: the client's own word about a card is
 * never taken. A token that the account has already is answered with the method it made.
 */
export async function addPaymentMethod(
  work: Work<BillingEvents>,
  request: AddPaymentMethod,
  card: Card | null,
  maySee: (accountId: AccountId) => boolean,
) {
  const accountId = request.billingAccountId;
  if (!isId('account', accountId) || !maySee(accountId)) {
    return refuse('BILLING_ACCOUNT_NOT_FOUND', 'There is no such billing account.', { path: ['billingAccountId'] });
  }
  const known = await findMethodByToken(work.tx, accountId, request.providerToken);
  if (known) return accept(known);

  const decision = addCard(card, await countMethods(work.tx, accountId), work.today);
  if (!decision.ok) return decision;

  const id = work.newId('paymentMethod');
  const { brand, lastFour, expiryMonth, expiryYear } = decision.value;
  const method = await insertPaymentMethod(work.tx, {
    accountId,
    id,
    kind: 'CARD',
    brand,
    lastFour,
    expiryMonth,
    expiryYear,
    providerToken: request.providerToken,
    addedAt: work.now,
  });
  if (!method) return refuse('CONFLICT', 'This card is being added by another request. Send yours again.', { retryable: true });
  work.announce(
    'PaymentMethodAdded.v1',
    { subject: id, accountId },
    { paymentMethodId: id, accountId, brand, lastFour, expiryMonth, expiryYear },
  );
  return accept(method);
}
