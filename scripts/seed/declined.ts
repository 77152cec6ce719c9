import { accept } from '../../kernel/result';
import type { PlainDate } from '../../kernel/time';
import { addPaymentMethod } from '../../subgraphs/billing/actions/addPaymentMethod';
import { placeOrder } from '../../subgraphs/orders/actions/placeOrder';
import type { KnownCompany } from './companies';
import type { Stage } from './stage';

const CARD = { brand: 'VISA', lastFour: '0002', expiryMonth: 12, expiryYear: 2099 } as const;

/** A company buys with a card that its bank declines: an order that waits for somebody. */
export async function declineOrder(stage: Stage, { accountId, ownerId, company }: KnownCompany, on: PlainDate): Promise<string> {
  const { id: paymentMethodId } = await stage.act({
    house: 'billing',
    key: 'declined/card',
    on,
    actor: ownerId,
    action: work => addPaymentMethod(work, { billingAccountId: accountId, providerToken: 'tok_declined' }, CARD, () => true),
  });
  await stage.settled();
  const plan = { sku: 'premium-self-managed', quantity: 5, startsOn: null, termMonths: 12, namespaceId: null, isAutoRenew: true };
  const purchase = {
    billingAccountId: accountId,
    actions: [{ kind: 'CREATE_SUBSCRIPTION' as const, ...plan }],
    paymentMethodId,
    poNumber: null,
    termsAccepted: true,
    expectedTotal: null,
  };
  return stage.act({
    house: 'orders',
    key: 'declined/buy',
    on,
    minute: 30,
    actor: ownerId,
    action: async work => {
      const placed = await placeOrder(work, purchase, { maySee: () => true, channel: company.channel });
      return placed.ok ? accept(placed.value.order.id) : placed;
    },
  });
}
