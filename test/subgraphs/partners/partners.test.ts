import type { Viewer } from '../../../kernel/auth/viewer';
import { analyst, anonymous, buyerOf, finance, instance, operator, partner, sales, service, support } from '../../support/viewers';
import { key, mutate, openScene } from './scene';

let scene: Awaited<ReturnType<typeof openScene>>;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene?.house.close());

const PARTNER = 'partner { id name kind track isActive canBuyDirectly version }';
const RELATIONSHIP = 'relationship { id region isActive version distributor { name } reseller { name } }';
const code = (payload: { userErrors: { code: string }[] }) => payload.userErrors.map(error => error.code).join();
const run = (viewer: Viewer, name: string, input: object, fields = PARTNER) => mutate(scene.house, viewer, name, input, fields);
const latest = async (type: string, subject: string) =>
  (await scene.house.announced(type)).filter(event => event.subject === subject).at(-1);

test('a partner is created, changed and announced', async () => {
  const input = { idempotencyKey: key(), name: ' Contoso  Cloud ', kind: 'RESELLER', track: 'OPEN' };
  const created = await run(operator, 'createPartner', input);
  expect(created.partner).toMatchObject({
    name: 'Contoso Cloud',
    kind: 'RESELLER',
    track: 'OPEN',
    isActive: true,
    canBuyDirectly: false,
    version: 1,
  });
  expect((await run(operator, 'createPartner', input)).partner).toEqual(created.partner);
  expect(code(await run(operator, 'createPartner', { ...input, name: 'Other' }))).toBe('IDEMPOTENCY_KEY_REUSED');

  const partnerId = created.partner.id;
  const changed = await run(sales, 'updatePartner', { partnerId, ifVersion: 1, track: 'SELECT' });
  expect(changed.partner).toMatchObject({ track: 'SELECT', canBuyDirectly: true, version: 2 });
  expect((await latest('PartnerChanged.v1', partnerId))?.data).toEqual({
    partnerId,
    version: 2,
    name: 'Contoso Cloud',
    kind: 'RESELLER',
    track: 'SELECT',
    isActive: true,
  });
  expect(code(await run(sales, 'updatePartner', { partnerId, ifVersion: 1, track: 'OPEN' }))).toBe('VERSION_CHANGED');
  expect(code(await run(sales, 'updatePartner', { partnerId, name: ' ' }))).toBe('NAME_INVALID');
  expect(code(await run(sales, 'updatePartner', { partnerId: 'par_none', name: 'x' }))).toBe('PARTNER_NOT_FOUND');
  expect((await run(sales, 'updatePartner', { partnerId, track: 'SELECT' })).partner.version).toBe(2);
});

test('a dry run saves nothing', async () => {
  const before = (await scene.house.announced()).length;
  const { partner: thought } = await run(operator, 'createPartner', { name: 'A thought', kind: 'MSP', track: 'OPEN', dryRun: true });
  expect(thought).toMatchObject({ name: 'A thought' });
  expect((await scene.house.run(operator, 'query ($id: ID!) { partner(id: $id) { id } }', { id: thought.id })).data).toEqual({
    partner: null,
  });
  expect((await scene.house.announced()).length).toBe(before);
});

test('a reseller buys through a distributor in a region, once, until it ends', async () => {
  const input = { distributorId: scene.distributor.id, resellerId: scene.reseller.id, region: 'AMER' };
  const { relationship } = await run(operator, 'createRelationship', input, RELATIONSHIP);
  expect(relationship).toMatchObject({
    region: 'AMER',
    isActive: true,
    version: 1,
    distributor: { name: 'Arrow' },
    reseller: { name: 'Canary Resale' },
  });
  expect(code(await run(operator, 'createRelationship', input, RELATIONSHIP))).toBe('RELATIONSHIP_EXISTS');
  const end = { relationshipId: relationship.id, ifVersion: 1 };
  expect((await run(operator, 'endRelationship', end, RELATIONSHIP)).relationship).toMatchObject({ isActive: false, version: 2 });
  expect(code(await run(operator, 'endRelationship', end, RELATIONSHIP))).toBe('VERSION_CHANGED');
  expect(code(await run(operator, 'endRelationship', { relationshipId: relationship.id }, RELATIONSHIP))).toBe('RELATIONSHIP_NOT_FOUND');
  expect(code(await run(operator, 'endRelationship', { relationshipId: '?' }, RELATIONSHIP))).toBe('RELATIONSHIP_NOT_FOUND');
  expect((await run(operator, 'createRelationship', input, RELATIONSHIP)).relationship).toMatchObject({
    id: relationship.id,
    isActive: true,
    version: 3,
  });
  expect((await latest('RelationshipChanged.v1', relationship.id))?.data).toEqual({
    relationshipId: relationship.id,
    version: 3,
    distributorId: scene.distributor.id,
    resellerId: scene.reseller.id,
    region: 'AMER',
    isActive: true,
  });
});

test('partners of the wrong kind, unknown or inactive are not related', async () => {
  const input = { distributorId: scene.distributor.id, resellerId: scene.reseller.id, region: 'APAC' };
  const { partner: gone } = await run(operator, 'createPartner', { name: 'Gone', kind: 'RESELLER', track: 'OPEN' });
  await run(operator, 'updatePartner', { partnerId: gone.id, isActive: false });
  const relate = async (change: object) => code(await run(operator, 'createRelationship', { ...input, ...change }, RELATIONSHIP));
  expect(await relate({ distributorId: scene.reseller.id })).toBe('PARTNER_KIND_MISMATCH');
  expect(await relate({ resellerId: scene.distributor.id })).toBe('PARTNER_KIND_MISMATCH');
  expect(await relate({ distributorId: 'par_none' })).toBe('PARTNER_NOT_FOUND');
  expect(await relate({ resellerId: scene.shop.client.id })).toBe('PARTNER_NOT_FOUND');
  expect(await relate({ resellerId: gone.id })).toBe('PARTNER_INACTIVE');
});

test('partners are read a page at a time', async () => {
  const document =
    'query ($first: Int!, $after: String) { partners(first: $first, after: $after) { nodes { name } totalCount pageInfo { hasNextPage endCursor } } }';
  const read: string[] = [];
  let page = { hasNextPage: true, endCursor: null };
  while (page.hasNextPage) {
    const { partners } = (await scene.house.run(read.length % 2 ? finance : support, document, { first: 1, after: page.endCursor })).data;
    expect(partners.nodes).toHaveLength(1);
    read.push(partners.nodes[0].name);
    page = partners.pageInfo;
    if (!page.hasNextPage) expect(partners.totalCount).toBe(read.length);
  }
  expect(read.filter(name => name === 'Arrow' || name === 'Canary Resale').toSorted()).toEqual(['Arrow', 'Canary Resale']);
  for (const wrong of [{ first: 0 }, { first: 101 }, { first: 1, after: 'made up' }]) {
    expect((await scene.house.run(support, document, wrong)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  }
});

test('a partner’s system sees its own partner, and nothing of another by any path', async () => {
  const own = partner(scene.distributor.id, 'marketplace.order:read');
  const everything =
    'name kind track clients { name } relationships { nodes { region distributor { name } reseller { name clients { name } } } }';
  const document = `query ($id: ID!, $representations: [_Any!]!) { partner(id: $id) { ${everything} } myPartner { ${everything} } partners { nodes { ${everything} } totalCount }
    _entities(representations: $representations) { ... on Partner { ${everything} } } }`;
  const answer = await scene.house.run(own, document, {
    id: scene.reseller.id,
    representations: [
      { __typename: 'Partner', id: scene.reseller.id },
      { __typename: 'Partner', id: 'x' },
    ],
  });
  expect(answer.errors).toBeUndefined();
  expect(answer.data).toMatchObject({ partner: null, _entities: [null, null], partners: { nodes: [{ name: 'Arrow' }], totalCount: 1 } });
  expect(answer.data.myPartner).toMatchObject({ name: 'Arrow', clients: [{ name: 'Shop' }] });
  expect(answer.data.myPartner.relationships.nodes).toContainEqual({ region: 'EMEA', distributor: { name: 'Arrow' }, reseller: null });
  expect(JSON.stringify(answer)).not.toContain('Canary');
});

test.each([
  ['a buyer', buyerOf(), 'FORBIDDEN'],
  ['an analyst', analyst, 'FORBIDDEN'],
  ['an installation', instance('gitlab.example'), 'FORBIDDEN'],
  ['nobody', anonymous, 'UNAUTHENTICATED'],
])('%s is told nothing of partners', async (_who, viewer, expected) => {
  const document =
    'query ($id: ID!, $representations: [_Any!]!) { partner(id: $id) { name } partners { nodes { name } } _entities(representations: $representations) { ... on Partner { name } } }';
  const answer = await scene.house.run(viewer, document, {
    id: scene.reseller.id,
    representations: [{ __typename: 'Partner', id: scene.reseller.id }],
  });
  expect(answer.data).toEqual({ partner: null, partners: null, _entities: [null] });
  expect(answer.errors?.map(error => error.extensions.code)).toEqual([expected, expected]);
});

test.each([
  ['createPartner', { name: 'x', kind: 'RESELLER', track: 'OPEN' }],
  ['updatePartner', { partnerId: 'x' }],
  ['createRelationship', { distributorId: 'x', resellerId: 'x', region: 'EMEA' }],
  ['endRelationship', { relationshipId: 'x' }],
  ['createPartnerClient', { partnerId: 'x', name: 'x', scopes: [] }],
  ['rotatePartnerClientSecret', { clientId: 'x' }],
  ['revokePartnerClient', { clientId: 'x' }],
])('%s is for those who manage the channel', async (name, input) => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${name}(input: $input) { correlationId } }`;
  for (const viewer of [support, finance, analyst, buyerOf(), partner(scene.distributor.id), service('orders')]) {
    const answer = await scene.house.run(viewer, document, { input: { idempotencyKey: 'x', ...input } });
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  }
});
