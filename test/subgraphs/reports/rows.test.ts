/** Every number drills down to its rows, and the rows come to the number: added up here, by hand. */
import { openScene, type Scene, usd } from './scene';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  await tellBusiness();
});
afterAll(() => scene.house.close());

type Row = Readonly<Record<string, never>>;
const minorOf = ({ amount }: { readonly amount: string }): bigint => BigInt(amount.replace('.', ''));
const total = (rows: readonly Row[], field: string, which: (row: Row) => boolean = () => true): bigint =>
  rows.filter(which).reduce((sum, row) => sum + minorOf(row[field]!), 0n);
const counted = (rows: readonly Row[], field: string): number => rows.reduce((sum, row) => sum + row[field]!, 0);

/** All rows, page by page, so that paging is a part of what is added up. */
async function rowsOf(document: (page: string) => string): Promise<{ readonly report: Row; readonly rows: readonly Row[] }> {
  const rows: Row[] = [];
  for (let after: string | null = null; ; ) {
    const asked: string = document(`first: 3${after ? `, after: ${JSON.stringify(after)}` : ''}`);
    const [answer] = Object.values(await scene.ask(asked)) as [never];
    const report: { rows: { nodes: Row[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } = Array.isArray(answer)
      ? answer[0]
      : answer;
    rows.push(...report.rows.nodes);
    if (!report.rows.pageInfo.hasNextPage) return { report: report as never, rows };
    after = report.rows.pageInfo.endCursor;
  }
}

const PAGE = 'pageInfo { hasNextPage endCursor }';
const MOVED = 'opening { amount } new { amount } expansion { amount } contraction { amount } churn { amount } closing { amount }';

test('ARR is the sum of its charges, in every group', async () => {
  const { report, rows } = await rowsOf(
    page => `{ arr(month: "2026-08-01", by: [TIER, SEGMENT]) { total { amount } groups { keys arr { amount } seats }
      rows(${page}) { nodes { subscriptionName tier segment quantity arr { amount } } ${PAGE} } } }`,
  );
  expect(rows).toHaveLength(8); // 10, 25, 12, 50, 7 and 3, 11 and 2 seats
  expect(total(rows, 'arr')).toBe(minorOf(report['total']!));
  for (const { keys, arr } of report['groups'] as unknown as readonly { keys: string[]; arr: { amount: string } }[])
    expect(total(rows, 'arr', row => row['tier'] === keys[0] && row['segment'] === keys[1])).toBe(minorOf(arr));
});

test.each([
  ['mrrRollforward', 'mrrRollforward(from: "2026-07-01", to: "2026-07-31")'],
  ['arrMovements', 'arrMovements(month: "2026-07-01")'],
])('each movement of %s is the sum of the companies that moved so', async (name, asked) => {
  const parts = name === 'arrMovements' ? 'seats { amount } price { amount } tier { amount }' : '';
  const { report, rows } = await rowsOf(
    page => `{ ${asked} { ${MOVED} ${parts}
      rows(${page}) { nodes { organization { id } movement opening { amount } closing { amount } ${parts} } ${PAGE} } } }`,
  );
  const moved = (movement: string) =>
    total(rows, 'closing', row => row['movement'] === movement) - total(rows, 'opening', row => row['movement'] === movement);
  expect({
    opening: total(rows, 'opening'),
    new: moved('NEW'),
    expansion: moved('EXPANSION'),
    contraction: -moved('CONTRACTION'),
    churn: -moved('CHURN'),
    closing: total(rows, 'closing'),
  }).toEqual(
    Object.fromEntries(['opening', 'new', 'expansion', 'contraction', 'churn', 'closing'].map(part => [part, minorOf(report[part]!)])),
  );
  for (const movement of ['NEW', 'EXPANSION', 'CONTRACTION', 'CHURN']) expect(rows.map(row => row['movement'])).toContain(movement);
  if (parts) {
    for (const part of ['seats', 'price', 'tier']) expect([part, total(rows, part)]).toEqual([part, minorOf(report[part]!)]);
    expect(total(rows, 'seats') + total(rows, 'price') + total(rows, 'tier')).toBe(moved('EXPANSION') + moved('CONTRACTION'));
  }
});

test('retention is counted from the parents that had revenue a year before', async () => {
  const { report, rows } = await rowsOf(
    page => `{ retention(month: "2027-06-01") { ndr gdr organizationsChurned
      rows(${page}) { nodes { organization { id } yearBefore { amount } now { amount } kept { amount } } ${PAGE} } } }`,
  );
  const [before, now, kept] = [total(rows, 'yearBefore'), total(rows, 'now'), total(rows, 'kept')];
  expect(Number(report['ndr'])).toBeCloseTo(Number(now) / Number(before), 4);
  expect(Number(report['gdr'])).toBeCloseTo(Number(kept) / Number(before), 4);
  expect(rows.filter(row => minorOf(row['now']!) === 0n)).toHaveLength(report['organizationsChurned']!);
});

test('bookings are the sum of their orders, by partner as well', async () => {
  const { report, rows } = await rowsOf(
    page => `{ bookings(fiscalYear: 2027, by: [CHANNEL, PARTNER]) { total { amount } groups { keys netArr { amount } deals }
      rows(${page}) { nodes { id channel partner netArr { amount } } ${PAGE} } } }`,
  );
  expect(report['groups']).toEqual([
    { keys: ['DISTRIBUTOR', 'Contoso Resale'], netArr: { amount: '700.00' }, deals: 2 }, // 300 + 400
    { keys: ['DISTRIBUTOR', 'Fabrikam'], netArr: { amount: '500.00' }, deals: 1 },
    { keys: ['WEB_DIRECT', 'NONE'], netArr: { amount: '300.00' }, deals: 2 }, // 100 + 200
  ]);
  expect(total(rows, 'netArr')).toBe(minorOf(report['total']!));
});

test('what can be renewed is the sum of its terms', async () => {
  const { availableToRenew } = await scene.ask(`{ availableToRenew(fiscalQuarter: "FY2027-Q4") { atr { amount } renewed { amount }
    subscriptions(first: 100) { nodes { basis { amount } renewed { amount } } } } }`);
  const rows: Row[] = availableToRenew.subscriptions.nodes;
  expect(rows.length).toBeGreaterThan(1);
  expect(total(rows, 'basis')).toBe(minorOf(availableToRenew.atr));
  expect(total(rows, 'renewed', row => row['renewed'] !== null)).toBe(minorOf(availableToRenew.renewed));
});

test('what is owed is the sum of its invoices, in every bucket', async () => {
  const { report, rows } = await rowsOf(
    page => `{ arAging(on: "2026-08-01") { total { amount } buckets { bucket balance { amount } }
      rows(${page}) { nodes { number bucket daysOverdue balance { amount } } ${PAGE} } } }`,
  );
  expect(rows.length).toBeGreaterThan(3);
  expect(total(rows, 'balance')).toBe(minorOf(report['total']!));
  for (const { bucket, balance } of report['buckets'] as unknown as readonly { bucket: string; balance: { amount: string } }[])
    expect(total(rows, 'balance', row => row['bucket'] === bucket)).toBe(minorOf(balance));
});

test('seats, codes, trials and times are counted from their rows', async () => {
  const seats = await rowsOf(
    page =>
      `{ seatUtilisation(on: "2026-08-01") { groups { seats billable seatsOver } rows(${page}) { nodes { id seats billable seatsOver } ${PAGE} } } }`,
  );
  const [group] = seats.report['groups'] as unknown as readonly [object];
  expect(group).toEqual({
    seats: counted(seats.rows, 'seats'),
    billable: counted(seats.rows, 'billable'),
    seatsOver: counted(seats.rows, 'seatsOver'),
  });

  const codes = await rowsOf(
    page => `{ licenseActivations(month: "2026-07-01") { issued activated rows(${page}) { nodes { id issuedAt activatedAt } ${PAGE} } } }`,
  );
  expect([codes.rows.length, codes.rows.filter(row => row['activatedAt'] !== null).length]).toEqual([
    codes.report['issued'],
    codes.report['activated'],
  ]);

  const trials = await rowsOf(
    page => `{ trialConversion(month: "2026-07-01") { started converted rows(${page}) { nodes { id startedOn convertedOn } ${PAGE} } } }`,
  );
  expect([trials.rows.length, trials.rows.filter(row => row['convertedOn'] !== null).length]).toEqual([
    trials.report['started'],
    trials.report['converted'],
  ]);

  const lags = await rowsOf(
    page => `{ orderToCash(from: "2026-07-01", to: "2026-07-31") { groups { placedToFulfilledSeconds { p50 } invoicedToPaidDays { p95 } }
      rows(${page}) { nodes { id seconds days } ${PAGE} } } }`,
  );
  const sorted = lags.rows.map(row => Number(row['seconds'])).toSorted((a, b) => a - b);
  const [times] = lags.report['groups'] as unknown as readonly [{ placedToFulfilledSeconds: { p50: string } }];
  expect(Number(times.placedToFulfilledSeconds.p50)).toBe(sorted[Math.ceil(sorted.length / 2) - 1]);
});

/** Eight companies that buy, grow, shrink, leave and owe, and what else is told of them. */
async function tellBusiness(): Promise<void> {
  const partners = { resale: scene.newId('partner'), other: scene.newId('partner') };
  await tellPartner(partners.resale, 'Contoso Resale');
  await tellPartner(partners.other, 'Fabrikam');
  const year = { startsOn: '2026-01-01', endsOn: '2027-01-01' };
  const half = { startsOn: '2026-07-05', endsOn: '2027-01-01' };
  // What each had from January on, and what it has from July on.
  const courses = [
    { was: [10], is: [10] },
    { was: [20], is: [25] },
    { was: [30], is: [12] },
    { was: [40], is: [] },
    { was: [], is: [50] },
    { was: [7, 3], is: [7, 3] },
    { was: [11], is: [11], also: 'code-assistant' },
  ];
  for (const [number, { was, is, also }] of courses.entries()) {
    const { accountId } = await scene.account({ segment: number % 2 ? 'EDUCATION' : 'COMMERCIAL' });
    const { subscriptionId, tell } = scene.subscription(accountId);
    const before = was.map((quantity, nth) => scene.charge({ ...year, quantity, sku: nth ? 'ultimate-saas' : 'premium-saas' }));
    const after = is.map((quantity, nth) =>
      quantity === was[nth] ? before[nth]! : scene.charge({ ...half, quantity, sku: nth ? 'ultimate-saas' : 'premium-saas' }),
    );
    const ended = before.filter(charge => !after.includes(charge)).map(charge => ({ ...charge, endsOn: half.startsOn }));
    const added = also ? [scene.charge({ ...half, quantity: 2, sku: also, kind: 'ADD_ON' })] : [];
    const term = { term: { ...year, months: 12, kind: 'INITIAL' } };
    if (before.length > 0) await tell('2026-01-01', before, term);
    await tell('2026-07-05', [...ended, ...after, ...added], term);
    if (number < 2) await tell('2026-12-20', [...after, scene.charge({ startsOn: '2027-01-01', endsOn: '2028-01-01', quantity: 12 })]);
    await tellUse(accountId, subscriptionId, number);
  }
  await tellOrders(partners);
}

const tellPartner = (partnerId: string, name: string) =>
  scene.house.receive('partners', {
    type: 'PartnerChanged.v1',
    data: { partnerId, version: 1, name, kind: 'RESELLER', track: 'OPEN', isActive: true },
  });

async function tellUse(
  accountId: Awaited<ReturnType<Scene['account']>>['accountId'],
  subscriptionId: string,
  number: number,
): Promise<void> {
  const invoiceId = scene.newId('invoice');
  const activationId = scene.newId('activation');
  const trialId = scene.newId('trial');
  const dueOn = `2026-0${1 + number}-20`;
  const posted = {
    invoiceId,
    accountId,
    number: `INV-${number}`,
    orderId: null,
    attempt: 1,
    issuedOn: '2026-01-01',
    dueOn,
    total: usd(`${100 + number}.00`),
    lines: [],
  };
  await scene.house.receive('billing', { type: 'InvoicePosted.v1', accountId, data: posted });
  const time = '2026-07-10T10:00:00.000Z';
  const grants = [{ subscriptionId, kind: 'CLOUD_ACTIVATION', activationId }];
  await scene.house.receive('licenses', { type: 'LicensesGranted.v1', accountId, time, data: { accountId, grants } });
  if (number % 2)
    await scene.house.receive('licenses', {
      type: 'InstanceActivated.v1',
      accountId,
      data: { accountId, activationId, activatedAt: time },
    });
  const used = {
    accountId,
    subscriptionId,
    on: '2026-07-20',
    billableUsers: 8 + number,
    usersMax: 20,
    seats: 10,
    instanceId: scene.newId('instance'),
  };
  await scene.house.receive('licenses', { type: 'SeatUsageReported.v1', accountId, data: used });
  await scene.house.receive('subscriptions', { type: 'TrialStarted.v1', accountId, data: { accountId, trialId, startsOn: '2026-07-03' } });
  if (number % 3 === 0)
    await scene.house.receive('subscriptions', {
      type: 'TrialConverted.v1',
      accountId,
      data: { accountId, trialId, convertedOn: '2026-07-30' },
    });
}

async function tellOrders({ resale, other }: { readonly resale: string; readonly other: string }): Promise<void> {
  const { accountId } = await scene.account();
  const orders = [
    [100, 'WEB_DIRECT', undefined],
    [200, 'WEB_DIRECT', undefined],
    [300, 'DISTRIBUTOR', resale],
    [400, 'DISTRIBUTOR', resale],
    [500, 'DISTRIBUTOR', other],
  ] as const;
  for (const [netArr, channel, resalePartnerId] of orders) {
    const orderId = scene.newId('order');
    const placedAt = '2026-07-10T10:00:00.000Z';
    const metrics = { orderType: 'GROWTH', netArr: usd(`${netArr}.00`) };
    const accepted = { orderId, accountId, placedAt, channel, dealType: resalePartnerId ? 'RESALE' : 'DIRECT', metrics };
    const asked = { orderId, accountId, changes: [], ...(resalePartnerId && { resalePartnerId }) };
    const fulfilledAt = new Date(Date.parse(placedAt) + netArr * 10).toISOString();
    await scene.house.receive(
      'orders',
      { type: 'OrderAccepted.v1', accountId, data: accepted },
      { type: 'SubscriptionChangeRequested.v1', accountId, data: asked },
      { type: 'OrderFulfilled.v1', accountId, data: { orderId, accountId, placedAt, fulfilledAt } },
    );
  }
}
