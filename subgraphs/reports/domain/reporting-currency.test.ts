import { minorRates } from './reporting-currency';

const rateOf = (currency: string) => Number(minorRates().find(rate => rate.currency === currency)?.rate);

test.each([
  ['USD', 1], // a cent is a cent
  ['EUR', 1.09], // both have two decimals
  ['JPY', 0.67], // ¥1 = $0.0067 = 0.67 cents
  ['BHD', 0.265], // BHD 0.001 = $0.00265 = 0.265 cents
])('a smallest unit of %s counts for %f cents', (currency, cents) => {
  expect(rateOf(currency)).toBe(cents);
});
