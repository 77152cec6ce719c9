import { money } from '#kernel/money';
import { ratio, renewalResult } from './renewal-result';

const usd = (minor: bigint) => money(minor, 'USD');

test.each([
  [null, 'PENDING'],
  [0n, 'CHURNED'],
  [99n, 'REDUCED'],
  [100n, 'RENEWED'],
])('of $1.00, %s renewed is %s', (renewed, result) => {
  expect(renewalResult(usd(100n), renewed === null ? null : usd(renewed))).toBe(result);
});

test.each([
  [15n, 16n, '0.9375'],
  [2n, 3n, '0.6667'], // 0.66666… rounds up
  [1n, 3n, '0.3333'],
  [0n, 5n, '0.0000'],
  [9n, 8n, '1.1250'],
])('%s of %s is %s', (part, whole, text) => {
  expect(ratio(part, whole)).toBe(text);
});

test('a share of nothing is no number', () => {
  expect(ratio(0n, 0n)).toBeNull();
});
