import { billing } from '../../../subgraphs/billing/server';
import { openTestHouse, type TestHouse } from '../../support/house';
import { analyst, finance, sales, support } from '../../support/viewers';
import { acme, acmeBuyer, addCard, announcedData, globex, globexBuyer, openBilling } from './scene';

let house: TestHouse;
beforeAll(async () => {
  house = await openBilling();
});
afterAll(() => house.close());

const ADD = `mutation ($input: AddPaymentMethodInput!) {
  addPaymentMethod(input: $input) { paymentMethod { id kind brand lastFour expiryMonth expiryYear status } userErrors { code path retryable } }
}`;
const add = async (input: object, viewer = acmeBuyer) =>
  (await house.run(viewer, ADD, { input: { billingAccountId: acme, idempotencyKey: JSON.stringify(input).slice(0, 200), ...input } })).data
    .addPaymentMethod;
const METHODS = `query ($account: ID!) { _entities(representations: [{ __typename: "BillingAccount", id: $account }]) { ... on BillingAccount { paymentMethods { lastFour } } } }`;

test('a card is kept as its provider describes it, and announced', async () => {
  expect(await add({ providerToken: 'tok_mastercard_succeeds' })).toMatchObject({
    paymentMethod: { kind: 'CARD', brand: 'MASTERCARD', lastFour: '4444', expiryMonth: 12, expiryYear: 2099, status: 'ACTIVE' },
    userErrors: [],
  });
  expect(await announcedData(house, 'PaymentMethodAdded.v1')).toMatchObject([{ accountId: acme, brand: 'MASTERCARD', lastFour: '4444' }]);
});

test('the same token again is the same payment method, whatever the key', async () => {
  const first = await add({ providerToken: 'tok_amex_succeeds' });
  const again = await add({ providerToken: 'tok_amex_succeeds', idempotencyKey: 'another' });
  expect(again.paymentMethod.id).toBe(first.paymentMethod.id);
});

test.each([
  ['PAYMENT_TOKEN_UNKNOWN', { providerToken: 'tok_made_up' }],
  ['PAYMENT_TOKEN_UNKNOWN', { providerToken: 'x'.repeat(10_000) }],
  ['PAYMENT_METHOD_EXPIRED', { providerToken: 'tok_expired' }],
  ['BILLING_ACCOUNT_NOT_FOUND', { providerToken: 'tok_declined', billingAccountId: globex }],
  ['BILLING_ACCOUNT_NOT_FOUND', { providerToken: 'tok_declined', billingAccountId: 'no id at all' }],
])('%s is refused', async (code, input) => {
  expect(await add(input)).toMatchObject({ paymentMethod: null, userErrors: [{ code }] });
});

test('an account keeps at most 20', async () => {
  await house.sql`insert into payment_methods
    select account_id, gen_random_uuid(), kind, brand, last_four, expiry_month, expiry_year, 'tok_' || n, added_at
    from payment_methods, generate_series(1, 20) n where account_id = (select account_id from accounts where number = 'BA-00000001') limit 20`;
  expect(await add({ providerToken: 'tok_visa_succeeds' })).toMatchObject({ userErrors: [{ code: 'PAYMENT_METHODS_LIMIT' }] });
});

test('a dry run shows the card and keeps nothing', async () => {
  const input = { idempotencyKey: 'dry', dryRun: true, billingAccountId: globex, providerToken: 'tok_three_d_secure' };
  const { data } = await house.run(globexBuyer, ADD, { input });
  expect(data.addPaymentMethod).toMatchObject({ paymentMethod: { lastFour: '3220' }, userErrors: [] });
  const kept = await house.run(globexBuyer, METHODS, { account: globex });
  expect(kept.data._entities).toEqual([{ paymentMethods: [] }]);
});

test('cards are seen by their account and by those who deal with its money', async () => {
  await addCard(house, 'tok_declined', globex);
  const seenBy = async (viewer: typeof finance) =>
    (await house.run(viewer, METHODS, { account: globex })).data?._entities?.[0]?.paymentMethods ?? null;
  expect(await seenBy(globexBuyer)).toEqual([{ lastFour: '0002' }]);
  expect(await seenBy(finance)).toEqual([{ lastFour: '0002' }]);
  expect(await seenBy(support)).toEqual([{ lastFour: '0002' }]);
  for (const stranger of [acmeBuyer, sales, analyst]) expect(await seenBy(stranger)).toBeNull();
});

test("a provider's token is in no answer and in no event", async () => {
  expect(JSON.stringify(await house.announced())).not.toContain('tok_');
  const { errors } = await house.run(globexBuyer, METHODS.replace('lastFour', 'providerToken'), { account: globex });
  expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
});

test('a provider that does not answer is not waited for, and the same request may come again', async () => {
  const unreachable = { cardOf: () => Promise.reject(new Error('connect ETIMEDOUT 10.0.0.7:443')) };
  const services = () => ({ paymentProvider: unreachable, providerDeadlineMs: 250 }) as never;
  const alone = await openTestHouse({ ...billing, services });
  const input = { idempotencyKey: 'nobody answers', billingAccountId: acme, providerToken: 'tok_visa_succeeds' };
  const { data, errors } = await alone.run(acmeBuyer, ADD, { input });
  await alone.close();
  expect(errors).toBeUndefined();
  expect(data.addPaymentMethod).toEqual({
    paymentMethod: null,
    userErrors: [{ code: 'PAYMENT_PROVIDER_UNAVAILABLE', path: [], retryable: true }],
  });
});
