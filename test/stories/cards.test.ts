import { openTestPlatform, type TestPlatform } from '../support/platform';
import { accepted, eventually, newKey } from '../support/shop';

let platform: TestPlatform;

beforeAll(async () => {
  platform = await openTestPlatform();
});
afterAll(() => platform?.close());

const paymentStep = (order: { steps: { kind: string }[] }) => order.steps.find(step => step.kind === 'PAYMENT');

/** The payments of an order, once its card is captured. */
const captured = (orderId: string) =>
  eventually(async () => {
    const rows = await platform.sql('billing')`
      select status, amount_minor::text as amount from payments where order_id = ${uuidOf(orderId)}::uuid`;
    return rows.some(row => row.status === 'CAPTURED') && rows.map(row => ({ ...row }));
  });
const uuidOf = (id: string): string => id.replace(/^[a-z]+_/, '');

test('a declined card stops the order with its reason; the buyer retries with a good one and is charged once', async () => {
  const company = await platform.openCompany('Adventure Works');
  const declined = await platform.addCard(company, 'tok_insufficient_funds');
  const orderId = await platform.buy(company, { sku: 'premium-self-managed', quantity: 5, paymentMethodId: declined });

  const stopped = await platform.untilOrder(company.token, orderId, 'ERROR');
  expect(paymentStep(stopped)).toMatchObject({ state: 'FAILED', nextRetryAt: null });
  expect(paymentStep(stopped)).toMatchObject({ lastError: expect.stringContaining('The card has insufficient funds.') });
  const before = await platform.run(company.token, 'MyPurchases', { account: company.accountId });
  expect(before.billingAccount).toMatchObject({ subscriptions: { totalCount: 0 }, invoices: { nodes: [] } });

  const paymentMethodId = await platform.addCard(company, 'tok_mastercard_succeeds');
  const { retryPayment } = await platform.query(company.token, RETRY_PAYMENT, {
    input: { idempotencyKey: newKey(), orderId, paymentMethodId },
  });
  accepted(retryPayment);
  const order = await platform.untilOrder(company.token, orderId);
  expect(paymentStep(order)).toMatchObject({ state: 'DONE', attempts: 2 });
  expect(await captured(orderId)).toEqual([{ status: 'CAPTURED', amount: '114000' }]); // 5 × $228
  const charges = await platform.sql('billing')`select captured_minor::text as captured from development_provider.authorizations
    where captured_minor > 0`;
  expect(charges).toHaveLength(1);
});

test('a card that asks for 3-D Secure waits for the buyer, and the order goes on by itself', async () => {
  const company = await platform.openCompany('Tailspin Toys');
  const paymentMethodId = await platform.addCard(company, 'tok_three_d_secure');
  const orderId = await platform.buy(company, { sku: 'premium-self-managed', quantity: 3, paymentMethodId });
  const waiting = await platform.untilOrder(company.token, orderId, 'ERROR');
  expect(paymentStep(waiting)).toMatchObject({ state: 'FAILED' });

  const { order } = await platform.query(company.token, 'query ($id: ID!) { order(id: $id) { payment { id status } } }', { id: orderId });
  expect(order.payment.status).toBe('REQUIRES_ACTION');
  const confirm = async (challengeResponse: string) => {
    const input = { idempotencyKey: newKey(), paymentId: order.payment.id, challengeResponse };
    return (await platform.query(company.token, CONFIRM_PAYMENT, { input })).confirmPayment;
  };
  const wrong = await confirm('000000');
  expect(wrong.userErrors[0].code).toBe('PAYMENT_CHALLENGE_FAILED');
  accepted(await confirm('123456'));
  await platform.untilOrder(company.token, orderId);
  expect(await captured(orderId)).toEqual([{ status: 'CAPTURED', amount: '68400' }]); // 3 × $228
});

const RETRY_PAYMENT = `mutation ($input: RetryPaymentInput!) {
  retryPayment(input: $input) { order { id state } userErrors { code message path retryable } }
}`;
const CONFIRM_PAYMENT = `mutation ($input: ConfirmPaymentInput!) {
  confirmPayment(input: $input) { payment { id status } userErrors { code message path retryable } }
}`;
