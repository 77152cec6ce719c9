/** Q1 to Q3 in the house: the calendar looks, gives notice, asks orders for the charge, and keeps what became of it. */
import { addMonths, day, type PlainDate } from '#kernel/time';
import type { PlannedVersion } from '../../../subgraphs/orders/events/published';
import { service } from '../../support/viewers';
import { accountChanged, addition, creation, namespaceOf, openScene, order, request, type Scene, subscriptionOf } from './scene';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene('reconciliations');
});
afterEach(() => scene.house.close());

const START = day('2026-06-15');
const FIELDS = 'seats reconciliations { quarter status reason usersMax seats overageSeats chargeOn amount { amount } order { id } }';

async function dayComes(on: string): Promise<void> {
  scene.house.setClock(new Date(`${on}T00:00:10Z`));
  await scene.house.sql`select graphile_worker.add_job('keepTheCalendar', '{}'::json)`;
  await scene.house.runJobs();
}

/** A hundred seats at $100 for a year from 15 June 2026, on a group of the hosted product. */
async function sold(change: Partial<PlannedVersion> = {}): Promise<PlannedVersion> {
  const planned = creation(scene, { seats: 100, namespaceId: await namespaceOf(scene, 'acme'), ...change });
  const charges = planned.charges.map(charge => ({ ...charge, unitPrice: { amount: '100.00', currency: 'USD' as const } }));
  const created = { ...planned, charges };
  await order(scene, created);
  return created;
}

async function measure(created: PlannedVersion, seatsInUse: number, on: string): Promise<void> {
  scene.house.setClock(new Date(`${on}T12:00:00Z`));
  const { data, errors } = await scene.house.run(
    service('product'),
    'mutation ($input: ReportNamespaceUsageInput!) { reportNamespaceUsage(input: $input) { userErrors { code } } }',
    { input: { idempotencyKey: `${on} ${seatsInUse}`, namespaceId: created.namespaceId, seatsInUse, measuredAt: `${on}T06:00:00Z` } },
  );
  expect(errors ?? data.reportNamespaceUsage.userErrors).toEqual([]);
}

const told = async (type: string) => (await scene.house.announced(type)).map(({ data }) => data);

/** Orders carries out the newest request, as it does when all goes well, or stops at the card. */
async function answered(created: PlannedVersion, outcome: 'FULFILLED' | 'DECLINED') {
  const [asked] = (await told('ReconciliationRequested.v1')).slice(-1) as {
    reconciliationId: string;
    seats: number;
    effectiveOn: PlainDate;
  }[];
  const orderId = scene.newId('order');
  const about = { orderId, orderNumber: 'O-1', accountId: scene.account };
  const event = (type: string, more: object = {}) => ({ type, accountId: scene.account, data: { ...about, ...more } });
  await scene.house.receive('orders', event('ReconciliationOrdered.v1', { reconciliationId: asked!.reconciliationId }));
  const fulfil = async () => {
    const seats = addition(scene, created, asked!.seats, asked!.effectiveOn);
    const charges = seats.charges.map(charge => ({ ...charge, unitPrice: { amount: '100.00', currency: 'USD' as const } }));
    await scene.house.receive('orders', request(scene, [{ ...seats, charges }], { orderId }), event('OrderFulfilled.v1'));
  };
  const decline = () => scene.house.receive('orders', event('OrderStopped.v1', { step: 'PAYMENT', code: 'CARD_DECLINED', message: 'No.' }));
  await (outcome === 'FULFILLED' ? fulfil() : decline());
  return { fulfil, decline, event };
}

test('100 seats at $100 with 110, 105, 120 and 120 users at the quarters: $750, $0 and $250 are charged, and no fourth time', async () => {
  const created = await sold();
  await measure(created, 110, '2026-06-15');
  await dayComes('2026-09-15');
  expect(await told('ReconciliationNoticed.v1')).toMatchObject([
    { quarter: 1, usersMax: 110, seats: 100, overageSeats: 10, chargeOn: '2026-09-22', amount: { amount: '750.00', currency: 'USD' } },
  ]); // 10 × $100 × 9 ÷ 12
  await dayComes('2026-09-21');
  expect(await told('ReconciliationRequested.v1')).toEqual([]);
  await dayComes('2026-09-22');
  expect(await told('ReconciliationRequested.v1')).toMatchObject([
    { seats: 10, effectiveOn: '2026-09-15', monthsLeft: 9, amount: { amount: '750.00' } },
  ]);
  await answered(created, 'FULFILLED');
  await measure(created, 105, '2026-09-20');
  await dayComes('2026-12-15');
  await measure(created, 120, '2026-12-15');
  await dayComes('2027-03-15');
  await dayComes('2027-03-22');
  await answered(created, 'FULFILLED');
  await measure(created, 140, '2027-03-20');
  await dayComes('2027-06-15');

  const { seats, reconciliations } = await subscriptionOf(scene, created.subscriptionId, FIELDS);
  expect(seats).toBe(0); // the term is over
  expect(reconciliations).toMatchObject([
    { quarter: 3, status: 'PROCESSED', reason: 'CHARGED', usersMax: 120, seats: 110, overageSeats: 10, amount: { amount: '250.00' } },
    { quarter: 2, status: 'SKIPPED', reason: 'NO_OVERAGE', usersMax: 105, seats: 110, overageSeats: 0, amount: null },
    { quarter: 1, status: 'PROCESSED', reason: 'CHARGED', usersMax: 110, seats: 100, overageSeats: 10, amount: { amount: '750.00' } },
  ]); // quarter 3: 10 × $100 × 3 ÷ 12
  expect(await told('ReconciliationRequested.v1')).toHaveLength(2);
  const counts = await told('TermCounted.v1');
  expect(counts.findLast(count => (count as { usersMax: number }).usersMax === 120)).toMatchObject({ isReconciled: true });
});

test('a day that comes twice, and answers that come twice, give one notice, one request and one end', async () => {
  const created = await sold();
  await measure(created, 110, '2026-07-01');
  for (const on of ['2026-09-15', '2026-09-15', '2026-09-22', '2026-09-22']) await dayComes(on);
  const { event } = await answered(created, 'FULFILLED');
  await scene.house.receive('orders', event('OrderFulfilled.v1'), event('OrderFulfilled.v1'));
  expect(await told('ReconciliationNoticed.v1')).toHaveLength(1);
  expect(await told('ReconciliationRequested.v1')).toHaveLength(1);
  expect(await told('ReconciliationEnded.v1')).toMatchObject([{ status: 'PROCESSED' }]);
});

test('a card that was declined may be replaced for three months, until the next quarter has been counted', async () => {
  const created = await sold();
  await measure(created, 110, '2026-07-01');
  await dayComes('2026-09-15');
  await dayComes('2026-09-22');
  const { decline, fulfil } = await answered(created, 'DECLINED');
  const status = async () =>
    (await subscriptionOf(scene, created.subscriptionId, FIELDS)).reconciliations.map((one: { status: string; reason: string }) => [
      one.status,
      one.reason,
    ]);
  expect(await status()).toEqual([['AWAITING_CARD', 'CARD_DECLINED']]);
  // The next card is declined as well.
  await decline();
  await dayComes('2026-12-14');
  expect(await status()).toEqual([['AWAITING_CARD', 'CARD_DECLINED']]);
  await dayComes('2026-12-15');
  // The second quarter has the ten users in its own count, so they are not asked for twice.
  expect(await status()).toEqual([
    ['NOTICED', null],
    ['FAILED', 'CARD_DECLINED'],
  ]);
  expect(await told('ReconciliationEnded.v1')).toMatchObject([{ status: 'FAILED', reason: 'CARD_DECLINED', orderId: expect.any(String) }]);
  // A payment that was on its way at that moment counts, and covers what the second quarter noticed.
  await fulfil();
  await dayComes('2026-12-22');
  expect(await status()).toEqual([
    ['SKIPPED', 'COVERED'],
    ['PROCESSED', 'CHARGED'],
  ]);
});

test('the last quarter’s declined card is given up when the renewal can be placed, which trues up what is left', async () => {
  const created = await sold();
  for (const on of ['2026-07-01', '2026-10-01']) await measure(created, 100, on);
  for (const on of ['2026-09-15', '2026-12-15']) await dayComes(on);
  await measure(created, 110, '2027-01-01');
  await dayComes('2027-03-15');
  await dayComes('2027-03-22');
  await answered(created, 'DECLINED');
  await dayComes('2027-05-30');
  expect((await subscriptionOf(scene, created.subscriptionId, FIELDS)).reconciliations[0]).toMatchObject({ status: 'AWAITING_CARD' });
  await dayComes('2027-05-31'); // 15 days before 15 June 2027
  expect((await subscriptionOf(scene, created.subscriptionId, FIELDS)).reconciliations[0]).toMatchObject({
    status: 'FAILED',
    reason: 'CARD_DECLINED',
  });
  expect((await told('TermCounted.v1')).at(-1)).toMatchObject({ usersMax: 110, isReconciled: false });
});

test('what orders cannot place today is asked for again tomorrow, seven times at most', async () => {
  const created = await sold();
  await measure(created, 110, '2026-07-01');
  await dayComes('2026-09-15');
  for (let attempt = 0; attempt < 7; attempt++) {
    await dayComes(`2026-09-${22 + attempt}`);
    const [asked] = (await told('ReconciliationRequested.v1')).slice(-1) as { reconciliationId: string }[];
    const data = { ...asked, accountId: scene.account, code: 'SUBSCRIPTION_CHANGING', message: 'Later.', isRetryable: true };
    await scene.house.receive('orders', { type: 'ReconciliationRefused.v1', accountId: scene.account, data });
  }
  await dayComes('2026-09-29');
  expect(await told('ReconciliationRequested.v1')).toHaveLength(7);
  expect((await subscriptionOf(scene, created.subscriptionId, FIELDS)).reconciliations).toMatchObject([
    { status: 'FAILED', reason: 'ORDER_REFUSED' },
  ]);
});

test('an account that is held, by its newest word, is not charged: neither at the count nor after its notice', async () => {
  const created = await sold();
  await measure(created, 110, '2026-07-01');
  await dayComes('2026-09-15');
  await scene.house.receive('customers', accountChanged(scene.account, { holds: ['CREDIT_HOLD'] }));
  await dayComes('2026-09-22');
  await scene.house.receive('customers', accountChanged(scene.account, { version: 2, hasMasterAgreement: true }));
  await dayComes('2026-12-15');
  expect((await subscriptionOf(scene, created.subscriptionId, FIELDS)).reconciliations).toMatchObject([
    { quarter: 2, status: 'SKIPPED', reason: 'MASTER_AGREEMENT', overageSeats: 10 },
    { quarter: 1, status: 'SKIPPED', reason: 'CREDIT_HOLD' },
  ]);
  expect(await told('ReconciliationRequested.v1')).toEqual([]);
});

test('a reseller’s sale and an offline licence are known from their owners’ events', async () => {
  const resold = creation(scene, { seats: 100 });
  await scene.house.receive('orders', request(scene, [resold], { dealType: 'RESALE' }));
  const plan = { sku: 'premium-self-managed', name: 'Premium', tier: 'PREMIUM', deployment: 'SELF_MANAGED' };
  const offline = creation(scene, { seats: 100, plan });
  await order(scene, offline);
  const license = { accountId: scene.account, subscriptionId: offline.subscriptionId, kind: 'OFFLINE_CLOUD' };
  await scene.house.receive('licenses', { type: 'LicenseIssued.v1', accountId: scene.account, data: license });
  await dayComes('2026-09-15');
  // A customer's own instance has six days more to send its counts.
  expect((await subscriptionOf(scene, offline.subscriptionId, FIELDS)).reconciliations).toEqual([]);
  await dayComes('2026-09-21');
  expect((await subscriptionOf(scene, resold.subscriptionId, FIELDS)).reconciliations).toMatchObject([{ reason: 'RESELLER_SALE' }]);
  expect((await subscriptionOf(scene, offline.subscriptionId, FIELDS)).reconciliations).toMatchObject([{ reason: 'OFFLINE_LICENSE' }]);
});

test('the users of an instance are the highest count of the quarter, late and doubled counts included', async () => {
  const plan = { sku: 'premium-self-managed', name: 'Premium', tier: 'PREMIUM', deployment: 'SELF_MANAGED' };
  const created = creation(scene, { seats: 100, plan });
  await order(scene, created);
  const counted = (on: string, billableUsers: number, usersMax = billableUsers) => ({
    type: 'SeatUsageReported.v1',
    accountId: scene.account,
    data: {
      accountId: scene.account,
      subscriptionId: created.subscriptionId,
      instanceId: scene.newId('instance'),
      on: day(on),
      billableUsers,
      usersMax,
      seats: 100,
    },
  });
  await scene.house.receive(
    'licenses',
    counted('2026-08-01', 104),
    counted('2026-09-15', 130),
    counted('2026-07-01', 103, 104),
    counted('2026-08-01', 102, 104),
  );
  await dayComes('2026-09-20');
  await scene.house.receive('licenses', counted('2026-09-14', 107, 130));
  await dayComes('2026-09-21');
  // The count of 15 September is of the second quarter.
  expect(await told('ReconciliationNoticed.v1')).toMatchObject([{ usersMax: 107, overageSeats: 7 }]);
  expect((await told('TermCounted.v1')).map(count => (count as { usersMax: number }).usersMax)).toEqual([104, 130]);
});

test('a quarter that nobody counted, and a term that is no year, are skipped with their reason', async () => {
  const uncounted = await sold();
  const halfYear = creation(scene, { term: { startsOn: START, endsOn: addMonths(START, 6), months: 6 } });
  const ramp = creation(scene, { term: { startsOn: START, endsOn: addMonths(START, 36), months: 36 } });
  await order(scene, halfYear, ramp);
  await dayComes('2026-09-15');
  const reasonOf = async (of: PlannedVersion) => (await subscriptionOf(scene, of.subscriptionId, FIELDS)).reconciliations[0].reason;
  expect([await reasonOf(uncounted), await reasonOf(halfYear), await reasonOf(ramp)]).toEqual([
    'NOT_COUNTED',
    'NOT_TWELVE_MONTHS',
    'MULTI_YEAR',
  ]);
});
