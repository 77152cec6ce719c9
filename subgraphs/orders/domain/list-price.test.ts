import { money } from '#kernel/money';
import { amountFor, type Discount, discounted, faultOfPrice, type ListPrice } from './list-price';

const usd = (minor: bigint) => money(minor, 'USD');
/** 1 to 10 at $10, 11 to 50 at $8, from 51 on at $5; the last tier has $20 once. */
const tiers = [
  { upTo: 10, unitPrice: usd(1_000n) },
  { upTo: 50, unitPrice: usd(800n) },
  { upTo: null, unitPrice: usd(500n), flatPrice: usd(2_000n) },
];
const PRICES: Readonly<Record<string, ListPrice>> = {
  flat: { shape: 'FLAT', price: usd(9_900n) },
  unit: { shape: 'PER_UNIT', unitPrice: usd(22_800n) },
  graduated: { shape: 'GRADUATED', tiers },
  volume: { shape: 'VOLUME', tiers },
  packs: { shape: 'PACKAGE', packagePrice: usd(1_000n), packageSize: 1_000 },
  yen: {
    shape: 'GRADUATED',
    tiers: [
      { upTo: 2, unitPrice: money(300n, 'JPY') },
      { upTo: null, unitPrice: money(200n, 'JPY') },
    ],
  },
  dinar: { shape: 'PER_UNIT', unitPrice: money(1_125n, 'BHD') },
};

test.each([
  ['flat', 0, 9_900n, '$99.00 = $99.00'],
  ['flat', 1, 9_900n, '$99.00 = $99.00'],
  ['flat', 5_000, 9_900n, '$99.00 = $99.00'],
  ['unit', 0, 0n, '0 × $228.00 = $0.00'],
  ['unit', 1, 22_800n, '1 × $228.00 = $228.00'],
  ['unit', 100, 2_280_000n, '100 × $228.00 = $22,800.00'],
  ['graduated', 0, 0n, 'no units = $0.00'],
  ['graduated', 1, 1_000n, '1 × $10.00 = $10.00'],
  ['graduated', 10, 10_000n, '10 × $10.00 = $100.00'],
  ['graduated', 11, 10_800n, '10 × $10.00 + 1 × $8.00 = $108.00'],
  ['graduated', 50, 42_000n, '10 × $10.00 + 40 × $8.00 = $420.00'],
  ['graduated', 51, 44_500n, '10 × $10.00 + 40 × $8.00 + 1 × $5.00 + $20.00 = $445.00'],
  ['graduated', 60, 49_000n, '10 × $10.00 + 40 × $8.00 + 10 × $5.00 + $20.00 = $490.00'],
  ['volume', 0, 0n, 'no units = $0.00'],
  ['volume', 10, 10_000n, '10 × $10.00 = $100.00'],
  ['volume', 11, 8_800n, '11 × $8.00 = $88.00'],
  ['volume', 50, 40_000n, '50 × $8.00 = $400.00'],
  ['volume', 51, 27_500n, '51 × $5.00 + $20.00 = $275.00'],
  ['packs', 0, 0n, '0 ÷ 1000, rounded up = 0 × $10.00 = $0.00'],
  ['packs', 1, 1_000n, '1 ÷ 1000, rounded up = 1 × $10.00 = $10.00'],
  ['packs', 1_000, 1_000n, '1000 ÷ 1000, rounded up = 1 × $10.00 = $10.00'],
  ['packs', 1_001, 2_000n, '1001 ÷ 1000, rounded up = 2 × $10.00 = $20.00'],
  ['yen', 3, 800n, '2 × ¥300 + 1 × ¥200 = ¥800'],
  ['dinar', 3, 3_375n, '3 × BHD 1.125 = BHD 3.375'],
] as const)('%s: %i units cost %i', (name, quantity, minor, working) => {
  const { amount, working: words } = amountFor(PRICES[name]!, quantity);
  expect([amount.minor, words]).toEqual([minor, working]);
});

const percent = (basisPoints: number): Discount => ({ kind: 'PERCENT', basisPoints });
const off = (minor: bigint): Discount => ({ kind: 'AMOUNT', amount: usd(minor) });

test.each([
  ['nothing', [], 22_800n, '1 × $228.00 = $228.00'],
  ['10 %', [percent(1_000)], 20_520n, '1 × $228.00 = $228.00; less 10 % = $22.80 = $205.20'],
  ['an eighth of a percent, rounded half up', [percent(13)], 22_770n, '1 × $228.00 = $228.00; less 0.13 % = $0.30 = $227.70'], // 29.64 cents
  ['$28', [off(2_800n)], 20_000n, '1 × $228.00 = $228.00; less $28.00 = $200.00'],
  [
    '10 %, then $5.20 of the rest',
    [percent(1_000), off(520n)],
    20_000n,
    '1 × $228.00 = $228.00; less 10 % = $22.80 = $205.20; less $5.20 = $200.00',
  ],
  [
    '$28, then 10 % of the rest',
    [off(2_800n), percent(1_000)],
    18_000n,
    '1 × $228.00 = $228.00; less $28.00 = $200.00; less 10 % = $20.00 = $180.00',
  ],
  ['everything', [percent(10_000)], 0n, '1 × $228.00 = $228.00; less 100 % = $228.00 = $0.00'],
  ['more than there is', [off(99_999n)], 0n, '1 × $228.00 = $228.00; less $228.00 = $0.00'],
] as const)('a discount of %s', (_, discounts, minor, working) => {
  const { amount, working: words } = discounted(amountFor(PRICES['unit']!, 1), discounts);
  expect([amount.minor, words]).toEqual([minor, working]);
});

test.each(Object.keys(PRICES))('the price "%s" can be listed', name => {
  expect(faultOfPrice(PRICES[name]!)).toBeNull();
});

test.each([
  ['no tier', { shape: 'VOLUME', tiers: [] }, /at least one/],
  ['a last tier that ends', { shape: 'VOLUME', tiers: [{ upTo: 10, unitPrice: usd(1n) }] }, /takes all/],
  ['tiers that do not rise', { shape: 'GRADUATED', tiers: [tiers[1]!, tiers[0]!, tiers[2]!] }, /reaches further/],
  ['an open tier before the last', { shape: 'GRADUATED', tiers: [tiers[2]!, tiers[2]!] }, /reaches further/],
  ['two currencies', { shape: 'VOLUME', tiers: [tiers[0]!, { upTo: null, unitPrice: money(1n, 'EUR') }] }, /one currency/],
  ['less than nothing', { shape: 'FLAT', price: usd(-1n) }, /below zero/],
  ['an empty package', { shape: 'PACKAGE', packagePrice: usd(1n), packageSize: 0 }, /at least one unit/],
] as const)('a price with %s is not listed', (_, price, fault) => {
  expect(faultOfPrice(price)).toMatch(fault);
});
