/** Recurring revenue: golden values of finance, what a correction leaves as it was, and how groups and rows add up. */
import { money } from '../../../kernel/money';
import { analyst, buyerOf } from '../../support/viewers';
import { openScene, type Scene, usd } from './scene';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.house.close());

const ARR = `query ($month: Date!, $by: [ArrDimension!], $asOf: DateTime) {
  arr(month: $month, by: $by, asOf: $asOf) { asOf definition { id version formula owner } groups { keys arr { amount currency } seats customers } total { amount currency } }
}`;
const arrOf = async (month: string, change: object = {}) => (await scene.ask(ARR, { month, ...change })).arr;
const MOVEMENTS = `query ($month: Date!) { arrMovements(month: $month) {
  opening { amount } new { amount } expansion { amount } contraction { amount } churn { amount } closing { amount } seats { amount } price { amount } tier { amount }
} }`;
const movementsOf = async (month: string) => {
  const { arrMovements } = await scene.ask(MOVEMENTS, { month });
  return Object.fromEntries(Object.entries<{ amount: string }>(arrMovements).map(([key, { amount }]) => [key, amount]));
};

test('a charge counts from the month in which it starts to before the month in which it ends', async () => {
  const { accountId } = await scene.account();
  await scene.subscription(accountId).tell('2026-03-20', [scene.charge({ startsOn: '2026-03-20', endsOn: '2027-03-20' })]);
  expect((await arrOf('2026-02-28')).total).toEqual(usd('0.00'));
  expect((await arrOf('2026-03-31')).total).toEqual(usd('2280.00')); // 10 × $228
  expect((await arrOf('2027-02-15')).total).toEqual(usd('2280.00'));
  expect((await arrOf('2027-03-01')).total).toEqual(usd('0.00'));
});

test('no one-time charge, no draft and no trial counts', async () => {
  const { accountId } = await scene.account();
  const days = { startsOn: '2026-03-01', endsOn: '2027-03-01' };
  await scene.subscription(accountId).tell('2026-03-01', [scene.charge({ ...days, model: 'ONE_TIME', kind: 'COMPUTE' })]);
  await scene.subscription(accountId).tell('2026-03-01', [scene.charge(days)], { status: 'DRAFT' });
  expect((await arrOf('2026-04-01')).groups).toEqual([]);
});

test('100 × $228 that become 120 × $240 are $4,560 of seats and $1,440 of price', async () => {
  const { accountId } = await scene.account();
  const first = scene.charge({ quantity: 100, startsOn: '2026-01-01', endsOn: '2027-01-01' });
  const second = scene.charge({ quantity: 120, unitPrice: usd('240.00'), startsOn: '2027-01-01', endsOn: '2028-01-01' });
  const { tell } = scene.subscription(accountId);
  await tell('2026-01-01', [first]);
  await tell('2026-12-20', [first, second]);
  expect(await movementsOf('2027-01-01')).toEqual({
    opening: '22800.00', // 100 × $228
    new: '0.00',
    expansion: '6000.00', // $28,800 − $22,800
    contraction: '0.00',
    churn: '0.00',
    closing: '28800.00', // 120 × $240
    seats: '4560.00', // 20 × $228
    price: '1440.00', // 120 × $12
    tier: '0.00',
  });
});

test('a company that goes to another plan moves by tier; one that comes is new and one that goes is churn', async () => {
  const [stays, comes, goes] = [await scene.account(), await scene.account(), await scene.account()];
  const premium = scene.charge({ startsOn: '2026-01-01', endsOn: '2026-07-01' });
  const ultimate = scene.charge({ sku: 'ultimate-saas', unitPrice: usd('1188.00'), startsOn: '2026-07-01', endsOn: '2027-01-01' });
  const { tell } = scene.subscription(stays.accountId);
  await tell('2026-01-01', [premium]);
  await tell('2026-07-01', [premium, ultimate], { plan: { sku: 'ultimate-saas', name: 'Ultimate', tier: 'ULTIMATE', deployment: 'SAAS' } });
  await scene.subscription(comes.accountId).tell('2026-07-01', [scene.charge({ startsOn: '2026-07-01', endsOn: '2027-07-01' })]);
  await scene.subscription(goes.accountId).tell('2026-01-01', [scene.charge({ startsOn: '2026-01-01', endsOn: '2026-07-01' })]);
  expect(await movementsOf('2026-07-01')).toEqual({
    opening: '4560.00', // 2 × 10 × $228
    new: '2280.00',
    expansion: '9600.00', // 10 × ($1,188 − $228)
    contraction: '0.00',
    churn: '2280.00',
    closing: '14160.00', // 10 × $1,188 + 10 × $228
    seats: '0.00',
    price: '0.00',
    tier: '9600.00',
  });
  const { groups } = await arrOf('2026-07-01', { by: ['TIER', 'DEPLOYMENT'] });
  expect(groups).toEqual([
    { keys: ['PREMIUM', 'SAAS'], arr: usd('2280.00'), seats: 10, customers: 1 },
    { keys: ['ULTIMATE', 'SAAS'], arr: usd('11880.00'), seats: 10, customers: 1 },
  ]);
  // What was sold as Premium stays Premium in the months in which it was.
  expect((await arrOf('2026-06-01', { by: ['TIER'] })).groups[0]).toMatchObject({ keys: ['PREMIUM'], arr: usd('4560.00') });
});

test('a correction changes what is told now, and not what was told then', async () => {
  const { accountId } = await scene.account();
  const sold = scene.charge({ startsOn: '2026-03-01', endsOn: '2027-03-01' });
  const { tell } = scene.subscription(accountId);
  await tell('2026-03-01', [sold]);
  await tell('2026-06-10', [{ ...sold, endsOn: '2026-04-15' }]); // Cancelled in June, from April on.
  expect((await arrOf('2026-05-01')).total).toEqual(usd('0.00'));
  expect(await arrOf('2026-05-01', { asOf: '2026-05-31T23:59:59Z' })).toMatchObject({
    total: usd('2280.00'),
    asOf: '2026-05-31T23:59:59.000Z',
    definition: { id: 'arr', version: 1, owner: 'Finance' },
  });
});

test('other currencies count at the plan rate, rounded for each charge', async () => {
  const { accountId } = await scene.account();
  await scene
    .subscription(accountId)
    .tell('2026-03-01', [
      scene.charge({ quantity: 3, unitPrice: { amount: '33.33', currency: 'EUR' }, startsOn: '2026-03-01', endsOn: '2027-03-01' }),
      scene.charge({ quantity: 1, unitPrice: { amount: '25000', currency: 'JPY' }, startsOn: '2026-03-01', endsOn: '2027-03-01' }),
    ]);
  const { groups, total } = await arrOf('2026-03-01', { by: ['CURRENCY'] });
  expect(groups.map(({ keys, arr }: { keys: string[]; arr: object }) => [keys[0], arr])).toEqual([
    ['EUR', usd('108.99')], // €99.99 × 1.09 = $108.9891
    ['JPY', usd('167.50')], // ¥25,000 × 0.0067
  ]);
  expect(total).toEqual(usd('276.49'));
});

test('a year of movements equals what is counted by hand from the charges, and its rows sum to it', async () => {
  const history = tellHistory();
  for (const { accountId, subscriptions } of await history) {
    for (const charges of subscriptions) {
      const { tell } = scene.subscription(accountId);
      for (let told = 1; told <= charges.length; told++) await tell(charges[told - 1]!.startsOn, charges.slice(0, told));
    }
  }
  const companies = (await history).map(({ subscriptions }) => subscriptions.flat());
  const months = Array.from({ length: 12 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}-01`);
  const { mrrRollforward } = await scene.ask(
    `query { mrrRollforward(from: "2026-01-15", to: "2026-12-31") { month opening { amount } new { amount } expansion { amount } contraction { amount } churn { amount } closing { amount } } }`,
  );
  expect(mrrRollforward).toEqual(months.map((month, index) => expectedMonth(companies, month, months[index - 1] ?? '2025-12-01')));

  const { arr } = await scene.ask(
    `query { arr(month: "2026-08-01") { total { amount } rows(first: 100) { nodes { subscriptionName sku quantity arr { amount } } } } }`,
  );
  const rowsTotal = arr.rows.nodes.reduce((total: bigint, row: { arr: { amount: string } }) => total + minorOf(row.arr.amount), 0n);
  expect(rowsTotal).toBe(minorOf(arr.total.amount));
  expect(rowsTotal).toBe(companies.flat().reduce((total, charge) => total + counted(charge, '2026-08-01'), 0n));
});

test('the events told again, doubled and shuffled, give the same', async () => {
  const { accountId } = await scene.account();
  const first = scene.charge({ startsOn: '2026-01-01', endsOn: '2027-01-01' });
  const more = scene.charge({ quantity: 5, startsOn: '2026-04-01', endsOn: '2027-01-01' });
  const { tell } = scene.subscription(accountId);
  const [opened] = await tell('2026-01-01', [first]);
  const [grown] = await tell('2026-04-01', [first, more]);
  const facts = () => scene.house.sql`select * from charge_facts order by account_id, subscription_id, charge_id, version`;
  const before = [...(await facts())];
  const asNew = (event: typeof opened) => ({ ...event!, id: scene.newId('event') });
  await scene.house.receive('subscriptions', grown!, opened!, asNew(grown), asNew(opened));
  expect([...(await facts())]).toEqual(before);
  expect(before).toHaveLength(2);
});

test('retention compares parents with the year before', async () => {
  const [group, daughter] = [scene.newId('organization'), scene.newId('organization')];
  for (const [organizationId, parentId] of [
    [group, null],
    [daughter, group],
  ] as const) {
    await scene.house.receive('customers', { type: 'OrganizationChanged.v1', data: { organizationId, version: 1, name: '', parentId } });
  }
  const moved = await scene.account({ organizationId: daughter });
  const grown = await scene.account({ organizationId: group });
  const [lost, fresh] = [await scene.account(), await scene.account()];
  const year = { startsOn: '2026-01-01', endsOn: '2027-01-01' };
  const next = { startsOn: '2027-01-01', endsOn: '2028-01-01' };
  await scene.subscription(moved.accountId).tell('2026-01-01', [scene.charge({ ...year, quantity: 100 })]);
  await scene.subscription(grown.accountId).tell('2027-01-01', [scene.charge({ ...next, quantity: 150 })]);
  await scene.subscription(lost.accountId).tell('2026-01-01', [scene.charge({ ...year, quantity: 50 })]);
  await scene.subscription(fresh.accountId).tell('2027-01-01', [scene.charge({ ...next, quantity: 500 })]);
  const { retention } = await scene.ask(`query { retention(month: "2027-02-01") { ndr gdr organizationsChurned } }`);
  // One parent went from 100 to 150 seats, one from 50 to none; a new company is in neither.
  expect(retention).toEqual({ ndr: '1.0000', gdr: '0.6667', organizationsChurned: 1 }); // 150 ÷ 150; 100 ÷ 150
});

test('what can be renewed in a quarter is renewed, reduced, lost, or still running', async () => {
  const year = { startsOn: '2026-03-01', endsOn: '2027-03-01' };
  const follows = (quantity: number) => scene.charge({ quantity, startsOn: '2027-03-01', endsOn: '2028-03-01' });
  const ends = async (charges: readonly ReturnType<Scene['charge']>[], renewal: ReturnType<Scene['charge']> | null) => {
    const { tell } = scene.subscription((await scene.account()).accountId);
    await tell('2026-03-01', charges);
    if (renewal)
      await tell('2027-02-20', [...charges, renewal], {
        term: { startsOn: '2027-03-01', endsOn: '2028-03-01', months: 12, kind: 'RENEWAL' },
      });
  };
  await ends([scene.charge(year)], follows(12));
  await ends([scene.charge(year)], follows(4));
  await ends([scene.charge(year)], null);
  await ends([scene.charge({ startsOn: '2026-07-20', endsOn: '2027-07-20' })], null);
  const document = `query ($quarter: String!) { availableToRenew(fiscalQuarter: $quarter) {
    atr { amount } renewed { amount } churned { amount } renewalRate subscriptions(first: 10) { nodes { basis { amount } renewed { amount } result } }
  } }`;
  const { availableToRenew: first } = await scene.ask(document, { quarter: 'FY2028-Q1' }); // February to April 2027
  expect(first).toMatchObject({
    atr: { amount: '6840.00' }, // 3 × 10 × $228
    renewed: { amount: '3192.00' }, // 10 × $228, as growth is no renewal, and 4 × $228
    churned: { amount: '3648.00' },
    renewalRate: '0.4667', // 14 ÷ 30
  });
  expect(first.subscriptions.nodes.map(({ result }: { result: string }) => result).toSorted()).toEqual(['CHURNED', 'REDUCED', 'RENEWED']);
  const { availableToRenew: second } = await scene.ask(document, { quarter: 'FY2028-Q2' });
  expect(second).toMatchObject({ atr: { amount: '2280.00' }, renewed: { amount: '0.00' }, renewalRate: null });
  expect(second.subscriptions.nodes).toEqual([{ basis: { amount: '2280.00' }, renewed: null, result: 'PENDING' }]);
});

test('what makes no sense is answered with what is wrong', async () => {
  await expect(scene.ask(`query { availableToRenew(fiscalQuarter: "Q1") { renewalRate } }`)).rejects.toThrow('named like FY2027-Q1');
  await expect(scene.ask(`query { mrrRollforward(from: "2026-02-01", to: "2026-01-01") { month } }`)).rejects.toThrow('not before');
  await expect(scene.ask(ARR, { month: '2026-01-01', by: ['TIER', 'SEGMENT', 'PRODUCT', 'CHANNEL'] })).rejects.toThrow('at most 3');
});

test('finance and analysts read it, buyers do not', async () => {
  const document = `query { arr(month: "2026-01-01") { total { amount } } }`;
  expect((await scene.house.run(analyst, document)).data.arr).toEqual({ total: { amount: '0.00' } });
  expect((await scene.house.run(buyerOf(), document)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

type Charge = ReturnType<Scene['charge']>;

/** Twelve companies that buy, add, shrink and leave, by a generator with a fixed seed. */
async function tellHistory() {
  let seed = 20_260_101;
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const monthDay = (month: number) =>
    `${2025 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-${String(1 + next(28)).padStart(2, '0')}`;
  const companies: {
    readonly accountId: Awaited<ReturnType<Scene['account']>>['accountId'];
    readonly subscriptions: readonly Charge[][];
  }[] = [];
  for (let company = 0; company < 12; company++) {
    const { accountId } = await scene.account();
    const subscriptions = Array.from({ length: 1 + next(2) }, () => {
      const starts = 3 + next(15);
      const charges: Charge[] = [];
      for (let part = 0; part < 1 + next(3); part++) {
        const begins = starts + part * (1 + next(4));
        charges.push(
          scene.charge({
            quantity: 1 + next(90),
            unitPrice: usd(`${100 + next(900)}.${String(next(100)).padStart(2, '0')}`),
            startsOn: monthDay(begins),
            endsOn: monthDay(begins + 1 + next(12)),
          }),
        );
      }
      return charges.toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
    });
    companies.push({ accountId, subscriptions });
  }
  return companies;
}

const minorOf = (amount: string): bigint => BigInt(amount.replace('.', ''));
/** Counted by the rule's own words: start month ≤ month < end month. */
const counted = (charge: Charge, month: string): bigint =>
  charge.startsOn.slice(0, 7) <= month.slice(0, 7) && month.slice(0, 7) < charge.endsOn.slice(0, 7)
    ? BigInt(charge.quantity) * minorOf(charge.unitPrice.amount)
    : 0n;

function expectedMonth(companies: readonly (readonly Charge[])[], month: string, before: string) {
  const mrr = (charges: readonly Charge[], on: string) =>
    (charges.reduce((total, charge) => total + counted(charge, on), 0n) * 2n + 12n) / 24n;
  const moved = { opening: 0n, new: 0n, expansion: 0n, contraction: 0n, churn: 0n, closing: 0n };
  for (const charges of companies) {
    const [was, is] = [mrr(charges, before), mrr(charges, month)];
    moved.opening += was;
    moved.closing += is;
    if (was === 0n) moved.new += is;
    else if (is === 0n) moved.churn += was;
    else if (is > was) moved.expansion += is - was;
    else moved.contraction += was - is;
  }
  expect(moved.opening + moved.new + moved.expansion - moved.contraction - moved.churn).toBe(moved.closing);
  const amounts = Object.entries(moved).map(([key, minor]) => [key, { amount: decimal(minor) }]);
  return { month, ...Object.fromEntries(amounts) };
}

const decimal = (minor: bigint): string => {
  const digits = money(minor, 'USD').minor.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
