import type { Viewer } from '../../../kernel/auth/viewer';
import { idFromUuid } from '../../../kernel/ids';
import { addMember } from '../../../subgraphs/customers/actions/addMember';
import { analyst, anonymous, buyerOf, finance, instance, operator, partner, sales, support } from '../../support/viewers';
import { openScene, REFUSALS } from './scene';

let scene: Awaited<ReturnType<typeof openScene>>;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene?.house.close());

/** Whatever of the second company may never reach a buyer of the first. */
const CANARIES = ['Contoso', 'contoso', 'Bob', 'Canary'];
const telling = (answer: unknown) => {
  const text = JSON.stringify(answer);
  return CANARIES.filter(canary => text.includes(canary));
};
const uuid = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;
const partnerSystem = partner(idFromUuid('partner', uuid(1)), 'customer:read');

const EVERYTHING = `id number name vatId version organization { name billingAccounts { name } } billTo { name email address { street } } soldTo { name }
  contacts { role name email } memberships { role user { id email name memberships { billingAccount { name } } } } invitations { email } agreements { version }`;

test('a buyer of one account sees nothing of another by id, node, reference or number', async () => {
  const document = `query ($account: ID!, $organization: ID!, $user: ID!, $representations: [_Any!]!) {
    billingAccount(id: $account) { ${EVERYTHING} }
    organization(id: $organization) { name }
    account: node(id: $account) { id ... on BillingAccount { name } }
    company: node(id: $organization) { id ... on Organization { name } }
    person: node(id: $user) { id ... on User { email } }
    _entities(representations: $representations) { ... on BillingAccount { ${EVERYTHING} } ... on Organization { name } ... on User { email } }
  }`;
  const variables = {
    account: scene.b.id,
    organization: scene.contoso.id,
    user: scene.bob.subject,
    representations: [
      { __typename: 'BillingAccount', id: scene.b.id },
      { __typename: 'BillingAccount', number: scene.b.number },
      { __typename: 'Organization', id: scene.contoso.id },
      { __typename: 'User', id: scene.bob.subject },
      { __typename: 'BillingAccount', id: 'garbage' },
    ],
  };
  const nothing = {
    billingAccount: null,
    organization: null,
    account: null,
    company: null,
    person: null,
    _entities: [null, null, null, null, null],
  };
  const answer = await scene.house.run(scene.ada, document, variables);
  expect(answer.errors).toBeUndefined();
  expect(answer.data).toEqual(nothing);
  expect(telling(answer)).toEqual([]);
  expect((await scene.house.run(scene.bob, document, variables)).data).toMatchObject({
    billingAccount: { name: 'Contoso Europe' },
    person: { email: 'bob@contoso.example' },
  });
});

test('what a buyer does see leads to no other account, even where people and companies are shared', async () => {
  const { account } = await scene.open({ organizationId: scene.northwind.id, name: 'Contoso secret of another account' });
  await scene.write(work => addMember(work, { billingAccountId: account.id, email: 'eve@northwind.example', name: 'Eve', role: 'VIEWER' }));
  const answer = await scene.house.run(
    scene.ada,
    `query ($id: ID!) { billingAccount(id: $id) { ${EVERYTHING} } me { memberships { billingAccount { name } } } }`,
    { id: scene.a.id },
  );
  expect(answer.errors).toBeUndefined();
  expect(answer.data.billingAccount.organization.billingAccounts).toHaveLength(1);
  expect(answer.data.billingAccount.memberships).toHaveLength(2);
  expect(telling(answer)).toEqual([]);
});

test('a search finds only what is the buyer’s own; staff find everything', async () => {
  const find = async (viewer: Viewer, term: string) =>
    (
      await scene.house.run(
        viewer,
        'query ($term: String!) { search(term: $term, first: 10) { __typename ... on BillingAccount { number name } } }',
        { term },
      )
    ).data.search.map((found: { number: string }) => found.number);
  for (const term of ['contoso', scene.b.number, 'bob@contoso.example', 'CONT', 'europe']) {
    expect(await find(scene.ada, term)).toEqual([]);
    expect(await find(scene.bob, term)).toEqual([scene.b.number]);
    for (const staff of [support, sales, finance, operator]) expect(await find(staff, term)).toContain(scene.b.number);
  }
  expect(await find(buyerOf(), 'contoso')).toEqual([]);
});

test('analysts read companies and nothing of people', async () => {
  const document = `query ($id: ID!) { billingAccount(id: $id) { name currency segment holds { kind } organization { name } 
    billTo { name } soldTo { name } contacts { email } memberships { role } invitations { email } agreements { version } audit { nodes { actor } } } }`;
  const answer = await scene.house.run(analyst, document, { id: scene.b.id });
  expect(answer.data.billingAccount).toEqual({
    name: 'Contoso Europe',
    currency: 'EUR',
    segment: 'COMMERCIAL',
    holds: [],
    organization: { name: 'Contoso' },
    billTo: null,
    soldTo: null,
    contacts: null,
    memberships: null,
    invitations: null,
    agreements: null,
    audit: null,
  });
  expect(answer.errors?.map(error => error.extensions.code)).toEqual(Array.from({ length: 7 }, () => 'FORBIDDEN'));
  const others = await scene.house.run(analyst, 'query ($id: ID!) { node(id: $id) { id } search(term: "contoso") { __typename } }', {
    id: scene.bob.subject,
  });
  expect(others.data).toEqual({ node: null, search: null });
});

test.each([
  ['a partner', partnerSystem, 'FORBIDDEN'],
  ['an installation', instance('gitlab.example'), 'FORBIDDEN'],
  ['nobody', anonymous, 'UNAUTHENTICATED'],
] as const)('%s is told nothing', async (_who, viewer, code) => {
  const document = `query ($id: ID!, $representations: [_Any!]!) { billingAccount(id: $id) { name } organization(id: "x") { name } node(id: $id) { id } search(term: "contoso") { __typename } me { email }
    _entities(representations: $representations) { ... on BillingAccount { name } ... on User { email } } }`;
  const representations = [
    { __typename: 'BillingAccount', id: scene.b.id },
    { __typename: 'User', id: scene.bob.subject },
  ];
  const answer = await scene.house.run(viewer, document, { id: scene.b.id, representations });
  expect(answer.data).toEqual({ billingAccount: null, organization: null, node: null, search: null, me: null, _entities: [null, null] });
  expect(new Set(answer.errors?.map(error => error.extensions.code))).toEqual(new Set([code]));
});

test('the audit trail is for those who support and control, not for buyers', async () => {
  const document = 'query ($id: ID!) { billingAccount(id: $id) { audit(first: 20) { nodes { at actor action subject reason } } } }';
  expect((await scene.house.run(scene.ada, document, { id: scene.a.id })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  expect((await scene.house.run(support, document, { id: scene.a.id })).data.billingAccount.audit.nodes.length).toBeGreaterThan(1);
});

test('buyers do not do what staff do', async () => {
  const attempts = {
    createOrganization: { name: 'x' },
    updateOrganization: { organizationId: scene.northwind.id },
    placeHold: { billingAccountId: scene.a.id, kind: 'CREDIT_HOLD', reason: 'x' },
    releaseHold: { billingAccountId: scene.a.id, kind: 'CREDIT_HOLD', reason: 'x' },
    addMember: { billingAccountId: scene.a.id, email: 'eve@northwind.example', name: 'x', role: 'OWNER' },
  };
  for (const [name, input] of Object.entries(attempts)) {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${name}(input: $input) { ${REFUSALS} } }`;
    const answer = await scene.house.run(scene.ada, document, { input: { idempotencyKey: name, ...input } });
    expect([name, answer.data[name], answer.errors?.[0]?.extensions.code]).toEqual([name, null, 'FORBIDDEN']);
  }
});

test('a hundred references are answered by one statement', async () => {
  const representations = Array.from({ length: 100 }, (_, n) => ({ __typename: 'BillingAccount', id: n % 2 ? scene.a.id : scene.b.id }));
  const before = await scene.house.statements();
  await scene.house.run(
    support,
    'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on BillingAccount { name } } }',
    { representations },
  );
  expect((await scene.house.statements()) - before).toBe(1);
});
