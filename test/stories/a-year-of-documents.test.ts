/** The documents that front ends and support send about a term, from its trial to its end, as they are saved. */
import { openTestPlatform, type TestPlatform } from '../support/platform';
import { accepted, type Company, newKey } from '../support/shop';

let platform: TestPlatform;
let company: Company;
let support: string;
let card: string;
beforeAll(async () => {
  platform = await openTestPlatform({ now: new Date('2026-01-01T08:00:00.000Z') });
  await platform.clock.moveTo(new Date('2026-01-01T09:00:00.000Z'));
  company = await platform.openCompany('Fabrikam');
  card = await platform.addCard(company, 'tok_visa_succeeds');
  support = await platform.support();
});
afterAll(() => platform?.close());

const input = (more: object) => ({ input: { idempotencyKey: newKey(), ...more } });
const told = async (type: string) =>
  (await platform.sql('subscriptions')`select data from event_log where type = ${type} order by position`).map(({ data }) => data);
const read = async (query: string, variables: object) => platform.query(company.token, query, variables);
const group = async (id: string) =>
  (await read('query ($id: ID!) { namespace(id: $id) { plan trial { status endsOn convertedOn } } }', { id })).namespace;
const subscription = async (name: string) =>
  (
    await read(
      'query ($name: ID!) { subscription(name: $name) { name status seats term { endsOn } renewalAttempts { status reasons } } }',
      { name },
    )
  ).subscription;

async function sold(wishes: object): Promise<string> {
  const orderId = await platform.buy(company, { sku: 'premium-saas', quantity: 10, paymentMethodId: card, ...wishes });
  const order = await platform.untilOrder(company.token, orderId);
  await platform.clock.untilAtRest();
  return order.actions[0].subscription.name;
}

async function payByItself(): Promise<void> {
  const change = `mutation ($input: UpdateBillingAccountInput!) { updateBillingAccount(input: $input) { userErrors { code message } } }`;
  const sales = await platform.staff('SALES');
  const { updateBillingAccount } = await platform.query(sales, change, input({ billingAccountId: company.accountId, isAutoPay: true }));
  accepted(updateBillingAccount);
}

test('a group tries a plan, buys it, loses its card, and is free fourteen days after its renewal failed', async () => {
  await payByItself();
  const web = await platform.registerNamespace(company, 'fabrikam-web');
  const { startTrial } = await platform.run(company.token, 'StartTrial', input({ namespaceId: web, kind: 'ULTIMATE' }));
  expect(accepted(startTrial).trial).toMatchObject({ status: 'ACTIVE', endsOn: '2026-01-31', seats: 100 }); // 30 days on a free group
  expect((await group(web)).plan).toBe('ULTIMATE');

  const hosted = await sold({ namespaceId: web });
  expect(await group(web)).toEqual({ plan: 'PREMIUM', trial: { status: 'CONVERTED', endsOn: '2026-01-01', convertedOn: '2026-01-01' } });
  const again = await platform.run(company.token, 'StartTrial', input({ namespaceId: web, kind: 'ULTIMATE' }));
  expect(again.startTrial).toMatchObject({ trial: null, userErrors: [{ code: 'TRIAL_USED' }] });

  await platform.clock.moveTo(new Date('2026-12-20T09:00:00.000Z'));
  await platform.addCard(company, 'tok_declined');
  await platform.clock.moveTo(new Date('2027-01-14T09:00:00.000Z')); // the thirteenth day after the end
  const failed = { status: 'EXPIRED', renewalAttempts: [{ status: 'FAILED', reasons: ['CARD_DECLINED'] }] };
  expect(await subscription(hosted)).toMatchObject(failed);
  expect((await group(web)).plan).toBe('PREMIUM');
  await platform.clock.moveTo(new Date('2027-01-15T09:00:00.000Z')); // the end, 1 January, and fourteen days
  expect((await group(web)).plan).toBe('FREE');
}, 180_000);

test('a buyer lets a term end, is given time by support, and renews after all', async () => {
  const lab = await platform.registerNamespace(company, 'fabrikam-lab');
  const name = await sold({ namespaceId: lab, quantity: 4 }); // until 15 January 2028
  const wish = await platform.run(company.token, 'SetAutoRenew', input({ subscriptionName: name, isOn: false }));
  expect(accepted(wish.setAutoRenew).subscription.autoRenew.isOn).toBe(false);
  await platform.clock.moveTo(new Date('2028-01-20T09:00:00.000Z'));
  expect(await subscription(name)).toMatchObject({ status: 'EXPIRED', renewalAttempts: [{ reasons: ['TURNED_OFF'] }] });

  const asked = { subscriptionName: name, reason: 'The budget is approved next week.' };
  const { grantTemporaryExtension } = await platform.run(support, 'GrantTemporaryExtension', input(asked));
  expect(accepted(grantTemporaryExtension).extension.endsOn).toBe('2028-02-05'); // 15 January and 21 days
  await platform.clock.moveTo(new Date('2028-02-04T09:00:00.000Z'));
  expect((await group(lab)).plan).toBe('PREMIUM'); // without it, free since 29 January

  const paymentMethodId = await platform.addCard(company, 'tok_mastercard_succeeds');
  const { renewSubscription } = await platform.run(company.token, 'RenewNow', input({ subscriptionName: name, paymentMethodId }));
  await platform.untilOrder(company.token, accepted(renewSubscription).order.id);
  expect(await subscription(name)).toMatchObject({ status: 'ACTIVE', seats: 4, term: { endsOn: '2029-01-15' } });

  const stopped = await platform.run(company.token, 'CancelNow', input({ subscriptionName: name, reason: 'We close.' }));
  await platform.untilOrder(company.token, accepted(stopped.cancelSubscription).order.id);
  expect((await subscription(name)).status).toBe('ACTIVE'); // to the end of its term
  expect((await told('SubscriptionVersionCreated.v1')).at(-1)).toMatchObject({ name, version: 4, cancelsOn: '2029-01-15' });
}, 180_000);

test('support takes up an order whose card was declined, and its reason stands in the timeline', async () => {
  const paymentMethodId = await platform.addCard(company, 'tok_insufficient_funds');
  const orderId = await platform.buy(company, { sku: 'premium-self-managed', quantity: 1, paymentMethodId });
  await platform.untilOrder(company.token, orderId, 'ERROR');
  const reason = 'The customer says that there is money now.';
  const { retryFulfillment } = await platform.run(support, 'RetryFulfillment', input({ orderId, reason }));
  expect(accepted(retryFulfillment).order).toMatchObject({ id: orderId });
  await platform.clock.untilAtRest();
  const { order } = await platform.run(support, 'OrderProgress', { id: orderId });
  expect(order.state).toBe('ERROR'); // and there is none
  expect(order.timeline).toContainEqual(expect.objectContaining({ kind: 'ORDER_RESUMED', detail: reason }));
}, 120_000);
