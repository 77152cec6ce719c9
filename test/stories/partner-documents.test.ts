/** The documents that partners' systems run: each with a token of its scope, and refused without it. */
import { type Channel, openChannel, partnerOrder, partnerToken } from '../support/channel';
import { operationNamed } from '../support/operations';
import { openTestPlatform, type TestPlatform } from '../support/platform';
import { newKey } from '../support/shop';

jest.setTimeout(60_000);
let platform: TestPlatform;
let channel: Channel;
beforeAll(async () => {
  platform = await openTestPlatform();
  channel = await openChannel(platform);
});
afterAll(() => platform?.close());

const { endCustomer } = partnerOrder('x');
const DOCUMENTS: readonly [string, string, object][] = [
  ['PlacePartnerOrder', 'marketplace.order:create', { input: partnerOrder('documented') }],
  ['PartnerOrderStatus', 'marketplace.order:read', { externalId: 'documented' }],
  ['PartnerCatalog', 'marketplace.catalog:read', {}],
  [
    'RegisterDeal',
    'dealreg:write',
    { input: { idempotencyKey: newKey(), endCustomer, sku: 'ultimate-saas', seats: 50, expectedCloseOn: '2026-08-01' } },
  ],
  ['PartnerRenewals', 'customer:read', { days: 400 }],
  [
    'SetStatusWebhook',
    'webhook:write',
    { input: { idempotencyKey: newKey(), url: 'https://hooks.example.com/orders', events: ['order.fulfilled'] } },
  ],
];
const OTHERS = ['license:status', 'dealreg:read'].join(' ');

test.each(DOCUMENTS)('%s runs as written with %s, and is refused without', async (name, scope, variables) => {
  const { clientId, secret } = channel.distributor;
  const document = operationNamed(name);
  const without = await platform.ask(await partnerToken(platform.url, clientId, secret, OTHERS), document, variables);
  expect(without.errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  expect(Object.values(without.data)).toEqual([null]);
  const nobody = await platform.ask(null, document, variables);
  expect(nobody.errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);

  const { data, errors } = await platform.ask(await partnerToken(platform.url, clientId, secret, scope), document, variables);
  expect(errors).toEqual([]);
  const [answer] = Object.values(data) as { userErrors?: object[]; status?: string; nodes?: object[] }[];
  expect(answer?.userErrors ?? []).toEqual([]);
  expect(answer).not.toBeNull();
});

test('the catalog tells each partner its own price, and the list price to all', async () => {
  const offers = async (token: string) =>
    (await platform.run(token, 'PartnerCatalog')).partnerOffers.nodes.map(
      ({ sku, listPrice, myPrice }: { sku: string; listPrice: { amount: string }; myPrice: { amount: string } }) => [
        sku,
        listPrice.amount,
        myPrice.amount,
      ],
    );
  // Premium lists at $228.00: less 40 % for the distributor, less 20 % for the reseller it sells to, and for who buys directly.
  expect(await offers(channel.distributor.token)).toContainEqual(['premium-saas', '228.00', '136.80']);
  expect(await offers(channel.reseller.token)).toContainEqual(['premium-saas', '228.00', '182.40']);
  expect(await offers(channel.select.token)).toContainEqual(['premium-saas', '228.00', '182.40']);
});
