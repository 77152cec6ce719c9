/** R4: another term, previewed and ordered alike. The subscription of the scene ends on 9 December 2026. */
import { day } from '../../../kernel/time';
import { loadPriceList } from '../../../subgraphs/orders/actions/loadPriceList';
import { PRICE_LIST } from '../../../subgraphs/orders/store/price-list';
import type { TestHouse } from '../../support/house';
import { carryOut, dayComes, planned, renew } from './amending-scene';
import { globexBuyer, openOrders, preview, progress, saidOfOrders, seats, versionEvent } from './scene';

let house: TestHouse;
beforeEach(async () => {
  house = await openOrders();
  dayComes(house, '2026-12-01');
});
afterEach(() => house.close());

const NAME = 'A-S00000001';
const renewal = (change: object = {}) => ({ renew: { subscriptionName: NAME, ...change } });
const codes = ({ userErrors }: { userErrors: { code: string }[] }) => userErrors.map(({ code }) => code);

test('a renewal is a whole year at the list price of its day, with the seats of now, and the preview says the same', async () => {
  const [plan] = PRICE_LIST.products.filter(({ sku }) => sku === 'premium-saas');
  const dearer = { validFrom: day('2026-11-01'), products: [{ ...plan!, prices: [{ amount: '240.00', currency: 'USD' } as const] }] };
  await house.write(work => loadPriceList(work as never, dearer));
  const shown = await preview(house, [renewal()]);
  expect(shown).toMatchObject({
    lines: [
      {
        description: 'Premium SaaS, renewal',
        quantity: 10,
        unitPrice: { amount: '240.00' },
        days: null,
        amount: { amount: '2400.00' },
        working: '10 seats × $240.00 a year = $2,400.00',
      },
    ],
    total: { amount: '2400.00' },
    userErrors: [],
  });
  expect(shown.changes.map(({ kind, field, before, after }: Record<string, string>) => [kind, field, before, after])).toEqual([
    ['TERM_RENEWED', 'term', '2025-12-09 to 2026-12-09', '2026-12-09 to 2027-12-09'],
    ['TERM_RENEWED', 'plan', 'Premium SaaS', 'Premium SaaS'],
    ['TERM_RENEWED', 'seats', '10 seats', '10 seats'],
    ['TERM_RENEWED', 'price', null, '$2,400.00'],
    ['INVOICE_POSTED', 'total', null, '$2,400.00'],
  ]);
  const tried = await renew(house, NAME, { dryRun: true });
  expect(tried.order.total).toEqual({ amount: '2400.00' });
  expect(await saidOfOrders(house)).toEqual([]);

  const { order, userErrors } = await renew(house, NAME);
  expect(userErrors).toEqual([]);
  expect(order).toMatchObject({ state: 'PROVISIONING', total: { amount: '2400.00' } });
  expect((await planned(house)).changes).toMatchObject([
    {
      kind: 'RENEW',
      effectiveOn: '2026-12-09',
      term: { startsOn: '2026-12-09', endsOn: '2027-12-09', months: 12 },
      isAutoRenew: true,
      charges: [{ quantity: 10, unitPrice: { amount: '240.00' }, startsOn: '2026-12-09', endsOn: '2027-12-09' }],
    },
  ]);
});

test('a renewal waits for its invoice and for nothing else: licences follow the subscription', async () => {
  const { order } = await renew(house, NAME, { quantity: 8 });
  await carryOut(house, 'InvoiceRequested.v1');
  expect(await progress(house, order.id)).toMatchObject({ state: 'FULFILLED', lines: [{ amount: { amount: '1824.00' } }] }); // 8 × $228
  expect(await house.announced('LicenseRequested.v1')).toEqual([]);
  expect(await house.announced('DeliveryRequested.v1')).toEqual([]);
});

test('what recurs beside the plan is renewed with it; what was paid once is not', async () => {
  const beside = (sku: string, kind: string, quantity: number, endsOn = '2026-12-09') => ({
    ...versionEvent(1).data.charges[0]!,
    sku,
    kind,
    quantity,
    endsOn: day(endsOn),
  });
  const charges = [
    ...versionEvent(1).data.charges,
    beside('code-assistant', 'ADD_ON', 3),
    beside('code-assistant', 'ADD_ON', 1),
    beside('storage-10gb', 'STORAGE', 2, '2026-07-01'),
    beside('compute-1000', 'COMPUTE', 5, '2027-06-01'),
  ];
  await house.receive('subscriptions', versionEvent(1, { version: 2, charges }));
  const { lines, total } = await preview(house, [renewal()]);
  expect(lines.map(({ sku, quantity }: { sku: string; quantity: number }) => [sku, quantity])).toEqual([
    ['premium-saas', 10],
    ['code-assistant', 4],
  ]);
  expect(total.amount).toBe('3192.00'); // 10 × $228 + 4 × $228
});

test('a plan that was kept for the renewal is what is renewed', async () => {
  const planAtRenewal = {
    sku: 'premium-self-managed',
    name: 'Premium Self-Managed',
    tier: 'PREMIUM',
    deployment: 'SELF_MANAGED',
    seats: 4,
    unitPrice: { amount: '228.00', currency: 'USD' } as const,
  };
  await house.receive('subscriptions', versionEvent(1, { version: 2, planAtRenewal }));
  const { lines, total } = await preview(house, [renewal()]);
  expect(lines).toMatchObject([{ sku: 'premium-self-managed', quantity: 4 }]);
  expect(total.amount).toBe('912.00'); // 4 × $228
  await renew(house, NAME);
  expect((await planned(house)).changes[0]).toMatchObject({ plan: { sku: 'premium-self-managed', deployment: 'SELF_MANAGED' } });
});

test.each([
  ['16 days before the end', '2026-11-23', ['RENEWAL_TOO_EARLY']],
  ['15 days before the end', '2026-11-24', []],
  ['on the day of the end', '2026-12-09', []],
  ['30 days after the end', '2027-01-08', []],
  ['31 days after the end, by the buyer alone', '2027-01-09', ['RENEWAL_TOO_LATE']],
  ['181 days after the end', '2027-06-08', ['RENEWAL_TOO_LATE']],
])('a renewal %s (%s): %j', async (_, on, expected) => {
  dayComes(house, on);
  expect(codes(await renew(house, NAME, { dryRun: true }))).toEqual(expected);
  expect(codes(await preview(house, [renewal()]))).toEqual(expected);
});

test('a term is renewed once, and nothing is added to it while the next one is agreed', async () => {
  await renew(house, NAME);
  expect(codes(await renew(house, NAME))).toEqual(['SUBSCRIPTION_CHANGING']);
  expect(codes(await preview(house, [seats(1)]))).toEqual(['SUBSCRIPTION_CHANGING']);
  await carryOut(house);
  expect(codes(await renew(house, NAME))).toEqual(['RENEWAL_PLACED']);
  expect(codes(await preview(house, [seats(1)]))).toEqual(['RENEWAL_PLACED']);
});

test('eight renewals at the same moment are one', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => renew(house, NAME)));
  expect(all.filter(({ order }) => order)).toHaveLength(1);
  expect(all.flatMap(codes)).toEqual(Array(7).fill('SUBSCRIPTION_CHANGING'));
});

test('a renewal and an addition of one subscription are two orders', async () => {
  for (const actions of [
    [renewal(), seats(1)],
    [seats(1), renewal()],
    [renewal(), renewal()],
  ]) {
    expect(codes(await preview(house, actions))).toEqual(['ACTIONS_CONFLICT']);
  }
});

test('nobody renews what they do not have, what has ended, or what is not sold to them', async () => {
  expect(codes(await renew(house, NAME, {}, globexBuyer))).toEqual(['SUBSCRIPTION_NOT_FOUND']);
  expect(codes(await renew(house, 'A-S99999999'))).toEqual(['SUBSCRIPTION_NOT_FOUND']);
  expect(await renew(house, NAME, { quantity: 0 })).toMatchObject({ userErrors: [{ code: 'QUANTITY_OUT_OF_RANGE', path: ['quantity'] }] });
  expect(await renew(house, NAME, { termMonths: 61 })).toMatchObject({ userErrors: [{ code: 'TERM_OUT_OF_RANGE', path: ['termMonths'] }] });
  const gone = {
    sku: 'gone',
    name: 'Gone',
    tier: 'PREMIUM',
    deployment: 'SAAS',
    seats: null,
    unitPrice: { amount: '1.00', currency: 'USD' } as const,
  };
  await house.receive('subscriptions', versionEvent(1, { version: 2, planAtRenewal: gone }));
  expect(codes(await renew(house, NAME))).toEqual(['PRODUCT_NOT_FOUND']);
  await house.receive('subscriptions', versionEvent(1, { version: 3, status: 'CANCELLED' }));
  expect(codes(await renew(house, NAME))).toEqual(['SUBSCRIPTION_NOT_ACTIVE']);
});
