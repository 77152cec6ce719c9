import { money } from '#kernel/money';
import { annualised, arrChange, netArrOfRenewal } from './booking-metrics';

const usd = (dollars: number) => money(BigInt(dollars) * 100n, 'USD');
const year = (sku: string, quantity: number, price: number) => ({ sku, quantity, year: usd(quantity * price) });

test('Net ARR of a 36-month deal of $360,000 is $120,000', () => {
  expect(annualised(usd(360_000), 36)).toEqual(usd(120_000)); // 360,000 ÷ 36 × 12
});

test('Net ARR of a 6-month addition of $60,000 is $120,000', () => {
  expect(annualised(usd(60_000), 6)).toEqual(usd(120_000)); // 60,000 ÷ 6 × 12
});

test('Net ARR of a renewal at $140,000 with $20,000 true-up on a basis of $120,000 is nothing', () => {
  expect(netArrOfRenewal(usd(140_000), usd(20_000), usd(120_000))).toEqual(usd(0)); // 140 − 20 − 120
});

test('100 × $228 that become 120 × $240 are $4,560 from seats and $1,440 from the price', () => {
  const change = arrChange(year('premium', 100, 228), year('premium', 120, 240));
  expect(change).toEqual({ seats: usd(4_560), price: usd(1_440), tier: usd(0) }); // 228 × 20; 120 × 12
});

test('with another plan, what is not from seats is from the tier', () => {
  const change = arrChange(year('premium', 100, 228), year('ultimate', 90, 1_188));
  expect(change).toEqual({ seats: usd(-2_280), price: usd(0), tier: usd(86_400) }); // −10 × 228; 90 × (1,188 − 228)
});
