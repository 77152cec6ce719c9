import type { Viewer } from '../../../kernel/auth/viewer';
import { analyst, anonymous, buyerOf, finance, instance, operator, partner, sales, service, support } from '../../support/viewers';
import { activate, granted, newId, newPurchase, openLicenses, report, representing, SUBSCRIPTION } from './scene';

let house: Awaited<ReturnType<typeof openLicenses>>;
const purchase = newPurchase();
let code: string;
let license: { readonly id: string; readonly key: string };

beforeAll(async () => {
  house = await openLicenses();
  code = await granted(house, purchase);
  license = (await activate(house, code)).license;
  await report(house, license.id);
});
afterAll(() => house.close());

const LICENSE = 'query ($id: ID!) { license(id: $id) { id key } }';
const ENTITY = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on License { id status expiresOn } } }';
const owner = buyerOf(purchase.accountId);

test('the owner sees the code, the key and the seats', async () => {
  const { data } = await house.run(owner, SUBSCRIPTION, representing(purchase.subscriptionId));
  expect(data._entities[0]).toMatchObject({
    activation: {
      code,
      instancesActivated: 1,
      instances: [{ hostname: 'git.example.com', version: '18.4.1', lastSyncAt: '2026-06-15T12:00:00.000Z' }],
    },
    licenses: [{ id: license.id, key: license.key, status: 'CURRENT' }],
    seatUsage: [{ on: '2026-06-15', billable: 8 }],
  });
  expect((await house.run(owner, LICENSE, { id: license.id })).data.license).toEqual({ id: license.id, key: license.key });
});

test('support finds a licence by its id', async () => {
  expect((await house.run(support, ENTITY, representing(license.id, 'License'))).data._entities).toEqual([
    { id: license.id, status: 'CURRENT', expiresOn: '2027-01-01' },
  ]);
});

const strangers: readonly (readonly [string, Viewer])[] = [
  ['another buyer', buyerOf(newId('account'))],
  ['a partner', partner(newId('partner'), 'customer:read', 'marketplace.order:read')],
  ['an instance', instance('instance-1')],
  ['an analyst', analyst],
  ['a process', service('orders')],
  ['nobody', anonymous],
];

test.each(strangers)('for %s there is no such subscription and no such licence', async (_, viewer) => {
  const answers = [
    await house.run(viewer, SUBSCRIPTION, representing(purchase.subscriptionId)),
    await house.run(viewer, ENTITY, representing(license.id, 'License')),
    await house.run(viewer, LICENSE, { id: license.id }),
  ];
  expect(answers.map(answer => answer.data?._entities ?? answer.data?.license)).toEqual([[null], [null], null]);
  const told = JSON.stringify(answers);
  expect([code, license.key, 'git.example.com', 'sold@example.com'].filter(secret => told.includes(secret))).toEqual([]);
});

test.each([
  ['sales', sales],
  ['finance', finance],
  ['an operator', operator],
])('%s sees the licence, and neither its key nor the code', async (_, viewer) => {
  const { data, errors } = await house.run(viewer, SUBSCRIPTION, representing(purchase.subscriptionId));
  expect(data._entities[0]).toMatchObject({ activation: { code: null, instancesActivated: 1 }, licenses: [{ id: license.id, key: null }] });
  expect(new Set(errors?.map(error => error.extensions.code))).toEqual(new Set(['FORBIDDEN']));
});

test('a buyer who also works in sales reads the codes of its own account only', async () => {
  const both: Viewer = { ...buyerOf(newId('account')), roles: ['BUYER', 'SALES'] };
  const { data } = await house.run(both, SUBSCRIPTION, representing(purchase.subscriptionId));
  expect(data._entities[0]).toMatchObject({ activation: { code: null }, licenses: [{ key: null }] });
});

test.each(['', 'lic_', 'sub_00000000000000000000000000000000', "lic_' or 1=1", 'x'.repeat(10_000)])('%p is no licence', async id => {
  const { data, errors } = await house.run(owner, LICENSE, { id });
  expect([data.license, errors]).toEqual([null, undefined]);
});

test('50 subscriptions are read with a bounded number of queries', async () => {
  const before = await house.statements();
  const of = Array.from({ length: 50 }, () => ({ __typename: 'Subscription', id: newId('subscription') }));
  await house.run(owner, SUBSCRIPTION, { of: [...of, { __typename: 'Subscription', id: purchase.subscriptionId }] });
  expect((await house.statements()) - before).toBeLessThanOrEqual(8);
});
