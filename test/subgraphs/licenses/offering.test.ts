/** What a namespace may be offered: decided here, from what the neighbours told, and never an error on a product page. */
import type { NamespaceId } from '../../../kernel/ids';
import { eventually } from '../../support/shop';
import { buyerOf, finance } from '../../support/viewers';
import { accountChanged, granted, newId, newPurchase, openLicenses, type Purchase, representing } from './scene';

let house: Awaited<ReturnType<typeof openLicenses>>;
beforeAll(async () => {
  house = await openLicenses();
});
afterAll(() => house.close());

const listed = (sku: string, tier: string | null, price: string, more: object = {}) => ({
  sku,
  name: sku,
  kind: 'BASE',
  model: 'RECURRING',
  tier,
  deployment: 'SAAS',
  prices: [],
  webPrices: [{ amount: price, currency: 'EUR' }],
  ...more,
});
const PRICES = {
  type: 'PricesListed.v1',
  data: {
    validFrom: '2026-01-01',
    products: [
      listed('premium-saas', 'PREMIUM', '216.00'),
      listed('ultimate-saas', 'ULTIMATE', '1128.00'),
      listed('compute-1000', null, '9.50', { kind: 'COMPUTE', model: 'ONE_TIME' }),
    ],
  },
};

const FIELDS = `eligibility { offers { sku name pricePerSeat { amount currency } seatsMin isEligible reason } }
  upsellOffers(placement: SEAT_LIMIT, first: 1) { code sku reason seatsNow seatsSuggested price { amount currency } }`;
const QUERY = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Namespace { ${FIELDS} } } }`;

const offersOf = (id: NamespaceId, viewer = finance) => house.run(viewer, QUERY, representing(id, 'Namespace'));
const told = async (id: NamespaceId) => (await offersOf(id)).data._entities[0];
const namespaceOf = ({ accountId }: Purchase, namespaceId: NamespaceId) => ({
  type: 'NamespaceChanged.v1',
  accountId,
  data: { namespaceId, accountId, path: 'acme', plan: 'FREE' },
});
const measured = ({ accountId }: Purchase, namespaceId: NamespaceId, seatsInUse: number, measuredAt = '2026-06-15T11:00:00.000Z') => ({
  type: 'NamespaceMeasured.v1',
  accountId,
  data: { namespaceId, accountId, seatsInUse, measuredAt },
});

test('before its neighbours spoke, the house offers nothing, and says so without an error', async () => {
  const [purchase, namespaceId] = [newPurchase(), newId('namespace')];
  expect(await offersOf(namespaceId)).toEqual({ data: { _entities: [{ eligibility: { offers: [] }, upsellOffers: [] }] } });
  await house.receive('subscriptions', namespaceOf(purchase, namespaceId));
  expect(await eventually(async () => (await offersOf(namespaceId)).data._entities[0])).toEqual({
    eligibility: { offers: [] },
    upsellOffers: [],
  });
});

test('a namespace may choose plans at its price, and is offered seats when few are left, as soon as something changes', async () => {
  const [purchase, namespaceId] = [newPurchase(), newId('namespace')];
  await house.receive('orders', PRICES);
  await house.receive('subscriptions', namespaceOf(purchase, namespaceId));
  await house.receive('customers', accountChanged(purchase));
  expect((await told(namespaceId)).eligibility.offers).toEqual([
    {
      sku: 'premium-saas',
      name: 'premium-saas',
      pricePerSeat: { amount: '216.00', currency: 'EUR' },
      seatsMin: 1,
      isEligible: true,
      reason: null,
    },
    {
      sku: 'ultimate-saas',
      name: 'ultimate-saas',
      pricePerSeat: { amount: '1128.00', currency: 'EUR' },
      seatsMin: 1,
      isEligible: true,
      reason: null,
    },
  ]);

  await granted(house, purchase, { deployment: 'SAAS', tier: 'PREMIUM', seats: [15], namespaceId });
  await house.receive('subscriptions', measured(purchase, namespaceId, 14), measured(purchase, namespaceId, 2, '2026-06-15T10:00:00.000Z'));
  const offer = await eventually(
    async () => (await told(namespaceId)).upsellOffers[0]?.seatsNow === 15 && (await told(namespaceId)).upsellOffers[0],
  );
  // The scene sells its plans under the product `ultimate-sm`, which is in no list: so the next plan is offered, for 15 × €1,128.
  expect(offer).toMatchObject({
    code: 'UPGRADE_PLAN',
    sku: 'ultimate-saas',
    seatsSuggested: 15,
    price: { amount: '16920.00', currency: 'EUR' },
  });

  await house.receive('customers', accountChanged(purchase, { version: 2, holds: ['CREDIT_HOLD'] }));
  await eventually(async () => (await told(namespaceId)).upsellOffers.length === 0);
  expect((await told(namespaceId)).eligibility.offers.map(({ reason }: { reason: string }) => reason)).toEqual(['ON_HOLD', 'ON_HOLD']);
});

test("what a partner sold is the partner's to change", async () => {
  const [purchase, namespaceId] = [newPurchase(), newId('namespace')];
  const action = {
    actionId: newId('orderAction'),
    kind: 'CREATE_SUBSCRIPTION',
    subscriptionId: purchase.subscriptionId,
    sku: 'premium-saas',
    quantity: 5,
  };
  const data = { orderId: purchase.orderId, accountId: purchase.accountId, dealType: 'RESALE', actions: [action] };
  await house.receive('orders', PRICES, { type: 'OrderAccepted.v1', accountId: purchase.accountId, data });
  await house.receive('subscriptions', namespaceOf(purchase, namespaceId));
  await granted(house, purchase, { deployment: 'SAAS', tier: 'PREMIUM', seats: [5], namespaceId });
  const answer = await told(namespaceId);
  expect(answer.upsellOffers).toEqual([]);
  expect(answer.eligibility.offers.map(({ reason }: { reason: string }) => reason)).toEqual(['SOLD_BY_PARTNER', 'SOLD_BY_PARTNER']);
});

test("another's namespace is as good as none", async () => {
  const [purchase, namespaceId] = [newPurchase(), newId('namespace')];
  await house.receive('subscriptions', namespaceOf(purchase, namespaceId));
  expect((await offersOf(namespaceId, buyerOf(newId('account')))).data._entities).toEqual([null]);
  expect((await offersOf(namespaceId, buyerOf(purchase.accountId))).data._entities).toEqual([
    { eligibility: { offers: [] }, upsellOffers: [] },
  ]);
});
