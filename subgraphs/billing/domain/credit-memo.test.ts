import { idFromUuid } from '#kernel/ids';
import { type Currency, money } from '#kernel/money';
import { type CreditableLine, planCredit, splitCredit } from './credit-memo';
import type { Receivable } from './receivable';

const usd = (minor: bigint) => money(minor, 'USD');
const lineId = (n: number) => idFromUuid('invoiceLine', `01890000-0000-7000-8000-00000000000${n}`);
const line = (
  n: number,
  amount: bigint,
  tax: bigint,
  credited: readonly [bigint, bigint] = [0n, 0n],
  currency: Currency = 'USD',
): CreditableLine => ({
  id: lineId(n),
  description: `Line ${n}`,
  amount: money(amount, currency),
  tax: money(tax, currency),
  creditedAmount: money(credited[0], currency),
  creditedTax: money(credited[1], currency),
});
const invoice = (...lines: readonly CreditableLine[]) =>
  ({ status: 'POSTED', currency: lines[0]?.amount.currency ?? 'USD', lines }) as const;
const sides = (result: ReturnType<typeof planCredit>) =>
  result.ok ? [result.value.subtotal.minor, result.value.tax.minor, result.value.total.minor] : result.refusal.code;
const workings = (result: ReturnType<typeof planCredit>) =>
  result.ok ? result.value.lines.map(credited => credited.working) : result.refusal.message;

test('a whole invoice is credited as it was charged', () => {
  const plan = planCredit(invoice(line(1, 110_564n, 8_845n), line(2, 348_000n, 27_840n)), null);
  expect(sides(plan)).toEqual([458_564n, 36_685n, 495_249n]); // $1,105.64 + $3,480.00; $88.45 + $278.40
  expect(workings(plan)).toEqual([
    '$1,105.64 charged, credited in full, with $88.45 tax',
    '$3,480.00 charged, credited in full, with $278.40 tax',
  ]);
});

test('a part of a line takes its part of the tax', () => {
  const plan = planCredit(invoice(line(1, 110_564n, 8_845n)), [{ lineId: lineId(1), amount: usd(40_000n) }]);
  expect(sides(plan)).toEqual([40_000n, 3_200n, 43_200n]); // $88.45 × 400.00 ÷ 1,105.64 = $31.9996…
  expect(workings(plan)).toEqual(['$400.00 of $1,105.64; tax $88.45 × $400.00 ÷ $1,105.64 = $32.00']);
});

test('three thirds of a line give back exactly its tax, not three times its rounded third', () => {
  const third = [{ lineId: lineId(1), amount: usd(100n) }];
  expect(sides(planCredit(invoice(line(1, 300n, 25n)), third))).toEqual([100n, 8n, 108n]); // 0.25 × 1.00 ÷ 3.00 = 0.0833
  expect(sides(planCredit(invoice(line(1, 300n, 25n, [100n, 8n])), third))).toEqual([100n, 9n, 109n]); // 0.25 × 2 ÷ 3 = 0.1667 → 0.17 − 0.08
  expect(sides(planCredit(invoice(line(1, 300n, 25n, [200n, 17n])), third))).toEqual([100n, 8n, 108n]); // 0.25 − 0.17
});

test.each([
  ['JPY', 'a yen has no parts', 1_000n, 100n, 333n, 33n], // ¥100 × 333 ÷ 1,000 = 33.3
  ['USD', 'half a cent is rounded up', 1_000n, 5n, 500n, 3n], // $0.05 × 5.00 ÷ 10.00 = 0.025
  ['BHD', 'a dinar has a thousand fils', 110_564n, 11_056n, 40_000n, 4_000n], // 11.056 × 40.000 ÷ 110.564 = 3.99986 → 4.000
] as const)('in %s, %s', (currency, _title, amount, tax, credited, expected) => {
  const plan = planCredit(invoice(line(1, amount, tax, [0n, 0n], currency)), [{ lineId: lineId(1), amount: money(credited, currency) }]);
  expect(sides(plan)).toEqual([credited, expected, credited + expected]);
});

test.each([
  ['CREDIT_EXCEEDS_LINE', invoice(line(1, 1_000n, 80n)), [{ lineId: lineId(1), amount: usd(1_001n) }]],
  ['CREDIT_EXCEEDS_LINE', invoice(line(1, 1_000n, 80n, [600n, 48n])), [{ lineId: lineId(1), amount: usd(401n) }]],
  ['CREDIT_EXCEEDS_INVOICE', invoice(line(1, 10_000n, 0n), line(2, -4_000n, 0n)), [{ lineId: lineId(1), amount: usd(6_001n) }]],
  ['AMOUNT_NOT_POSITIVE', invoice(line(1, 1_000n, 80n)), [{ lineId: lineId(1), amount: usd(0n) }]],
  ['AMOUNT_NOT_POSITIVE', invoice(line(1, 1_000n, 80n, [1_000n, 80n])), [{ lineId: lineId(1), amount: null }]],
  ['CURRENCY_MISMATCH', invoice(line(1, 1_000n, 80n)), [{ lineId: lineId(1), amount: money(1n, 'EUR') }]],
  ['INVOICE_LINE_NOT_FOUND', invoice(line(1, 1_000n, 80n)), [{ lineId: 'inl_404', amount: null }]],
  [
    'INVOICE_LINE_NOT_FOUND',
    invoice(line(1, 1_000n, 80n)),
    [
      { lineId: lineId(1), amount: usd(1n) },
      { lineId: lineId(1), amount: usd(1n) },
    ],
  ],
  ['CREDIT_NOTHING_LEFT', invoice(line(1, 1_000n, 80n, [1_000n, 80n])), null],
  ['CREDIT_NOTHING_LEFT', invoice(line(1, 1_000n, 80n)), []],
  ['INVOICE_NOT_CREDITABLE', { ...invoice(line(1, 1_000n, 80n)), status: 'VOIDED' as const }, null],
])('%s is refused', (code, creditable, asked) => {
  expect(sides(planCredit(creditable, asked))).toBe(code);
});

test('a line that is credited too far is refused with the arithmetic', () => {
  const plan = planCredit(invoice(line(1, 1_000n, 80n, [600n, 48n])), [{ lineId: lineId(1), amount: usd(401n) }]);
  expect(workings(plan)).toBe('At most $4.00 of this line can be credited: $10.00 charged − $6.00 credited = $4.00.');
});

const owed = (balanceMinor: bigint, pendingMinor = 0n): Receivable => ({ status: 'POSTED', balanceMinor, pendingMinor, currency: 'USD' });

test.each([
  ['the open invoice takes it', owed(119_409n), 43_200n, 'INVOICE_FIRST', 43_200n, 0n, '$1,194.09 owed − $432.00 credited = $762.09'],
  [
    'the invoice takes what is open, the account the rest',
    owed(20_000n),
    43_200n,
    'INVOICE_FIRST',
    20_000n,
    23_200n,
    '$200.00 owed − $200.00 credited = $0.00; $432.00 − $200.00 = $232.00 kept as credit of the account',
  ],
  [
    'a payment on its way counts as paid',
    owed(119_409n, 119_409n),
    43_200n,
    'INVOICE_FIRST',
    0n,
    43_200n,
    '$432.00 credited, kept as credit of the account',
  ],
  [
    'the account keeps it when asked',
    owed(119_409n),
    43_200n,
    'ACCOUNT_CREDIT',
    0n,
    43_200n,
    '$432.00 credited, kept as credit of the account',
  ],
] as const)('%s', (_title, receivable, total, use, applied, kept, working) => {
  expect(splitCredit(receivable, usd(total), use)).toMatchObject({ applied: usd(applied), kept: usd(kept), working });
});
