import * as fc from 'fast-check';
import { type Currency, money, subtract, zero } from '#kernel/money';
import { day } from '#kernel/time';
import {
  areMargins,
  type ChainPrice,
  forEachParty,
  marginsOf,
  marginsOfChain,
  priceOfDays,
  priceOfTerm,
  scheduleFor,
  totalOf,
  unitPrices,
} from './margin';

const usd = (minor: bigint) => money(minor, 'USD');
const MARGINS = { distributorBasisPoints: 2_000, resellerBasisPoints: 1_500, customerBasisPoints: 500 };
const minors = ({ list, cost, reseller, customer }: ChainPrice) => [list, cost, reseller, customer].map(({ minor }) => minor);

test('each party sells for what the next one pays', () => {
  // $228.00: 20 % = $45.60 to the distributor, 15 % = $34.20 to the reseller, 5 % = $11.40 off for the customer; $136.80 are left.
  expect(minors(unitPrices(usd(22_800n), MARGINS))).toEqual([22_800n, 13_680n, 18_240n, 21_660n]);
});

test('a cent that cannot be split is somebody’s', () => {
  // 40 % of $0.99 is 39.6, rounded half up to 40 cents: 20 + 15 + 5.
  expect(minors(unitPrices(usd(99n), MARGINS))).toEqual([99n, 59n, 79n, 94n]);
  // 60 % of 1 cent, rounded to 1: the largest remainder takes it, and nobody pays below zero.
  expect(minors(unitPrices(usd(1n), { distributorBasisPoints: 3_000, resellerBasisPoints: 2_000, customerBasisPoints: 1_000 }))).toEqual([
    1n,
    0n,
    1n,
    1n,
  ]);
});

test('who buys without a distributor keeps its own part alone, and a distributor without a reseller keeps both', () => {
  expect(marginsOfChain(MARGINS, { hasDistributor: false, hasReseller: true })).toEqual({ ...MARGINS, distributorBasisPoints: 0 });
  expect(marginsOfChain(MARGINS, { hasDistributor: true, hasReseller: true })).toEqual(MARGINS);
  const alone = { distributorBasisPoints: 3_500, resellerBasisPoints: 0, customerBasisPoints: 500 };
  expect(marginsOfChain(MARGINS, { hasDistributor: true, hasReseller: false })).toEqual(alone);
});

test('a term costs a line for each year, and its last months once rounded', () => {
  expect(priceOfTerm(usd(13_680n), 10, 12)).toEqual(usd(136_800n)); // 10 × $136.80
  expect(priceOfTerm(usd(13_680n), 7, 18)).toEqual(usd(143_640n)); // 7 × $136.80 + 7 × $136.80 × 6 ÷ 12 = $957.60 + $478.80
  expect(priceOfTerm(usd(9_999n), 1, 1)).toEqual(usd(833n)); // $99.99 ÷ 12 = $8.3325
  expect(priceOfDays(usd(13_680n), 2, 200)).toEqual(usd(14_992n)); // 2 × $136.80 × 200 ÷ 365 = $149.9178
});

const currency = fc.constantFrom<Currency>('USD', 'EUR', 'JPY', 'BHD');
const basisPoints = fc.integer({ min: 0, max: 3_000 });
const chain = fc.constantFrom(
  { hasDistributor: false, hasReseller: false },
  { hasDistributor: false, hasReseller: true },
  { hasDistributor: true, hasReseller: false },
  { hasDistributor: true, hasReseller: true },
);
const line = fc.record({
  list: fc.bigInt({ min: 1n, max: 500_000n }),
  quantity: fc.integer({ min: 1, max: 5_000 }),
  months: fc.integer({ min: 1, max: 60 }),
  days: fc.integer({ min: 1, max: 366 }),
  isAddition: fc.boolean(),
});

test('on 10,000 generated orders of one to three levels the margins are list minus cost, on each line and in all', () => {
  const margins = fc.record({ distributorBasisPoints: basisPoints, resellerBasisPoints: basisPoints, customerBasisPoints: basisPoints });
  const orders = fc.record({ currency, margins, chain, lines: fc.array(line, { minLength: 1, maxLength: 5 }) });
  let levels = 0;
  fc.assert(
    fc.property(orders, order => {
      const agreed = marginsOfChain(order.margins, order.chain);
      const lines = order.lines.map(({ list, quantity, months, days, isAddition }) => {
        const unit = unitPrices(money(list, order.currency), agreed);
        return forEachParty(unit, price => (isAddition ? priceOfDays(price, quantity, days) : priceOfTerm(price, quantity, months)));
      });
      for (const price of [...lines, totalOf(lines, zero(order.currency))]) {
        const kept = marginsOf(price);
        const parts = [kept.distributor.minor, kept.reseller.minor, kept.customer.minor];
        expect(parts.every(part => part >= 0n)).toBe(true);
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(subtract(price.list, price.cost).minor);
        levels = Math.max(levels, parts.filter(part => part > 0n).length);
      }
    }),
    { numRuns: 10_000, seed: 20_260_615 },
  );
  expect(levels).toBe(3);
});

test('the newest schedule for the plan counts, or else the newest for every plan, and none before its day', () => {
  const schedule = (sku: string | null, effectiveOn: string, resellerBasisPoints: number) =>
    ({ ...MARGINS, track: 'OPEN', dealKind: 'RESALE', sku, effectiveOn: day(effectiveOn), resellerBasisPoints }) as const;
  const all = [
    schedule(null, '2026-01-01', 1),
    schedule('premium', '2026-02-01', 2),
    schedule('premium', '2026-03-01', 3),
    schedule(null, '2026-09-01', 4),
  ];
  const on = (sku: string, at: string, dealKind: 'RESALE' | 'MSP' = 'RESALE') =>
    scheduleFor(all, { track: 'OPEN', dealKind, sku, on: day(at) })?.resellerBasisPoints;
  expect([on('premium', '2026-01-31'), on('premium', '2026-02-01'), on('premium', '2026-12-31'), on('ultimate', '2026-12-31')]).toEqual([
    1, 2, 3, 4,
  ]);
  expect([on('premium', '2025-12-31'), on('premium', '2026-05-05', 'MSP')]).toEqual([undefined, undefined]);
});

test.each([
  [{ ...MARGINS, resellerBasisPoints: -1 }, false],
  [{ ...MARGINS, resellerBasisPoints: 0.5 }, false],
  [{ distributorBasisPoints: 3_000, resellerBasisPoints: 3_000, customerBasisPoints: 3_000 }, true],
  [{ distributorBasisPoints: 3_000, resellerBasisPoints: 3_000, customerBasisPoints: 3_001 }, false],
])('margins %j leave us something: %s', (margins, isFine) => expect(areMargins(margins)).toBe(isFine));
