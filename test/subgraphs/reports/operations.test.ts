/** What is owed, how seats are used, what became of codes, and how long orders take. */
import type { AccountId } from '../../../kernel/ids';
import { addDays, day } from '../../../kernel/time';
import { openScene, type Scene, usd } from './scene';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.house.close());

interface Posting {
  readonly issuedOn: string;
  readonly total: string;
  readonly currency?: string;
  readonly orderId?: string | null;
}

async function post(accountId: AccountId, { issuedOn, total, currency = 'USD', orderId = null }: Posting) {
  const invoiceId = scene.newId('invoice');
  const dueOn = addDays(day(issuedOn), 30);
  const data = {
    invoiceId,
    accountId,
    number: 'INV-1',
    orderId,
    attempt: 1,
    issuedOn,
    dueOn,
    total: { amount: total, currency },
    lines: [],
  };
  await scene.house.receive('billing', { type: 'InvoicePosted.v1', accountId, data });
  return { invoiceId, dueOn };
}

const pay = (accountId: AccountId, invoiceId: string, amount: string, balance: string, receivedAt: string) => ({
  type: 'PaymentReceived.v1',
  accountId,
  data: { accountId, invoiceId, amount: usd(amount), balance: usd(balance), receivedAt },
});

const AGING = `query ($on: Date!) { arAging(on: $on) { buckets { bucket balance { amount } accounts } total { amount currency } } }`;
const agedOn = async (on: string) => {
  const { arAging } = await scene.ask(AGING, { on });
  const filled = arAging.buckets.filter(({ accounts }: { accounts: number }) => accounts > 0);
  return {
    total: arAging.total.amount,
    buckets: Object.fromEntries(filled.map((one: { bucket: string; balance: { amount: string } }) => [one.bucket, one.balance.amount])),
    count: arAging.buckets.length,
  };
};

const AGES = [
  [-1, 'CURRENT'],
  [0, 'CURRENT'],
  [1, 'DAYS_1_30'],
  [30, 'DAYS_1_30'],
  [31, 'DAYS_31_60'],
  [60, 'DAYS_31_60'],
  [61, 'DAYS_61_90'],
  [90, 'DAYS_61_90'],
  [91, 'DAYS_91_120'],
  [120, 'DAYS_91_120'],
  [121, 'OVER_120'],
] as const;

test('an invoice ages by the days since it was due, and is current on that day', async () => {
  const { accountId } = await scene.account();
  const { dueOn } = await post(accountId, { issuedOn: '2026-11-03', total: '100.00' });
  for (const [days, bucket] of AGES) {
    expect(await agedOn(addDays(dueOn, days))).toEqual({ total: '100.00', buckets: { [bucket]: '100.00' }, count: 6 });
  }
});

test('what was owed on a day is what was posted by then, less what was paid, credited or taken back by then', async () => {
  const { accountId } = await scene.account();
  const [paid, credited, voided, euros] = [
    await post(accountId, { issuedOn: '2026-01-10', total: '100.00' }),
    await post(accountId, { issuedOn: '2026-01-10', total: '50.00' }),
    await post(accountId, { issuedOn: '2026-01-10', total: '30.00' }),
    await post(accountId, { issuedOn: '2026-01-10', total: '10.00', currency: 'EUR' }),
  ];
  const payment = pay(accountId, paid.invoiceId, '40.00', '60.00', '2026-02-01T10:00:00Z');
  const [first] = await scene.house.receive('billing', payment, {
    type: 'CreditMemoPosted.v1',
    accountId,
    data: {
      accountId,
      invoiceId: credited.invoiceId,
      postedOn: '2026-02-02',
      applied: usd('50.00'),
      invoiceBalance: usd('0.00'),
      total: usd('80.00'),
    },
  });
  await scene.house.receive(
    'billing',
    { type: 'InvoiceVoided.v1', accountId, data: { accountId, invoiceId: voided.invoiceId, voidedOn: '2026-02-03', total: usd('30.00') } },
    {
      type: 'CreditApplied.v1',
      accountId,
      time: '2026-02-04T08:00:00.000Z',
      data: { accountId, invoiceId: paid.invoiceId, amount: usd('20.00'), balance: usd('40.00') },
    },
    { ...first! },
  );
  expect((await agedOn('2026-01-09')).total).toBe('0.00');
  expect((await agedOn('2026-01-31')).total).toBe('190.90'); // 100 + 50 + 30 + €10 × 1.09
  expect((await agedOn('2026-02-04')).total).toBe('50.90'); // 100 − 40 − 20, and €10 × 1.09
  expect(euros.dueOn).toBe('2026-02-09');
  expect((await agedOn('2026-02-10')).buckets).toEqual({ DAYS_1_30: '50.90' });
});

test('seats are used as the newest report of the last 30 days tells, each subscription for itself', async () => {
  const [school, company] = [await scene.account({ segment: 'EDUCATION' }), await scene.account()];
  const report = (accountId: AccountId, subscriptionId: string, on: string, billableUsers: number, seats: number) => ({
    type: 'SeatUsageReported.v1',
    accountId,
    data: { accountId, subscriptionId, on, billableUsers, usersMax: billableUsers, seats, instanceId: scene.newId('instance') },
  });
  const [first, second, silent] = [scene.newId('subscription'), scene.newId('subscription'), scene.newId('subscription')];
  await scene.house.receive(
    'licenses',
    report(company.accountId, first, '2027-06-01', 8, 10),
    report(company.accountId, first, '2027-06-10', 12, 10),
    report(company.accountId, first, '2027-06-10', 9, 10), // A second instance with fewer users.
    report(company.accountId, second, '2027-06-05', 1, 10),
    report(school.accountId, silent, '2027-05-16', 50, 40), // 30 days before the 15th: too old.
    report(school.accountId, silent, '2027-05-17', 45, 40),
  );
  const document = `query ($on: Date!) { seatUtilisation(on: $on, by: [SEGMENT]) { groups { keys seats billable utilisation seatsOver } } }`;
  expect((await scene.ask(document, { on: '2027-06-15' })).seatUtilisation.groups).toEqual([
    { keys: ['COMMERCIAL'], seats: 20, billable: 13, utilisation: '0.6500', seatsOver: 2 }, // 12 + 1 of 20; 12 − 10
    { keys: ['EDUCATION'], seats: 40, billable: 45, utilisation: '1.1250', seatsOver: 5 },
  ]);
  expect((await scene.ask(document, { on: '2027-06-16' })).seatUtilisation.groups).toHaveLength(1);
});

test('codes of a month are counted with what became of them', async () => {
  const { accountId } = await scene.account();
  const issue = async (time: string, activatedAt: string | null) => {
    const activationId = scene.newId('activation');
    const grants = [{ subscriptionId: scene.newId('subscription'), kind: 'CLOUD_ACTIVATION', activationId }];
    await scene.house.receive('licenses', { type: 'LicensesGranted.v1', accountId, time, data: { accountId, grants } });
    if (!activatedAt) return;
    const activated = { type: 'InstanceActivated.v1', accountId, data: { accountId, activationId, activatedAt } };
    await scene.house.receive('licenses', activated, {
      ...activated,
      data: { ...activated.data, activatedAt: '2027-06-14T00:00:00.000Z' },
    });
  };
  await issue('2027-04-30T23:59:59.999Z', null); // The month before.
  await issue('2027-05-01T00:00:00.000Z', '2027-05-02T00:00:00.000Z'); // 1 day
  await issue('2027-05-10T00:00:00.000Z', '2027-05-13T12:00:00.000Z'); // 3.5 days
  await issue('2027-05-10T00:00:00.000Z', '2027-05-20T00:00:00.000Z'); // 10 days
  await issue('2027-05-16T11:00:00.000Z', null); // 30 days and an hour ago
  await issue('2027-05-16T13:00:00.000Z', null); // not quite 30 days ago
  const document = `query { licenseActivations(month: "2027-05-20") { issued activated medianDaysToActivate notActivatedOver30Days } }`;
  expect((await scene.ask(document)).licenseActivations).toEqual({
    issued: 5,
    activated: 3,
    medianDaysToActivate: '3.5',
    notActivatedOver30Days: 1,
  });
});

test('orders take from click to fulfilled, and from the invoice to the last cent', async () => {
  const { accountId } = await scene.account();
  for (const seconds of [1, 2, 3, 40]) {
    const orderId = scene.newId('order');
    const placedAt = '2027-03-01T09:00:00.000Z';
    const fulfilled = { orderId, accountId, placedAt, fulfilledAt: new Date(Date.parse(placedAt) + seconds * 1000).toISOString() };
    const accepted = { orderId, accountId, placedAt, channel: seconds > 3 ? 'DISTRIBUTOR' : 'WEB_DIRECT' };
    // Heard in the wrong order, the channel is known all the same.
    await scene.house.receive(
      'orders',
      { type: 'OrderFulfilled.v1', accountId, data: fulfilled },
      { type: 'OrderAccepted.v1', accountId, data: accepted },
    );
    const { invoiceId } = await post(accountId, { issuedOn: '2027-03-01', total: '100.00', orderId });
    await scene.house.receive('billing', pay(accountId, invoiceId, '60.00', '40.00', '2027-03-02T00:00:00Z'));
    if (seconds > 1)
      await scene.house.receive('billing', pay(accountId, invoiceId, '40.00', '0.00', `2027-03-${10 + (seconds % 10)}T00:00:00Z`));
  }
  const document = `query { orderToCash(from: "2027-03-01", to: "2027-03-01", by: [CHANNEL]) { groups { keys placedToFulfilledSeconds { p50 p95 } invoicedToPaidDays { p50 p95 } } } }`;
  expect((await scene.ask(document)).orderToCash.groups).toEqual([
    { keys: ['DISTRIBUTOR'], placedToFulfilledSeconds: { p50: '40.000', p95: '40.000' }, invoicedToPaidDays: { p50: '9.0', p95: '9.0' } },
    // 1, 2 and 3 seconds; one invoice is not paid in full, the others after 11 and 12 days.
    { keys: ['WEB_DIRECT'], placedToFulfilledSeconds: { p50: '2.000', p95: '3.000' }, invoicedToPaidDays: { p50: '11.0', p95: '12.0' } },
  ]);
});

test('trials of a month are counted with what became of them', async () => {
  const { accountId } = await scene.account();
  const start = async (startsOn: string, convertedOn: string | null) => {
    const trialId = scene.newId('trial');
    const [started] = await scene.house.receive('subscriptions', {
      type: 'TrialStarted.v1',
      accountId,
      data: { accountId, trialId, startsOn },
    });
    if (convertedOn)
      await scene.house.receive('subscriptions', { type: 'TrialConverted.v1', accountId, data: { accountId, trialId, convertedOn } });
    await scene.house.receive('subscriptions', { ...started!, id: scene.newId('event') }); // Told again, it is the same trial.
  };
  await start('2027-04-30', '2027-05-02');
  await start('2027-05-01', '2027-06-02');
  await start('2027-05-31', null);
  await start('2027-05-20', null);
  const document = `query ($month: Date!) { trialConversion(month: $month) { started converted rate } }`;
  expect((await scene.ask(document, { month: '2027-05-15' })).trialConversion).toEqual({ started: 3, converted: 1, rate: '0.3333' }); // 1 ÷ 3
  expect((await scene.ask(document, { month: '2027-06-15' })).trialConversion).toEqual({ started: 0, converted: 0, rate: null });
});

test('bookings are the Net ARR that orders told, by type, channel and segment, in the quarter of their day', async () => {
  const { accountId } = await scene.account();
  const accept = (placedAt: string, orderType: string, channel: string, netArr: object) => {
    const orderId = scene.newId('order');
    const data = { orderId, accountId, placedAt, channel, dealType: 'DIRECT', metrics: { orderType, netArr } };
    return scene.house.receive('orders', { type: 'OrderAccepted.v1', accountId, data });
  };
  await accept('2027-01-31T23:59:59.999Z', 'GROWTH', 'WEB_DIRECT', usd('999.00')); // The last moment of FY2027.
  await accept('2027-02-01T00:00:00.000Z', 'NEW_FIRST_ORDER', 'WEB_DIRECT', usd('120000.00'));
  await accept('2027-03-10T10:00:00.000Z', 'NEW_FIRST_ORDER', 'DISTRIBUTOR', { amount: '100.00', currency: 'EUR' });
  const [last] = await accept('2027-04-30T10:00:00.000Z', 'PARTIAL_CHURN', 'WEB_DIRECT', usd('-500.00'));
  await scene.house.receive('orders', last!);
  const BOOKINGS = `query ($quarter: String, $year: Int, $by: [BookingDimension!]) { bookings(fiscalQuarter: $quarter, fiscalYear: $year, by: $by) {
    startsOn endsOn groups { keys netArr { amount } deals } total { amount }
  } }`;
  const { bookings } = await scene.ask(BOOKINGS, { quarter: 'FY2028-Q1', by: ['ORDER_TYPE', 'CHANNEL'] });
  expect(bookings).toEqual({
    startsOn: '2027-02-01',
    endsOn: '2027-05-01',
    groups: [
      { keys: ['NEW_FIRST_ORDER', 'DISTRIBUTOR'], netArr: { amount: '109.00' }, deals: 1 }, // €100 × 1.09
      { keys: ['NEW_FIRST_ORDER', 'WEB_DIRECT'], netArr: { amount: '120000.00' }, deals: 1 },
      { keys: ['PARTIAL_CHURN', 'WEB_DIRECT'], netArr: { amount: '-500.00' }, deals: 1 },
    ],
    total: { amount: '119609.00' },
  });
  expect((await scene.ask(BOOKINGS, { year: 2027 })).bookings.groups).toEqual([{ keys: [], netArr: { amount: '999.00' }, deals: 1 }]);
  for (const wrong of [{}, { year: 2027, quarter: 'FY2027-Q1' }, { year: 1999 }]) {
    await expect(scene.ask(BOOKINGS, wrong)).rejects.toThrow('fiscalYear');
  }
});
