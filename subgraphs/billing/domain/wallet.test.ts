import { money } from '#kernel/money';
import { availableIn, deposit, hold, spendable, unhold, withdraw } from './wallet';

const usd = (minor: bigint) => money(minor, 'USD');
const wallet = (balanceMinor: bigint, pendingMinor = 0n) => ({ currency: 'USD', balanceMinor, pendingMinor }) as const;

test('credit comes in and goes out with its working', () => {
  expect(deposit(wallet(1_000n), usd(250n))).toMatchObject({ change: { balanceMinor: 1_250n }, working: '$10.00 credit + $2.50 = $12.50' });
  expect(withdraw(wallet(1_000n), usd(250n), 'DIRECT')).toMatchObject({
    change: { balanceMinor: 750n, pendingMinor: 0n },
    amount: usd(-250n),
    working: '$10.00 credit − $2.50 = $7.50',
  });
  expect(withdraw(wallet(1_000n, 250n), usd(250n), 'PENDING').change).toEqual({ balanceMinor: 750n, pendingMinor: 0n });
});

test('a refund on its way speaks for its amount until it is answered', () => {
  expect(hold(wallet(1_000n, 100n), usd(400n))).toEqual({ pendingMinor: 500n }); // 100 + 400
  expect(unhold(wallet(1_000n, 500n), usd(400n))).toEqual({ pendingMinor: 100n }); // 500 − 400
  expect(availableIn(wallet(1_000n, 400n))).toEqual(usd(600n)); // $10.00 − $4.00
});

test('more credit than there is cannot be used, and the refusal shows the arithmetic', () => {
  expect(spendable(wallet(1_000n, 400n), usd(600n)).ok).toBe(true);
  const refused = spendable(wallet(1_000n, 400n), usd(601n));
  expect(refused).toMatchObject({
    refusal: {
      code: 'CREDIT_INSUFFICIENT',
      message: 'At most $6.00 of credit can be used: $10.00 credit − $4.00 on its way back = $6.00.',
    },
  });
});

test('a wallet never holds less than nothing: that would be a fault', () => {
  expect(() => withdraw(wallet(100n), usd(101n), 'DIRECT')).toThrow(RangeError);
  expect(() => withdraw(wallet(100n, 50n), usd(51n), 'DIRECT')).toThrow(RangeError);
  expect(() => withdraw(wallet(100n), usd(50n), 'PENDING')).toThrow(RangeError);
});
