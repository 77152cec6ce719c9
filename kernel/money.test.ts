import fc from 'fast-check';
import {
  add,
  allocate,
  CURRENCIES,
  type Currency,
  compare,
  decimalOf,
  displayOf,
  money,
  moneyFromDecimal,
  moneyOf,
  share,
  subtract,
  sum,
  zero,
} from './money';

const usd = (minor: bigint) => money(minor, 'USD');
/** The same amounts each time. */
const SEEDED = { seed: 20260615 };
const anyCurrency = fc.constantFrom(...CURRENCIES);
/** An amount of at most 15 whole digits, in whichever currency: more is no amount. */
const anyAmount = fc.tuple(fc.bigInt(1n - 10n ** 15n, 10n ** 15n - 1n), anyCurrency).map(([minor, currency]) => money(minor, currency));

test.each([
  ['USD', 110564n, '1105.64', '$1,105.64'],
  ['USD', -5n, '-0.05', '−$0.05'],
  ['JPY', 1999n, '1999', '¥1,999'],
  ['BHD', 125n, '0.125', 'BHD 0.125'],
  ['EUR', 0n, '0.00', '€0.00'],
] as const)('%s in units of %s is %s, and %s to people', (currency: Currency, minor, decimal, display) => {
  expect(decimalOf(money(minor, currency))).toBe(decimal);
  expect(displayOf(money(minor, currency))).toBe(display);
});

test('an amount read from its own text is the same amount', () => {
  fc.assert(
    fc.property(anyAmount, amount => expect(moneyOf({ amount: decimalOf(amount), currency: amount.currency })).toEqual(amount)),
    SEEDED,
  );
});

test.each([
  ['1.239', 'USD'],
  ['0.5', 'JPY'],
  ['0.0001', 'BHD'],
  ['1e3', 'USD'],
  ['', 'USD'],
  ['1,000.00', 'USD'],
  [' 1', 'USD'],
  ['1234567890123456', 'USD'],
] as const)('"%s" is no amount of %s: nothing is rounded away', (text, currency) => {
  expect(moneyFromDecimal(text, currency)).toBeNull();
});

test.each([
  // 1 ÷ 2 cent, by each name and both signs
  ['HALF_UP', 1n, 1n],
  ['HALF_UP', -1n, -1n],
  ['HALF_EVEN', 1n, 0n],
  ['HALF_EVEN', 3n, 2n],
  ['DOWN', 3n, 1n],
  ['DOWN', -3n, -1n],
] as const)('%s decides half of %s cents as %s', (rounding, minor, expected) => {
  expect(share(usd(minor), 1n, 2n, rounding).minor).toBe(expected);
});

test('P1: 10 seats at $228 a year with 177 of 365 days left cost $1,105.64', () => {
  // 10 × $228.00 = $2,280.00; × 177 ÷ 365 = $1,105.6438…
  expect(share(usd(228000n), 177n, 365n, 'HALF_UP')).toEqual(usd(110564n));
});

test('an allocation spends every unit, and no part is off its exact share by a whole unit', () => {
  const weights = fc.array(fc.bigInt(0n, 10_000n), { minLength: 1, maxLength: 40 }).filter(list => list.some(weight => weight > 0n));
  fc.assert(
    fc.property(anyAmount, weights, (total, list) => {
      const parts = allocate(total, list);
      const whole = list.reduce((all, weight) => all + weight, 0n);
      expect(sum(parts, total.currency)).toEqual(total);
      for (const [index, part] of parts.entries()) {
        const off = part.minor * whole - total.minor * list[index]!;
        expect((off < 0n ? -off : off) < whole).toBe(true);
      }
    }),
    SEEDED,
  );
});

test('the largest remainders get the spare cents, the first of equals first', () => {
  // $1.00 over three equal parts
  expect(allocate(usd(100n), [1n, 1n, 1n]).map(part => part.minor)).toEqual([34n, 33n, 33n]);
  // −$1.00 splits as $1.00 does
  expect(allocate(usd(-100n), [1n, 1n, 1n]).map(part => part.minor)).toEqual([-34n, -33n, -33n]);
  expect(allocate(usd(10n), [1n, 0n]).map(part => part.minor)).toEqual([10n, 0n]);
});

test('an allocation over nothing is a fault', () => {
  expect(() => allocate(usd(1n), [])).toThrow(RangeError);
  expect(() => allocate(usd(1n), [0n])).toThrow(RangeError);
  expect(() => allocate(usd(1n), [2n, -1n])).toThrow(RangeError);
});

test('two currencies neither add up nor compare', () => {
  expect(() => add(usd(1n), money(1n, 'EUR'))).toThrow('EUR');
  expect(() => compare(usd(1n), money(1n, 'JPY'))).toThrow('JPY');
  expect(subtract(usd(3n), usd(1n))).toEqual(usd(2n));
  expect(sum([], 'GBP')).toEqual(zero('GBP'));
});
