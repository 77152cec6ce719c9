import type { TestHouse } from '../../support/house';
import { finance } from '../../support/viewers';
import {
  acme,
  acmeBuyer,
  addCard,
  aId,
  announcedData,
  globexBuyer,
  invoiceRequested,
  journalSums,
  openBilling,
  paymentRequested,
  providerRecord,
  requestInvoice,
  requestPayment,
  runRetries,
  usd,
} from './scene';

let house: TestHouse;
beforeEach(async () => {
  house = await openBilling();
});
afterEach(() => house.close());

const CONFIRM =
  'mutation ($input: ConfirmPaymentInput!) { confirmPayment(input: $input) { payment { status failure } userErrors { code } } }';
const confirm = (challengeResponse: string, idempotencyKey = challengeResponse, viewer = acmeBuyer) =>
  house
    .run(viewer, CONFIRM, { input: { idempotencyKey, paymentId: aId('payment', 1), challengeResponse } })
    .then(({ data }) => data.confirmPayment);

test('a card that succeeds is reserved once, told to the order, and captured with the invoice', async () => {
  const card = await addCard(house, 'tok_visa_succeeds');
  await requestPayment(house, paymentRequested(1, card));
  expect(await announcedData(house, 'PaymentAuthorized.v1')).toEqual([]); // the provider is asked after the commit
  await house.runJobs();
  expect(await announcedData(house, 'PaymentAuthorized.v1')).toEqual([
    { orderId: aId('order', 1), accountId: acme, attempt: 1, paymentId: aId('payment', 1), amount: usd('1194.09') },
  ]);

  await requestInvoice(house, invoiceRequested(1, { paymentId: aId('payment', 1) }));
  expect(await announcedData(house, 'PaymentReceived.v1')).toEqual([]);
  await house.runJobs();
  expect(await announcedData(house, 'PaymentReceived.v1')).toMatchObject([
    { amount: usd('1194.09'), balance: usd('0.00'), invoiceNumber: 'INV-00000001-0001' },
  ]);
  expect(await providerRecord(house, aId('payment', 1))).toEqual({ status: 'CAPTURED', calls: 1, captured: '119409' });
  expect(await journalSums(house)).toEqual([{ currency: 'USD', sum: '0' }]);
});

test('a declined card fails the step for good; another card makes a new try', async () => {
  const declined = await addCard(house, 'tok_insufficient_funds');
  await requestPayment(house, paymentRequested(1, declined));
  await house.runJobs();
  expect(await announcedData(house, 'StepFailed.v1')).toEqual([
    {
      orderId: aId('order', 1),
      accountId: acme,
      step: 'PAYMENT',
      attempt: 1,
      code: 'PAYMENT_DECLINED',
      message: 'The card has insufficient funds.',
      isRetryable: false,
    },
  ]);

  const good = await addCard(house, 'tok_visa_succeeds');
  await requestPayment(house, paymentRequested(1, good, { attempt: 2 }));
  await house.runJobs();
  expect(await announcedData(house, 'PaymentAuthorized.v1')).toMatchObject([{ attempt: 2 }]);
  expect(await providerRecord(house, aId('payment', 1), 2)).toMatchObject({ status: 'AUTHORIZED' });
});

test('an authorisation that times out is found again under the same key: one charge', async () => {
  const card = await addCard(house, 'tok_times_out');
  await requestPayment(house, paymentRequested(1, card));
  await house.runJobs();
  // The provider has reserved the money; only its answer was lost.
  expect(await providerRecord(house, aId('payment', 1))).toEqual({ status: 'AUTHORIZED', calls: 1, captured: '0' });
  expect(await announcedData(house, 'PaymentAuthorized.v1')).toEqual([]);
  expect(await announcedData(house, 'StepFailed.v1')).toEqual([]);

  await runRetries(house);
  expect(await announcedData(house, 'PaymentAuthorized.v1')).toHaveLength(1);
  expect(await providerRecord(house, aId('payment', 1))).toEqual({ status: 'AUTHORIZED', calls: 2, captured: '0' });
});

test('another card while the fate of the first is unknown releases what the first may have reserved', async () => {
  await requestPayment(house, paymentRequested(1, await addCard(house, 'tok_times_out')));
  await house.runJobs();
  await requestPayment(house, paymentRequested(1, await addCard(house, 'tok_visa_succeeds'), { attempt: 2 }));
  await house.runJobs();
  expect(await providerRecord(house, aId('payment', 1), 1)).toMatchObject({ status: 'CANCELLED' });
  expect(await providerRecord(house, aId('payment', 1), 2)).toMatchObject({ status: 'AUTHORIZED' });
  expect(await announcedData(house, 'PaymentAuthorized.v1')).toMatchObject([{ attempt: 2 }]);
});

test('a card with 3-D Secure waits for the buyer; once confirmed, the order is told by itself', async () => {
  await requestPayment(house, paymentRequested(1, await addCard(house, 'tok_three_d_secure')));
  await house.runJobs();
  expect(await announcedData(house, 'StepFailed.v1')).toMatchObject([
    { code: 'PAYMENT_REQUIRES_ACTION', isRetryable: false, message: expect.stringContaining(aId('payment', 1)) },
  ]);
  expect(await confirm('123456', 'x', globexBuyer)).toMatchObject({ payment: null, userErrors: [{ code: 'PAYMENT_NOT_FOUND' }] });
  expect(await confirm('000000')).toMatchObject({ payment: null, userErrors: [{ code: 'PAYMENT_CHALLENGE_FAILED' }] });
  expect(await announcedData(house, 'PaymentAuthorized.v1')).toEqual([]);

  expect(await confirm('123456')).toMatchObject({ payment: { status: 'AUTHORIZED' }, userErrors: [] });
  expect(await confirm('123456')).toMatchObject({ payment: { status: 'AUTHORIZED' }, userErrors: [] }); // the same request again
  expect(await confirm('123456', 'another key')).toMatchObject({ userErrors: [{ code: 'PAYMENT_NOT_CONFIRMABLE' }] });
  expect(await announcedData(house, 'PaymentAuthorized.v1')).toMatchObject([{ orderId: aId('order', 1), attempt: 1 }]);
});

test('three wrong answers to the bank decline the card', async () => {
  await requestPayment(house, paymentRequested(1, await addCard(house, 'tok_three_d_secure')));
  await house.runJobs();
  await confirm('1');
  await confirm('2');
  expect(await confirm('3')).toMatchObject({
    payment: { status: 'FAILED', failure: 'The bank was given too many wrong answers.' },
    userErrors: [],
  });
  expect(await announcedData(house, 'StepFailed.v1')).toMatchObject([{ code: 'PAYMENT_REQUIRES_ACTION' }, { code: 'PAYMENT_DECLINED' }]);
});

test('a dry run of a confirmation asks the bank nothing', async () => {
  await requestPayment(house, paymentRequested(1, await addCard(house, 'tok_three_d_secure')));
  await house.runJobs();
  const input = { idempotencyKey: 'dry', dryRun: true, paymentId: aId('payment', 1), challengeResponse: '123456' };
  expect((await house.run(acmeBuyer, CONFIRM, { input })).data.confirmPayment).toMatchObject({
    payment: { status: 'REQUIRES_ACTION' },
    userErrors: [],
  });
  expect(await providerRecord(house, aId('payment', 1))).toMatchObject({ status: 'REQUIRES_ACTION' });
});

test("an order cannot be paid with another account's card, nor with an expired one", async () => {
  const theirs = await addCard(house, 'tok_visa_succeeds', aId('account', 2));
  await requestPayment(house, paymentRequested(1, theirs));
  await requestPayment(house, paymentRequested(2, aId('paymentMethod', 404)));
  const mine = await addCard(house, 'tok_visa_succeeds');
  house.setClock(new Date('2100-01-01T00:00:00Z')); // the card is good until the end of 2099
  await requestPayment(house, paymentRequested(3, mine));
  expect(await announcedData(house, 'StepFailed.v1')).toMatchObject([
    { code: 'PAYMENT_METHOD_NOT_FOUND', isRetryable: false },
    { code: 'PAYMENT_METHOD_NOT_FOUND', isRetryable: false },
    { code: 'PAYMENT_METHOD_EXPIRED', isRetryable: false },
  ]);
});

test('the same request delivered twice, or asked again, reserves once', async () => {
  const card = await addCard(house, 'tok_visa_succeeds');
  const [event] = await requestPayment(house, paymentRequested(1, card));
  await house.receive('orders', { ...event! });
  await house.runJobs();
  await requestPayment(house, paymentRequested(1, card, { attempt: 2 }));
  await house.runJobs();
  expect(await announcedData(house, 'PaymentAuthorized.v1')).toMatchObject([{ attempt: 1 }, { attempt: 2 }]);
  expect(await providerRecord(house, aId('payment', 1))).toMatchObject({ calls: 1 });
});

test('a bank that goes back on a reservation leaves the invoice open', async () => {
  await requestPayment(house, paymentRequested(1, await addCard(house, 'tok_capture_refused')));
  await house.runJobs();
  await requestInvoice(house, invoiceRequested(1, { paymentId: aId('payment', 1) }));
  await house.runJobs();
  const { data } = await house.run(finance, '{ invoice(number: "INV-00000001-0001") { balance { amount } payments { status failure } } }');
  expect(data.invoice).toEqual({
    balance: { amount: '1194.09' },
    payments: [{ status: 'FAILED', failure: 'The reservation has lapsed.' }],
  });
});

test('a provider that never answers is told to the order as retryable, and the payment stays open', async () => {
  const card = await addCard(house, 'tok_visa_succeeds');
  await house.sql`update payment_methods set provider_token = 'tok_times_out'`;
  await requestPayment(house, paymentRequested(1, card));
  for (let tries = 0; tries < 5; tries++) {
    await runRetries(house);
    await house.sql`update development_provider.authorizations set calls = 0`; // as if no call had ever arrived
  }
  expect(await announcedData(house, 'StepFailed.v1')).toMatchObject([{ code: 'PAYMENT_TIMED_OUT', isRetryable: true, attempt: 1 }]);
  await requestPayment(house, paymentRequested(1, card, { attempt: 2 }));
  await house.sql`update development_provider.authorizations set calls = 1`;
  await house.runJobs();
  expect(await announcedData(house, 'PaymentAuthorized.v1')).toMatchObject([{ attempt: 2 }]);
});
