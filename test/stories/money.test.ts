import { openTestPlatform, type TestPlatform } from '../support/platform';
import { accepted, eventually, newKey } from '../support/shop';

let platform: TestPlatform;

beforeAll(async () => {
  platform = await openTestPlatform();
});
afterAll(() => platform?.close());

test('a buyer pays an invoice in two parts, is never overcharged, and the books balance in every currency', async () => {
  const { run } = platform;
  const dollars = await platform.openCompany('Relecloud');
  const euros = await platform.openCompany('Bellows', { country: 'DE', currency: 'EUR' });
  for (const company of [dollars, euros]) {
    await platform.untilOrder(company.token, await platform.buy(company, { sku: 'premium-self-managed', quantity: 10 }));
  }
  const paymentMethodId = await platform.addCard(dollars, 'tok_amex_succeeds');
  const openInvoice = async () => {
    const { billingAccount } = await run(dollars.token, 'InvoiceCenter', { account: dollars.accountId });
    return { ...billingAccount.invoices.nodes[0], openBalance: billingAccount.openBalance };
  };
  const { number, balance, openBalance } = await openInvoice();
  expect(balance).toEqual({ amount: '2280.00', currency: 'USD' }); // 10 × $228
  expect(openBalance).toEqual(balance);

  const pay = async (amount?: string) => {
    const part = amount && { amount: { amount, currency: 'USD' } };
    const input = { idempotencyKey: newKey(), invoiceNumber: number, paymentMethodId, ...part };
    return (await run(dollars.token, 'PayInvoice', { input })).payInvoice;
  };
  const owing = (amount: string) => eventually(async () => (await openInvoice()).balance.amount === amount);
  expect((await pay('2280.01')).userErrors[0].code).toBe('OVERPAYMENT');
  accepted(await pay('1000.00'));
  await owing('1280.00'); // $2,280 − $1,000
  accepted(await pay());
  await owing('0.00');
  expect((await pay()).userErrors[0].code).toBe('INVOICE_ALREADY_PAID');

  const finance = await platform.finance();
  const { trialBalance } = await run(finance, 'TrialBalance', { on: '2026-06-15' });
  expect(trialBalance.isBalanced).toBe(true);
  const inDollars = (code: string) =>
    trialBalance.accounts.find(
      (account: { code: string; debit: { currency: string } }) => account.code === code && account.debit.currency === 'USD',
    );
  expect(inDollars('1000')).toMatchObject({ debit: { amount: '2280.00' }, credit: { amount: '0.00' } });
  expect(inDollars('1100')).toMatchObject({ debit: { amount: '0.00' }, credit: { amount: '0.00' } });
  expect(inDollars('2400')).toMatchObject({ credit: { amount: '2280.00' } });
  const sums = await platform.sql('billing')`
    select currency, sum(debit_minor - credit_minor)::text as sum from journal_postings group by currency order by 1`;
  expect(sums.map(row => ({ ...row }))).toEqual([
    { currency: 'EUR', sum: '0' },
    { currency: 'USD', sum: '0' },
  ]);
});
