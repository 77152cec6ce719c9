/** Two customers side by side: whatever anybody asks who is not of one of them, and by whatever path, nothing of it is told. */
import { readFileSync } from 'node:fs';
import { buildSchema, isObjectType } from 'graphql';
import { hopHeader, signHop } from '../../kernel/auth/hop-token';
import { resolvableEntities } from '../../kernel/graph/entities';
import type { AccountId } from '../../kernel/ids';
import { addMs, wallClock } from '../../kernel/time';
import { FOR_PARTNERS, leaksOf, leavesOf, lookups, mutations, type Target, wanderings } from '../support/attack';
import { type Canaries, canariesOf, stateOf } from '../support/canaries';
import { type Customer, openCustomer, targetOf } from '../support/customers';
import { ask, HOP_SECRET } from '../support/house';
import { openTestPlatform, type TestPlatform } from '../support/platform';
import { accepted, eventually, newKey, purchaseOf } from '../support/shop';
import { buyerOf, support } from '../support/viewers';

const HOUSES = ['customers', 'orders', 'subscriptions', 'billing', 'licenses'];
// Some of these ask a thousand questions.
jest.setTimeout(120_000);
let platform: TestPlatform;
let attacker: Customer;
let victim: Customer;
let target: Target;
let canaries: Canaries;

beforeAll(async () => {
  platform = await openTestPlatform();
  attacker = await openCustomer(platform, { name: 'Woodgrove', contact: 'Ada Quill', domain: 'woodgrove.example', seats: 5 });
  victim = await openCustomer(platform, {
    name: 'Canary Keepers',
    contact: 'Zebulon Quagmire',
    domain: 'canary-keepers.example',
    seats: 37,
  });
  canaries = await canariesOf(databases(), victim.accountId, victim.planted);
  target = targetOf(victim, canaries.ids);
});
afterAll(() => platform?.close());

const databases = () => HOUSES.map(house => platform.sql(house));
const victimsState = () => stateOf(databases(), victim.accountId);

test('the probes find everything when the owner or support asks, so that their silence means something', async () => {
  const own = await leaksOf(platform, victim.token, wanderings(targetOf(victim)), { texts: canaries.texts, hexes: new Set() });
  const told = new Set(own.flatMap(leak => leak.told));
  const secrets = [victim.activationCode, victim.licenseKey, ...victim.orderNumbers, ...victim.invoiceNumbers];
  for (const secret of [...victim.planted, ...secrets]) expect(told).toContain(secret);
  expect(target.ids.length).toBeGreaterThan(45);
  const bySupport = await leaksOf(platform, await platform.support(), lookups(target), canaries);
  expect(new Set(bySupport.flatMap(leak => leak.told)).size).toBeGreaterThan(30);
});

test('a buyer is told nothing of another account: by no root field, id, name, search, connection, error or total', async () => {
  const before = await victimsState();
  expect(await leaksOf(platform, attacker.token, lookups(target), canaries)).toEqual([]);
  expect(await leaksOf(platform, attacker.token, wanderings(targetOf(attacker)), canaries)).toEqual([]);
  expect(await leaksOf(platform, attacker.token, mutations(target, attacker.accountId), canaries)).toEqual([]);
  expect(await victimsState()).toEqual(before);
});

test('another account is answered exactly as one that does not exist', async () => {
  const asked = (id: string) => platform.ask(attacker.token, EVERY_LOOKUP, { id });
  for (const id of target.ids) {
    const nowhere = `${id.slice(0, 4)}${'0'.repeat(32)}`;
    expect({ id: id.slice(0, 4), ...(await asked(id)) }).toEqual({ id: id.slice(0, 4), ...(await asked(nowhere)) });
  }
});

test('a cursor of another account leads through the own list only', async () => {
  const cursors = await platform.query(victim.token, CURSORS, { id: victim.accountId });
  for (const list of ['orders', 'subscriptions', 'invoices']) {
    const after = cursors.billingAccount[list].pageInfo.startCursor;
    const document = `{ billingAccount(id: "${attacker.accountId}") { ${list}(first: 5, after: ${JSON.stringify(after)}) { totalCount nodes { id } } } }`;
    expect(await leaksOf(platform, attacker.token, [document], canaries)).toEqual([]);
    const { data } = await platform.ask(attacker.token, document);
    expect(data.billingAccount[list].totalCount).toBe(2);
  }
});

test("a buyer cannot pay with another's card, nor buy for another's namespace", async () => {
  const before = await victimsState();
  const wishes = { sku: 'premium-self-managed', quantity: 1 };
  const stopped = await platform.untilOrder(
    attacker.token,
    await platform.buy(attacker, { ...wishes, paymentMethodId: victim.paymentMethodId }),
    'ERROR',
  );
  expect(JSON.stringify(stopped)).not.toMatch(/4242|VISA/);
  const input = purchaseOf(attacker, { sku: 'premium-saas', quantity: 1, namespaceId: victim.namespaceId });
  const { placeOrder } = await platform.run(attacker.token, 'BuySubscription', { input });
  expect(placeOrder.userErrors.map(({ code }: { code: string }) => code)).toEqual(['NAMESPACE_NOT_FOUND']);
  expect(await victimsState()).toEqual(before);
});

test('the gateway has no `_entities` and no `_service`, whoever asks', async () => {
  for (const token of [attacker.token, await platform.support(), null]) {
    const entities = `{ _entities(representations: [{ __typename: "BillingAccount", id: "${victim.accountId}" }]) { __typename } }`;
    for (const document of [entities, '{ _service { sdl } }']) {
      const { status, data } = await platform.ask(token, document);
      expect([status, data]).toEqual([400, null]);
    }
  }
});

test('a house itself answers a reference to another account as nothing, by whichever key', async () => {
  const viewer = buyerOf(attacker.accountId as AccountId);
  let asked = 0;
  for (const house of [...HOUSES, 'partners']) {
    const sdl = readFileSync(`schema/${house}.graphql`, 'utf8');
    for (const typeName of resolvableEntities(sdl)) {
      const keys = [...target.ids.map(id => ({ id })), ...target.names.flatMap(name => [{ number: name }, { name }])];
      const representations = keys.map(key => ({ __typename: typeName, ...key }));
      const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${typeName} { ${leavesOf(typeName, fieldsIn(sdl, typeName))} } } }`;
      const { data } = await ask(platform.urlOf(house), house, viewer, { query, variables: { of: representations } });
      expect({ typeName, found: data._entities.filter((entity: object | null) => entity !== null) }).toEqual({ typeName, found: [] });
      asked += representations.length;
    }
  }
  expect(asked).toBeGreaterThan(500);
  // The same question of the owner finds what there is.
  const own = {
    query: 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Order { number } } }',
    variables: { of: [{ __typename: 'Order', id: victim.orderIds[0] }] },
  };
  const { data } = await ask(platform.urlOf('orders'), 'orders', buyerOf(victim.accountId as AccountId), own);
  expect(victim.orderNumbers).toContain(data._entities[0].number);
});

test('a house answers only calls that are signed for it, for this body, now', async () => {
  const body = JSON.stringify({ query: `{ __typename }` });
  const hop = { body, viewer: support, correlationId: 'a test', now: wallClock.now() };
  for (const house of [...HOUSES, 'partners']) {
    const sign = (secret: string, changed: object = {}) => hopHeader(signHop(secret, { audience: house, ...hop, ...changed }));
    const authorizations = {
      unsigned: '',
      'with a token for the gateway': `Bearer ${await platform.support()}`,
      'signed with another secret': sign('another secret that somebody made up for himself'),
      'signed for another house': sign(HOP_SECRET, { audience: 'elsewhere' }),
      'replayed with another body': sign(HOP_SECRET, { body: `${body} ` }),
      'signed a minute ago': sign(HOP_SECRET, { now: addMs(hop.now, -60_000) }),
      'signed for the future': sign(HOP_SECRET, { now: addMs(hop.now, 60_000) }),
    };
    for (const [how, authorization] of Object.entries(authorizations)) {
      const headers = { 'content-type': 'application/json', 'x-viewer': JSON.stringify(support), ...(authorization && { authorization }) };
      const response = await fetch(`${platform.urlOf(house)}/graphql`, { method: 'POST', body, headers });
      expect([house, how, response.status]).toEqual([house, how, 401]);
    }
    const target = '/events?after=0&limit=10&wait=0&types=';
    expect((await fetch(platform.urlOf(house) + target)).status).toBe(401);
    const asBuyer = { authorization: sign(HOP_SECRET, { body: target, viewer: buyerOf(victim.accountId as AccountId) }) };
    expect((await fetch(platform.urlOf(house) + target, { headers: asBuyer })).status).toBe(404);
  }
});

test('who is not signed in, and a foreign instance, are told nothing and change nothing', async () => {
  const before = await victimsState();
  for (const token of [null, await platform.instance(attacker.instanceId), await platform.instance('nobody-knows-me')]) {
    expect(await leaksOf(platform, token, lookups(target), canaries)).toEqual([]);
    expect(await leaksOf(platform, token, mutations(target, attacker.accountId), canaries)).toEqual([]);
  }
  expect(await victimsState()).toEqual(before);
});

test('an analyst reads numbers of every account, and nothing of its people, codes and keys', async () => {
  const analyst = await platform.analyst();
  const documents = [...lookups(target), ...wanderings(targetOf(victim)), ...mutations(target, attacker.accountId)];
  const leaks = await leaksOf(platform, analyst, documents, canaries);
  const personal = [...victim.personal, victim.activationCode, victim.licenseKey];
  expect(leaks.filter(({ told }) => told.some(text => personal.includes(text)))).toEqual([]);
  const told = leaks.flatMap(leak => leak.told);
  expect(told).toContain(victim.invoiceNumbers[0]);
});

test('an analyst changes nothing: every mutation there is, is refused', async () => {
  const before = await victimsState();
  const analyst = await platform.analyst();
  const asked = mutations(target, attacker.accountId);
  const codes: string[] = [];
  for (const document of asked) {
    const { data, errors } = await platform.ask(analyst, document, { key: newKey() });
    // What cannot even be read is refused before it is looked at who asks.
    codes.push(
      Object.values(data ?? {}).some(answer => answer !== null) ? `${document} was answered` : (errors[0]?.extensions.code ?? document),
    );
  }
  expect(codes.filter(code => code !== 'FORBIDDEN' && code !== 'BAD_USER_INPUT')).toEqual([]);
  expect(codes.filter(code => code === 'FORBIDDEN').length).toBeGreaterThan(100);
  expect(await victimsState()).toEqual(before);
});

test('files of reports hold numbers of every account, and nothing of its people, codes and keys', async () => {
  const analyst = await platform.analyst();
  const month = { month: '2026-06-15' };
  const days = { from: '2026-06-01', to: '2026-06-30' };
  const spans = {
    ARR: month,
    MRR_ROLLFORWARD: days,
    ARR_MOVEMENTS: month,
    RETENTION: month,
    BOOKINGS: { fiscalYear: 2027 },
    AVAILABLE_TO_RENEW: { fiscalQuarter: 'FY2028-Q2' },
    AR_AGING: { on: '2026-06-15' },
    SEAT_UTILISATION: { on: '2026-06-15' },
    LICENSE_ACTIVATIONS: month,
    TRIAL_CONVERSION: month,
    ORDER_TO_CASH: days,
  };
  const files: string[] = [];
  for (const [name, span] of Object.entries(spans)) files.push(await takenAway(analyst, { ...span, name, part: 'ROWS' }));
  const all = files.join('');
  expect(all).toContain(victim.invoiceNumbers[0]);
  for (const text of [...victim.personal, victim.activationCode, victim.licenseKey]) expect(all).not.toContain(text);
});

/** A file of a report, as it is downloaded. */
async function takenAway(token: string, report: object): Promise<string> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ idempotencyKey: newKey(), format: 'JSON_LINES', report });
  const asked = await fetch(`${platform.url}/exports`, { method: 'POST', headers, body });
  const { id } = (await asked.json()) as { id: string };
  const path = async () =>
    (await platform.query(token, 'query ($id: ID!) { reportExport(id: $id) { downloadPath } }', { id })).reportExport.downloadPath;
  await eventually(async () => (await path()) !== null);
  return (await fetch(`${platform.url}${await path()}`, { headers })).text();
}

test("a partner's system is told of its own partner, of no other and of no account", async () => {
  const operator = await platform.operator();
  const made = async (field: string, type: string, selection: string, input: object) =>
    accepted(
      (
        await platform.query(operator, `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} userErrors { code } } }`, {
          input: { idempotencyKey: newKey(), ...input },
        })
      )[field],
    );
  const partner = async (name: string, kind: string) =>
    (await made('createPartner', 'CreatePartnerInput', 'partner { id }', { name, kind, track: 'OPEN' })).partner.id;
  const client = async (partnerId: string, name: string) =>
    made('createPartnerClient', 'CreatePartnerClientInput', 'client { id } secret', { partnerId, name, scopes: ['customer:read'] });
  const [own, other, reseller] = [
    await partner('Own Distribution', 'DISTRIBUTOR'),
    await partner('Rival Distribution', 'DISTRIBUTOR'),
    await partner('Rival Resale', 'RESELLER'),
  ];
  const [ownClient, otherClient] = [await client(own, 'own shop'), await client(other, 'rival shop')];
  const { relationship } = await made('createRelationship', 'CreateRelationshipInput', 'relationship { id }', {
    distributorId: other,
    resellerId: reseller,
    region: 'EMEA',
  });

  const response = await fetch(`${platform.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: ownClient.client.id, client_secret: ownClient.secret }),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  const ids = [other, reseller, otherClient.client.id, relationship.id];
  const texts = new Set([...canaries.texts, 'Rival Distribution', 'Rival Resale', 'rival shop', otherClient.secret]);
  const hexes = new Set([...canaries.hexes, ...ids.map(id => id.slice(4))]);
  const rival = {
    partnerId: other,
    clientId: otherClient.client.id,
    distributorId: other,
    resellerId: reseller,
    relationshipId: relationship.id,
  };
  const aimed = { ids: [...target.ids, ...ids], names: [...target.names, 'Rival'], inputs: { ...target.inputs, ...rival } };
  const documents = [
    ...lookups(aimed, FOR_PARTNERS),
    ...wanderings({ ...aimed, ids: [own] }, FOR_PARTNERS),
    ...mutations(aimed, victim.accountId, FOR_PARTNERS),
  ];
  expect(await leaksOf(platform, token, documents, { texts, hexes })).toEqual([]);

  const { partners, myPartner } = await platform.query(
    token,
    '{ partners { totalCount nodes { name } } myPartner { name clients { name } } }',
  );
  expect(partners).toEqual({ totalCount: 1, nodes: [{ name: 'Own Distribution' }] });
  expect(myPartner).toEqual({ name: 'Own Distribution', clients: [{ name: 'own shop' }] });
});

/** Whether a house itself publishes a field of a type. */
const fieldsIn = (sdl: string, typeName: string) => {
  const type = buildSchema(sdl, { assumeValidSDL: true }).getType(typeName);
  return (field: string) => isObjectType(type) && field in type.getFields();
};

const EVERY_LOOKUP = `query ($id: ID!) {
  node(id: $id) { __typename id }
  billingAccount(id: $id) { id }
  organization(id: $id) { id }
  order(id: $id) { id }
  license(id: $id) { id }
  namespace(id: $id) { id }
  payment(id: $id) { id }
}`;
const CURSORS = `query ($id: ID!) {
  billingAccount(id: $id) {
    orders(first: 1) { pageInfo { startCursor } }
    subscriptions(first: 1) { pageInfo { startCursor } }
    invoices(first: 1) { pageInfo { startCursor } }
  }
}`;
