import { idFromUuid, uuidOf } from '#kernel/ids';
import { licenses } from '../../../subgraphs/licenses/server';
import { openTestHouse } from '../../support/house';
import { instance, support } from '../../support/viewers';
import {
  activate,
  granted,
  lookedAt,
  newPurchase,
  openLicenses,
  type Purchase,
  report,
  representing,
  SUBSCRIPTION,
  versionCreated,
} from './scene';

let house: Awaited<ReturnType<typeof openLicenses>>;
beforeAll(async () => {
  house = await openLicenses();
});
afterAll(() => house.close());
beforeEach(() => house.setClock(new Date('2026-06-15T12:00:00.000Z')));

async function activated(
  told: Parameters<typeof granted>[2] = {},
): Promise<Purchase & { readonly licenseId: string; readonly code: string }> {
  const purchase = newPurchase();
  const code = await granted(house, purchase, told);
  return { ...purchase, code, licenseId: (await activate(house, code)).license.id };
}

const usageOf = async ({ subscriptionId }: Purchase) =>
  (await house.run(support, SUBSCRIPTION, representing(subscriptionId))).data._entities[0].seatUsage;
const reportsOf = async ({ accountId }: Purchase) =>
  (await house.announced('SeatUsageReported.v1')).filter(event => event.accountId === accountId);

test('a report is kept, announced, and answered with the day of the next reconciliation', async () => {
  const purchase = await activated();
  const answer = await report(house, purchase.licenseId);
  expect(answer).toMatchObject({ code: null, license: null, nextReconciliationOn: '2026-07-07' }); // quarter 2 ends on 1 July, and 6 days
  expect(await usageOf(purchase)).toEqual([{ on: '2026-06-15', billable: 8, max: 9, seats: 10, overage: 0 }]);
  expect((await reportsOf(purchase)).map(event => event.data)).toEqual([
    expect.objectContaining({ on: '2026-06-15', billableUsers: 8, usersMax: 9, seats: 10 }),
  ]);
});

test('a day that is sent again changes nothing and gets the same answer, even with other numbers', async () => {
  const purchase = await activated();
  const [first, ...others] = await Promise.all([1, 2, 3].map(() => report(house, purchase.licenseId)));
  expect(others).toEqual([first, first]);
  await report(house, purchase.licenseId, { billableUsers: 500, maxHistoricalUsers: 500, version: '99' });
  expect(await usageOf(purchase)).toEqual([{ on: '2026-06-15', billable: 8, max: 9, seats: 10, overage: 0 }]);
  expect(await reportsOf(purchase)).toHaveLength(1);
});

test('an instance hears of added seats with its next report, by a newer licence', async () => {
  const purchase = await activated();
  await house.receive('subscriptions', versionCreated(purchase, { version: 2, seats: [10, 5] }));
  const { license } = await report(house, purchase.licenseId);
  expect(license.id).not.toBe(purchase.licenseId);
  const { data } = await house.run(support, SUBSCRIPTION, representing(purchase.subscriptionId));
  expect(data._entities[0].licenses.map((row: { seats: number; generatedFrom: string }) => [row.seats, row.generatedFrom])).toEqual([
    [15, 'SEAT_SYNC'],
    [10, 'ACTIVATION'],
  ]);
  expect((await report(house, license.id, { on: '2026-06-14' })).license).toBeNull();
  expect((await report(house, purchase.licenseId, { on: '2026-06-13' })).license.id).toBe(license.id);
});

test('a cancelled subscription delivers a licence that has expired', async () => {
  const purchase = await activated();
  await house.receive('subscriptions', versionCreated(purchase, { version: 2, status: 'CANCELLED' }));
  const answer = await report(house, purchase.licenseId);
  expect(answer).toMatchObject({ license: { expiresOn: '2026-06-15' }, nextReconciliationOn: null });
  const { data } = await house.run(support, SUBSCRIPTION, representing(purchase.subscriptionId));
  expect(data._entities[0].licenses[0]).toMatchObject({ status: 'EXPIRED', generatedFrom: 'CANCELLATION' });
});

test('max users never falls within a term, and overage is what they are above the seats', async () => {
  const purchase = await activated();
  await report(house, purchase.licenseId, { on: '2026-06-13', billableUsers: 12, maxHistoricalUsers: 12 });
  await report(house, purchase.licenseId, { on: '2026-06-15', billableUsers: 8, maxHistoricalUsers: 11 });
  expect(await usageOf(purchase)).toEqual([
    { on: '2026-06-15', billable: 8, max: 12, seats: 10, overage: 2 }, // 12 − 10
    { on: '2026-06-13', billable: 12, max: 12, seats: 10, overage: 2 },
  ]);
});

test('a report that comes late still counts for the days after it', async () => {
  const purchase = await activated();
  await report(house, purchase.licenseId, { on: '2026-06-15' });
  await report(house, purchase.licenseId, { on: '2026-06-10', billableUsers: 14, maxHistoricalUsers: 14 });
  expect((await usageOf(purchase))[0]).toMatchObject({ on: '2026-06-15', billable: 8, max: 14 });
});

test('a new term resets max users', async () => {
  const purchase = await activated();
  await report(house, purchase.licenseId, { billableUsers: 40, maxHistoricalUsers: 40 });
  house.setClock(new Date('2027-01-02T03:00:00.000Z'));
  await house.receive('subscriptions', versionCreated(purchase, { version: 2, seats: [20], startsOn: '2027-01-01', endsOn: '2028-01-01' }));
  const { license } = await report(house, purchase.licenseId, { on: '2027-01-02', billableUsers: 12, maxHistoricalUsers: 40 });
  expect(license.expiresOn).toBe('2028-01-01');
  expect((await usageOf(purchase)).map((row: { max: number; seats: number }) => [row.max, row.seats])).toEqual([
    [12, 20],
    [40, 10],
  ]); // prettier-ignore
});

test('instances of one code have the same users: their counts are compared, not added', async () => {
  const purchase = await activated();
  await activate(house, purchase.code, 'instance-2');
  await report(house, purchase.licenseId, { billableUsers: 7, maxHistoricalUsers: 7 });
  await report(house, purchase.licenseId, { billableUsers: 9, maxHistoricalUsers: 9 }, 'instance-2');
  expect(await usageOf(purchase)).toEqual([{ on: '2026-06-15', billable: 9, max: 9, seats: 10, overage: 0 }]);
});

test.each([
  [{ on: '2026-06-16' }, null],
  [{ on: '2026-06-17' }, 'REPORT_IN_FUTURE'],
  [{ on: '2025-12-01' }, 'REPORT_TOO_OLD'],
  [{ billableUsers: -1 }, 'USERS_OUT_OF_RANGE'],
  [{ maxHistoricalUsers: 2_000_000_000 }, 'USERS_OUT_OF_RANGE'],
  [{ version: '' }, 'INPUT_INVALID'],
  [{ addOns: [{ sku: 'assistant', purchased: 5, assigned: -1 }] }, 'INPUT_INVALID'],
  [{ addOns: [{ sku: 'assistant', purchased: 5, assigned: 3 }] }, null],
  [{ licenseId: 'lic_00000000000000000000000000000000' }, 'LICENSE_NOT_FOUND'],
  [{ licenseId: "' or 1=1" }, 'LICENSE_NOT_FOUND'],
  [{ instanceId: 'instance-2' }, 'NOT_PERMITTED'],
])('a report with %j answers %s', async (change, refusal) => {
  const { licenseId } = await activated();
  expect((await report(house, licenseId, change)).code).toBe(refusal);
});

test("another customer's licence is as good as none", async () => {
  const own = await activated();
  const another = await activated();
  await activate(house, another.code, 'stranger');
  expect((await report(house, own.licenseId, {}, 'stranger')).code).toBe('LICENSE_NOT_FOUND');
  expect(await usageOf(own)).toEqual([]);
});

test('what was issued and what was counted cannot be edited', async () => {
  const { licenseId } = await activated();
  await report(house, licenseId);
  await expect(house.sql`update licenses set seats = 1000`).rejects.toThrow();
  await expect(house.sql`delete from seat_reports`).rejects.toThrow();
});

test('a page of usage is bounded', async () => {
  const { subscriptionId } = await activated();
  const document =
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Subscription { seatUsage(last: 1000000) { on } licenses(first: 0) { id } } } }';
  const { errors } = await house.run(support, document, representing(subscriptionId));
  expect(errors?.map(error => error.extensions.code)).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT']);
});

test('an instance with a licence file does not report its seats', async () => {
  const purchase = await activated();
  await house.sql`insert into licenses
    select (jsonb_populate_record(licenses, '{"id": "01890000-0000-7000-8000-00000000abcd", "revision": 2, "kind": "OFFLINE_CLOUD"}')).*
    from licenses where id = ${uuidOf(purchase.licenseId)}`;
  expect(await report(house, idFromUuid('license', '01890000-0000-7000-8000-00000000abcd'))).toMatchObject({
    code: 'LICENSE_DOES_NOT_SYNC',
    license: null,
  });
  expect(await reportsOf(purchase)).toEqual([]);
});

const alertsOf = async ({ accountId }: Purchase) =>
  (await house.announced('SeatAlertRaised.v1')).filter(event => event.accountId === accountId).map(event => event.data);

test.each([
  [15, 13, 14], // 1 left
  [16, 13, 14], // 2 left
  [25, 22, 23],
  [26, 23, 24], // 10 % of 26 is 2.6
  [99, 89, 90], // 9 left
  [100, 91, 92], // 8 left: 8 %
  [999, 919, 920], // 79 left
  [1000, 949, 950], // 50 left: 5 %
])('with %i seats nobody is told at %i users, and Sold-To is told at %i', async (seats, quiet, due) => {
  const purchase = await activated({ seats: [seats] });
  await report(house, purchase.licenseId, { on: '2026-06-13', billableUsers: quiet, maxHistoricalUsers: quiet });
  expect(await alertsOf(purchase)).toEqual([]);
  await report(house, purchase.licenseId, { on: '2026-06-14', billableUsers: due, maxHistoricalUsers: due });
  expect(await alertsOf(purchase)).toEqual([expect.objectContaining({ level: 'FEW_LEFT', users: due, seats })]);
});

test('an alert is raised and mailed once for a term and its seats, again when none is left, and anew after more were bought', async () => {
  const purchase = await activated({ seats: [10] });
  const count = (on: string, billableUsers: number) =>
    report(house, purchase.licenseId, { on, billableUsers, maxHistoricalUsers: billableUsers });
  for (const [on, users] of [
    ['2026-06-10', 9],
    ['2026-06-11', 9],
    ['2026-06-12', 10],
    ['2026-06-13', 12],
  ] as const)
    await count(on, users);
  await house.receive('subscriptions', versionCreated(purchase, { version: 2, seats: [10, 5] }));
  await count('2026-06-15', 14);
  expect((await alertsOf(purchase)).map(data => [(data as { level: string }).level, (data as { seats: number }).seats])).toEqual([
    ['FEW_LEFT', 10],
    ['NONE_LEFT', 10],
    ['FEW_LEFT', 15],
  ]);
  await house.runJobs();
  const { seatAlert, deliveries } = await lookedAt(
    house,
    purchase,
    'seatAlert { level users seats raisedOn } deliveries { purpose subject text }',
  );
  expect(seatAlert).toEqual({ level: 'FEW_LEFT', users: 14, seats: 15, raisedOn: '2026-06-15' });
  expect(deliveries.map((row: { subject: string }) => row.subject.split(' (')[0]).toSorted()).toEqual([
    'Few seats are left',
    'Few seats are left',
    'No seats are left',
  ]);
  expect(deliveries.filter((row: { text: string }) => row.text.includes('1 of 15 seats is left.'))).toHaveLength(1); // 15 − 14
});

test('reports that arrive together are taken together, each with its own answer and its own thread', async () => {
  const purchases = await Promise.all(Array.from({ length: 8 }, () => activated()));
  const before = await house.statements();
  const answers = await Promise.all([
    ...purchases.map(({ licenseId }) => report(house, licenseId)),
    report(house, purchases[0]!.licenseId), // a resend in the same batch
    report(house, purchases[1]!.licenseId, { billableUsers: -1 }),
    report(house, 'lic_00000000000000000000000000000000'),
  ]);
  const statements = (await house.statements()) - before;
  expect(answers.map(answer => answer.code)).toEqual([...Array(9).fill(null), 'USERS_OUT_OF_RANGE', 'LICENSE_NOT_FOUND']);
  expect(statements).toBeLessThan(8 * 8); // one by one it would be more than eight each
  const told = (await Promise.all(purchases.map(reportsOf))).flat();
  expect([told.length, new Set(told.map(event => event.correlationId)).size]).toEqual([8, 8]);
});

test('when too many report at once, an instance is told when to come back', async () => {
  const { licenseId } = await activated();
  const syncs = { ask: async () => ({ comeBackAfterSeconds: 17 }) };
  const busy = await openTestHouse({ ...licenses, services: () => ({ syncs }) });
  const document = `mutation ($input: ReportSeatUsageInput!) { reportSeatUsage(input: $input) {
    license { id } comeBackAfterSeconds userErrors { code message retryable } } }`;
  const counts = { on: '2026-06-15', billableUsers: 8, maxHistoricalUsers: 9, version: '18', hostname: 'h' };
  const { data } = await busy.run(instance('i'), document, { input: { instanceId: 'i', licenseId, ...counts } });
  await busy.close();
  expect(data.reportSeatUsage).toEqual({
    license: null,
    comeBackAfterSeconds: 17,
    userErrors: [{ code: 'BUSY', message: 'Too many instances report at this moment. Come back in 17 seconds.', retryable: true }],
  });
});
