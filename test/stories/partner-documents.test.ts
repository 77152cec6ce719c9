/** The documents that partners' systems run: each with a token of its scope, and refused without it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import * as sdk from '../../partner-sdk/src';
import { type Channel, openChannel, partnerOrder, partnerToken } from '../support/channel';
import { operationNamed } from '../support/operations';
import { openTestPlatform, type TestPlatform } from '../support/platform';
import { stepsOf, take } from '../support/quickstart';
import { eventually, newKey } from '../support/shop';

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

test('the quickstart ends with a fulfilled order, and shows what comes back', async () => {
  const steps = stepsOf('docs/partner-quickstart.md');
  const folder = mkdtempSync(join(tmpdir(), 'purchasing-quickstart-'));
  const samples = { partnerClient: channel.distributor.clientId, partnerSecret: channel.distributor.secret };
  mkdirSync(join(folder, '.data'));
  writeFileSync(join(folder, '.data/demo.json'), JSON.stringify({ samples }, null, 2));
  const printed = await take(steps, folder, { URL: platform.url, STARTS_ON: '2026-06-15' });
  rmSync(folder, { recursive: true });
  // What an order or a request costs the caller's budget depends on what was asked before.
  const told = (answer: string) => answer.replace(/,"extensions":\{.*\}(?=\}$)/gm, '');
  expect(printed.map(told)).toEqual(steps.map(({ shown }) => told(shown ?? '')));
  expect(printed.at(-1)).toContain('"status":"FULFILLED"');
});

const sdkClient = (options: Partial<sdk.PartnerClientOptions> = {}) => {
  const { clientId, secret: clientSecret } = channel.select;
  return new sdk.PartnerClient({ url: platform.url, clientId, clientSecret, backoffMs: 1, ...options });
};

test('the client for TypeScript sends again what was not answered, and orders once', async () => {
  const sent: string[] = [];
  const faults = ['lost after it arrived', 'unavailable'];
  const unsteady: typeof fetch = async (url, init) => {
    if (!String(url).endsWith('/partner/graphql')) return fetch(url, init);
    sent.push(String(init?.body));
    const fault = faults.shift();
    if (fault === 'unavailable') return new Response('{}', { status: 503 });
    const response = await fetch(url, init);
    if (fault) throw new TypeError(fault);
    return response;
  };
  const client = sdkClient({ fetch: unsteady });
  const { idempotencyKey: _, ...order } = partnerOrder('sdk-1', { po: { number: 'PO-1', amount: { amount: '1824.00', currency: 'USD' } } });
  const { placePartnerOrder } = await client.run(sdk.PlacePartnerOrder, { input: order });
  // 10 × $182.40
  expect(placePartnerOrder?.partnerOrder).toMatchObject({ status: 'ACCEPTED', total: { amount: '1824.00' } });
  expect(sent).toHaveLength(3);
  expect(new Set(sent).size).toBe(1);
  expect(JSON.parse(sent[0]!).variables.input.idempotencyKey).toMatch(/^[\da-f-]{36}$/);

  const references: (string | null)[] = [];
  for await (const one of sdk.everyItem(client, sdk.PartnerOrders, { first: 1 }, answer => answer.partnerOrders))
    references.push(one.externalId);
  expect(references).toEqual(['sdk-1']);
});

test('the client for TypeScript pages through a file’s outcomes, and says plainly what cannot be mended by trying again', async () => {
  const client = sdkClient();
  const orders = ['bulk-1', 'bulk-2', 'bulk-3'].map(reference => {
    const { idempotencyKey: _, ...order } = partnerOrder(reference);
    return JSON.stringify(order);
  });
  const input = { externalId: 'sdk-file', format: 'JSON_LINES', part: 1, content: orders.join('\n') };
  expect((await client.run(sdk.UploadBulkOrder, { input })).uploadBulkOrder?.userErrors).toEqual([]);
  const file = { externalId: 'sdk-file' };
  await eventually(async () => (await client.run(sdk.BulkOrder, file)).bulkOrder?.status === 'DONE', 20_000);
  const told: unknown[] = [];
  for await (const line of sdk.everyItem(client, sdk.BulkOrder, { ...file, first: 2 }, answer => answer.bulkOrder?.lines))
    told.push([line.line, line.state, line.code]);
  // $1,368.00 is what they cost a distributor: this partner pays $1,824.00.
  expect(told).toEqual([1, 2, 3].map(line => [line, 'REFUSED', 'PO_AMOUNT_MISMATCH']));
  await expect(sdkClient({ clientSecret: 'wrong' }).run(sdk.PartnerCatalog, {})).rejects.toMatchObject({ code: 'TOKEN_REFUSED' });
  await expect(sdkClient({ scope: 'dealreg:read' }).run(sdk.PartnerCatalog, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(sdkClient({ url: 'http://127.0.0.1:9', attemptsMax: 2 }).run(sdk.PartnerCatalog, {})).rejects.toMatchObject({
    code: 'NOT_ANSWERED',
  });
});

test('the client for TypeScript reads a webhook that is signed with the secret, and no other', async () => {
  const input = { url: 'https://hooks.example.com/sdk', events: ['order.accepted'] };
  const { setStatusWebhook } = await sdkClient().run(sdk.SetStatusWebhook, { input });
  const secret = setStatusWebhook?.secret ?? '';
  const body = JSON.stringify({ type: 'order.accepted', timestamp: '2026-06-15T12:00:00Z', orderingKey: 'por_1', sequence: 1, data: {} });
  const at = new Date();
  const headers = {
    'webhook-id': 'whd_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign('whd_1', at, body),
  };
  expect(sdk.readWebhook(secret, headers, body)).toMatchObject({ id: 'whd_1', type: 'order.accepted', sequence: 1 });
  expect(() => sdk.readWebhook(secret, headers, body.replace('"sequence":1', '"sequence":2'))).toThrow();
  expect(() => sdk.readWebhook(secret, {}, body)).toThrow();
});

test('every request of the collection runs as it is written', async () => {
  const samples: Record<string, object> = JSON.parse(readFileSync('partner-sdk/samples.json', 'utf8'));
  const token = channel.distributor.token;
  const given: Record<string, string> = { reference: 'collected', today: '2026-06-15', subscriptionName: '' };
  const fill = (variables: object) =>
    JSON.parse(JSON.stringify(variables).replace(/\{\{(\$?\w+)\}\}/g, (_all, name: string) => given[name] ?? newKey()));
  const textByName = new Map(Object.entries(sdk).flatMap(([name, one]) => ('text' in one ? [[name, one.text]] : [])));
  const refused: string[] = [];
  for (const [name, variables] of Object.entries(samples)) {
    const text = textByName.get(name) ?? '';
    const { data, errors } = await platform.ask(token, text, fill(variables));
    expect([name, errors]).toEqual([name, []]);
    for (const payload of Object.values(data) as { userErrors?: { code: string }[] }[])
      refused.push(...(payload?.userErrors ?? []).map(({ code }) => `${name} ${code}`));
    for (const reference of { PlacePartnerOrder: ['collected'], AddPartnerSeats: ['collected-seats'] }[name] ?? [])
      await eventually(async () => {
        const { partnerOrder: order } = await platform.query(token, sdk.PartnerOrderByReference.text, { externalId: reference });
        given.subscriptionName = order.subscriptionName ?? '';
        return order.status === 'FULFILLED';
      }, 20_000);
  }
  // The term has hardly begun.
  expect(refused).toEqual(['RenewPartnerSubscription RENEWAL_TOO_EARLY']);
});
