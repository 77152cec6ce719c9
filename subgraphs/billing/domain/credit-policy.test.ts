import { money } from '#kernel/money';
import { creditAtPosting } from './credit-policy';

const usd = (minor: bigint) => money(minor, 'USD');
const wallet = (balanceMinor: bigint, pendingMinor = 0n) => ({ currency: 'USD', balanceMinor, pendingMinor }) as const;

test.each([
  ['all of it, when there is enough', wallet(200_000n), 'AT_POSTING', 119_409n],
  ['as much as there is', wallet(50_000n), 'AT_POSTING', 50_000n],
  ['nothing that is on its way back', wallet(50_000n, 20_000n), 'AT_POSTING', 30_000n], // $500.00 − $200.00
  ['nothing, when the policy is to wait', wallet(50_000n), 'WHEN_ASKED', 0n],
  ['nothing from another currency', { ...wallet(50_000n), currency: 'EUR' as const }, 'AT_POSTING', 0n],
  ['nothing, without a wallet', null, 'AT_POSTING', 0n],
] as const)('credit pays of a new invoice %s', (_title, credit, policy, minor) => {
  expect(creditAtPosting(credit, usd(119_409n), policy)).toEqual(usd(minor));
});
