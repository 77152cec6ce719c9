/** What is listed is sold: every shape of price, by channel and currency, as rows of the price book and nothing else. */
import { day } from '../../../kernel/time';
import { loadPriceList } from '../../../subgraphs/orders/actions/loadPriceList';
import type { ListedAmount, ListedProduct } from '../../../subgraphs/orders/store/price-list';
import type { TestHouse } from '../../support/house';
import { operator, sales } from '../../support/viewers';
import { dayComes, planned } from './amending-scene';
import { accountEvent, acme, acmeBuyer, buy, newKey, openOrders, payload, preview, versionEvent } from './scene';

let house: TestHouse;
beforeEach(async () => {
  house = await openOrders();
});
afterEach(() => house.close());

const usd = (amount: string) => ({ amount, currency: 'USD' }) as const;
const PLAN = { kind: 'BASE', tier: 'PREMIUM', deployment: 'SAAS', model: 'RECURRING', lastsMonths: null } as const;
const BESIDE = { kind: 'ADD_ON', tier: null, deployment: null, model: 'RECURRING', lastsMonths: null } as const;
const tiers = [
  { upTo: 10, unitAmount: '100.00', flatAmount: null },
  { upTo: 50, unitAmount: '80.00', flatAmount: null },
  { upTo: null, unitAmount: '50.00', flatAmount: null },
];

const list = (product: Partial<ListedProduct> & { readonly prices: readonly ListedAmount[] }) =>
  house.write(work =>
    loadPriceList(work as never, { validFrom: day('2026-01-01'), products: [{ ...PLAN, sku: 'new', name: 'New', ...product }] }),
  );
const plan = (quantity: number) => [{ createSubscription: { sku: 'new', quantity } }];
const beside = (quantity: number) => [{ addProduct: { subscriptionName: 'A-S00000001', sku: 'new', quantity } }];
const workings = ({ lines }: { lines: { working: string }[] }) => lines.map(({ working }) => working);

test('a graduated plan costs each seat the price of the tier that it falls in, a line for each tier', async () => {
  await list({ shape: 'GRADUATED', prices: [{ ...usd('0.00'), tiers }] });
  const shown = await preview(house, plan(60));
  expect(shown.userErrors).toEqual([]);
  expect(workings(shown)).toEqual([
    '10 seats × $100.00 a year = $1,000.00',
    '40 seats × $80.00 a year = $3,200.00',
    '10 seats × $50.00 a year = $500.00',
  ]);
  expect(shown.lines.map(({ description }: { description: string }) => description)).toEqual([
    'New, units 1 to 10',
    'New, units 11 to 50',
    'New, units 51 to 60',
  ]);
  expect(shown.total.amount).toBe('4700.00');
  await buy(house, plan(60));
  // Each is a charge of its own, and the seats are their sum.
  expect((await planned(house)).changes[0]!.charges.map(({ quantity }) => quantity)).toEqual([10, 40, 10]);
});

test('a volume plan costs all seats the price of the tier that the whole number falls in', async () => {
  await list({ shape: 'VOLUME', prices: [{ ...usd('0.00'), tiers }] });
  expect(workings(await preview(house, plan(10)))).toEqual(['10 seats × $100.00 a year = $1,000.00']);
  expect(workings(await preview(house, plan(11)))).toEqual(['11 seats × $80.00 a year = $880.00']);
  expect(workings(await preview(house, plan(51)))).toEqual(['51 seats × $50.00 a year = $2,550.00']);
});

test('a flat product costs the same for any number, and packages are sold whole, both for the days left', async () => {
  await list({ ...BESIDE, shape: 'FLAT', prices: [usd('365.00')] });
  expect(workings(await preview(house, beside(40)))).toEqual(['1 seat × $365.00 a year × 177 ÷ 365 days = $177.00']);
  await list({ ...BESIDE, sku: 'packs', name: 'Packs', kind: 'STORAGE', shape: 'PACKAGE', packageSize: 10, prices: [usd('36.50')] });
  const packs = await preview(house, [{ addProduct: { subscriptionName: 'A-S00000001', sku: 'packs', quantity: 21 } }]);
  expect(packs.lines).toMatchObject([{ description: 'Packs, packages of 10', quantity: 3, amount: { amount: '53.10' } }]); // 3 × 36.50 × 177 ÷ 365
});

test('a price for one channel is not the price of another', async () => {
  await list({
    prices: [
      { ...usd('100.00'), channels: ['WEB_DIRECT'] },
      { ...usd('90.00'), channels: ['SALES_ASSISTED'] },
    ],
  });
  expect((await preview(house, plan(10))).total.amount).toBe('1000.00');
  expect((await preview(house, plan(10), {}, sales)).total.amount).toBe('900.00');
  await list({ sku: 'sales-only', name: 'Sales only', prices: [{ ...usd('90.00'), channels: ['SALES_ASSISTED'] }] });
  const { userErrors } = await preview(house, [{ createSubscription: { sku: 'sales-only', quantity: 1 } }]);
  expect(userErrors).toMatchObject([{ code: 'PRODUCT_NOT_FOUND' }]);
});

test.each([
  ['JPY', '34200', 10, 7, '199500'], // 10 × ¥34,200 × 7 ÷ 12 months
  ['JPY', '1001', 1, 7, '584'], // 583.91… yen, half up
  ['USD', '228.01', 1, 7, '133.01'], // 133.0058…
  ['BHD', '86.125', 3, 7, '150.719'], // 3 × 86.125 × 7 ÷ 12 = 150.71875
] as const)('in %s, %s a year for %d over %d months is %s', async (currency, amount, quantity, termMonths, total) => {
  await list({ prices: [{ amount, currency }] });
  await house.receive('customers', accountEvent(acme, { version: 2, currency }));
  const shown = await preview(house, [{ createSubscription: { sku: 'new', quantity, termMonths } }]);
  expect(shown.total).toEqual({ amount: total, currency });
});

test('a renewal counts its tiers anew, and packages as packages', async () => {
  await list({ sku: 'premium-saas', name: 'Premium SaaS', prices: [usd('228.00')] });
  await list({ ...BESIDE, sku: 'packs', name: 'Packs', kind: 'STORAGE', shape: 'PACKAGE', packageSize: 10, prices: [usd('36.50')] });
  const [base] = versionEvent(1).data.charges;
  const packs = { ...base!, sku: 'packs', kind: 'STORAGE', quantity: 3, unitPrice: usd('36.50') };
  await house.receive('subscriptions', versionEvent(1, { version: 2, charges: [base!, { ...packs, chargeId: base!.chargeId }] }));
  dayComes(house, '2026-12-01');
  const shown = await preview(house, [{ renew: { subscriptionName: 'A-S00000001' } }], {}, acmeBuyer);
  expect(shown.lines.map(({ quantity, amount }: { quantity: number; amount: object }) => [quantity, amount])).toMatchObject([
    [10, { amount: '2280.00' }],
    [3, { amount: '109.50' }],
  ]);
});

test.each([
  ['a plan at a flat price', { shape: 'FLAT' as const, prices: [usd('1.00')] }],
  ['tiers that are none', { shape: 'VOLUME' as const, prices: [{ ...usd('0.00'), tiers: [] }] }],
  ['tiers that end', { shape: 'VOLUME' as const, prices: [{ ...usd('0.00'), tiers: tiers.slice(0, 2) }] }],
  [
    'an amount for a tier as a whole',
    { shape: 'GRADUATED' as const, prices: [{ ...usd('0.00'), tiers: [{ ...tiers[2]!, flatAmount: '9.00' }] }] },
  ],
])('%s is not listed', async (_, product) => {
  await expect(list(product)).rejects.toThrow(/^new: /);
});

const LIST = `mutation ($input: ListProductsInput!) { listProducts(input: $input) {
  products { sku name prices { channel shape unitPrice { amount currency } packageSize tiers { upTo unitPrice { amount } } } } userErrors { code message }
} }`;
const listing = (product: object) => ({
  input: {
    idempotencyKey: newKey(),
    effectiveOn: '2026-06-01',
    products: [
      { sku: 'training-day', name: 'Training day', kind: 'ADD_ON', model: 'ONE_TIME', prices: [{ amount: usd('1500.00') }], ...product },
    ],
  },
});

test('an operator lists a new product, which is sold at once: a SKU is data', async () => {
  const tiered = {
    shape: 'VOLUME',
    model: 'RECURRING',
    prices: [{ amount: usd('0.00'), channels: ['WEB_DIRECT'], tiers: [{ upTo: 5, unitAmount: '12.00' }, { unitAmount: '10.00' }] }],
  };
  const { products, userErrors } = payload(await house.run(operator, LIST, listing(tiered)), 'listProducts');
  expect(userErrors).toEqual([]);
  expect(products).toEqual([
    {
      sku: 'training-day',
      name: 'Training day',
      prices: [
        {
          channel: 'WEB_DIRECT',
          shape: 'VOLUME',
          unitPrice: { amount: '0.00', currency: 'USD' },
          packageSize: null,
          tiers: [
            { upTo: 5, unitPrice: { amount: '12.00' } },
            { upTo: null, unitPrice: { amount: '10.00' } },
          ],
        },
      ],
    },
  ]);
  const added = { addProduct: { subscriptionName: 'A-S00000001', sku: 'training-day', quantity: 6 } };
  expect(workings(await preview(house, [added]))).toEqual(['6 seats × $10.00 a year × 177 ÷ 365 days = $29.10']); // 29.0958…
});

test.each([
  ['no product', { products: [] }],
  ['a SKU in capitals', listing({ sku: 'GOLD' }).input],
  ['a product without a price', listing({ prices: [] }).input],
  ['a plan at a flat price', listing({ kind: 'BASE', shape: 'FLAT' }).input],
])('a list with %s is refused', async (_, change) => {
  const input = { ...listing({}).input, ...change };
  const { userErrors } = payload(await house.run(operator, LIST, { input }), 'listProducts');
  expect(userErrors).toMatchObject([{ code: 'PRICE_LIST_INVALID' }]);
});

test('only operators list products', async () => {
  expect((await house.run(sales, LIST, listing({}))).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});
