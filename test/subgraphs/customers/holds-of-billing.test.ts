import { finance, support } from '../../support/viewers';
import { mutate, openScene } from './scene';

let scene: Awaited<ReturnType<typeof openScene>>;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene?.house.close());

let minutes = 0;
const billingSays = (type: string, accountId: typeof scene.a.id, data: object) => {
  // A minute goes by before each, so that the trail has the order in which things were done.
  scene.house.setClock(new Date(`2026-06-15T12:${String(++minutes).padStart(2, '0')}:00Z`));
  return scene.house.receive('billing', { type, accountId, data: { accountId, hold: 'SUPPORT', ...data } });
};
const overdue = (accountId: typeof scene.a.id) =>
  billingSays('AccountOverdue.v1', accountId, { oldestDueOn: '2026-03-15', daysOverdue: 91, invoices: [] });
const settled = (accountId: typeof scene.a.id) => billingSays('AccountSettled.v1', accountId, { settledOn: '2026-06-15' });

const read = async (id: string) => {
  const { data } = await scene.house.run(
    support,
    'query ($id: ID!) { billingAccount(id: $id) { version holds { kind since } audit(first: 1) { nodes { action reason fields } } } }',
    { id },
  );
  return { ...data.billingAccount, audit: data.billingAccount.audit.nodes[0] };
};
const announcedHolds = async (id: string) =>
  (await scene.house.announced('BillingAccountChanged.v1'))
    .filter(event => event.subject === id)
    .map(event => (event.data as { holds: string[] }).holds);

test('an account that is more than 90 days overdue is held for support, and free once it has settled', async () => {
  const { account } = await scene.open({});
  const [told] = await overdue(account.id);
  expect(await read(account.id)).toEqual({
    version: 2,
    holds: [{ kind: 'SUPPORT_HOLD', since: '2026-06-15T12:01:00.000Z' }],
    audit: { action: 'HOLD_PLACED', reason: 'Unpaid since 2026-03-15, 91 days overdue.', fields: ['SUPPORT_HOLD'] },
  });
  await scene.house.receive('billing', told!);
  expect((await read(account.id)).version).toBe(2);

  await settled(account.id);
  await settled(account.id);
  expect(await read(account.id)).toEqual({
    version: 3,
    holds: [],
    audit: { action: 'HOLD_RELEASED', reason: 'Settled on 2026-06-15.', fields: ['SUPPORT_HOLD'] },
  });
  // The neighbours, who refuse purchases of an account on hold, hear of both.
  expect(await announcedHolds(account.id)).toEqual([[], ['SUPPORT_HOLD'], []]);
});

test('a support hold that staff placed is not lifted by a payment', async () => {
  const { account } = await scene.open({});
  const hold = { billingAccountId: account.id, kind: 'SUPPORT_HOLD', reason: 'Abuse' };
  await mutate(scene.house, finance, 'placeHold', hold, 'billingAccount { version }');
  await overdue(account.id);
  await settled(account.id);
  expect((await read(account.id)).holds).toMatchObject([{ kind: 'SUPPORT_HOLD' }]);
});

test('a hold that staff lifted early is not missed when the account settles', async () => {
  const { account } = await scene.open({});
  await overdue(account.id);
  const lift = { billingAccountId: account.id, kind: 'SUPPORT_HOLD', reason: 'A payment plan was agreed' };
  await mutate(scene.house, finance, 'releaseHold', lift, 'billingAccount { version }');
  await settled(account.id);
  expect(await read(account.id)).toMatchObject({ version: 3, holds: [] });
});
