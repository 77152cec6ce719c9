/** The documents of instances, of support and of product pages, as they stand in operations.graphql; and an outage, told by its order. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DevelopmentProduct, openDevelopmentProduct } from '../../subgraphs/licenses/ports/development-product';
import { ask } from '../support/house';
import { openTestPlatform, type TestPlatform } from '../support/platform';
import { type Company, eventually, newKey } from '../support/shop';
import { service } from '../support/viewers';

const NOON = new Date('2026-06-15T12:00:00.000Z');
const minutesLater = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);

let product: DevelopmentProduct;
let platform: TestPlatform;
let company: Company;
let support: string;
const namespaceIds: string[] = [];

beforeAll(async () => {
  product = await openDevelopmentProduct(mkdtempSync(join(tmpdir(), 'hosted-')));
  platform = await openTestPlatform({ now: NOON, variables: { HOSTED_PRODUCT_URL: product.url } });
  company = await platform.openCompany('Tailspin Toys');
  support = await platform.support();
  for (const path of ['tailspin', 'tailspin-next']) namespaceIds.push(await platform.registerNamespace(company, path));
});
afterAll(async () => {
  await platform?.close();
  await product?.close();
});

const subscriptionsOf = async () =>
  (await platform.run(company.token, 'MyPurchases', { account: company.accountId })).billingAccount.subscriptions.nodes as {
    readonly name: string;
    readonly activation: { readonly code: string } | null;
  }[];

test('while the hosted product fails and forgets, the order says why, and is fulfilled once when it is back', async () => {
  product.behave('fails');
  const namespaceId = namespaceIds[0]!;
  const orderId = await platform.buy(company, { sku: 'premium-saas', quantity: 15, namespaceId });
  const step = async () => {
    const { order } = await platform.run(company.token, 'OrderProgress', { id: orderId });
    return order.steps.find(({ kind }: { kind: string }) => kind === 'LICENSE');
  };
  await eventually(async () => (await step()).lastError === 'TARGET_UNAVAILABLE: The hosted product answered 503.');
  product.behave('forgets');
  await platform.clock.moveTo(minutesLater(5));
  expect((await step()).lastError).toBe('TARGET_UNAVAILABLE: It was answered, and not kept.');
  product.behave('up');
  await platform.clock.moveTo(minutesLater(11));

  const order = await platform.untilOrder(company.token, orderId);
  const told = order.timeline.filter(({ detail }: { detail: string }) => /TARGET_UNAVAILABLE|namespace/.test(detail));
  expect(told[0]).toMatchObject({ house: 'licenses', kind: 'STEP_FAILED' });
  expect(told.at(-1)).toMatchObject({ house: 'licenses', kind: 'STEP_DONE', detail: 'The plan and seats of its namespace.' });
  expect(order.timeline.filter(({ kind }: { kind: string }) => kind === 'ORDER_FULFILLED')).toHaveLength(1);
  expect(product.held('namespaces', namespaceId)).toEqual({
    revision: 1,
    content: { plan: 'PREMIUM', seats: 15, addOns: [], storageGb: 0 },
    carriedOut: [1],
  });
  await platform.clock.set(minutesLater(12));
});

test('a product page shows which plans there are, and suggests seats when they run out', async () => {
  const namespace = namespaceIds[0]!;
  const input = { idempotencyKey: newKey(), namespaceId: namespace, seatsInUse: 14 };
  const query = 'mutation ($input: ReportNamespaceUsageInput!) { reportNamespaceUsage(input: $input) { userErrors { code } } }';
  const counted = await ask(platform.urlOf('subscriptions'), 'subscriptions', service('hosted-product'), { query, variables: { input } });
  expect(counted.data.reportNamespaceUsage.userErrors).toEqual([]);
  const offer = await eventually(async () => {
    const { upsellOffers } = (await platform.run(company.token, 'UpsellForNamespace', { namespace })).namespace;
    return upsellOffers[0]?.code === 'ADD_SEATS' && upsellOffers[0];
  });
  // 14 users leave 1 of 15 seats; of 17 seats 3 are left, more than the 2 of an alert.
  expect(offer).toEqual({
    code: 'ADD_SEATS',
    sku: 'premium-saas',
    reason: '1 of 15 seats are left.',
    seatsNow: 15,
    seatsSuggested: 17,
    price: { amount: '456.00', currency: 'USD' }, // 2 × $228
  });
  const picked = (await platform.run(company.token, 'PlanPicker', { namespace })).namespace;
  expect(picked).toEqual({
    path: 'tailspin',
    plan: 'PREMIUM',
    eligibility: {
      offers: [
        {
          sku: 'premium-saas',
          name: 'Premium SaaS',
          pricePerSeat: { amount: '228.00', currency: 'USD' },
          seatsMin: 15,
          isEligible: false,
          reason: 'HAS_IT',
        },
        {
          sku: 'ultimate-saas',
          name: 'Ultimate SaaS',
          pricePerSeat: { amount: '1188.00', currency: 'USD' },
          seatsMin: 15,
          isEligible: true,
          reason: null,
        },
      ],
      trial: { isEligible: true, kind: 'ULTIMATE', days: 60, reason: null },
    },
  });
});

test('support moves a subscription to another namespace, and both have what is theirs', async () => {
  const { name } = (await subscriptionsOf())[0]!;
  const input = { idempotencyKey: newKey(), subscriptionName: name, toNamespaceId: namespaceIds[1], reason: 'They merged their groups.' };
  const { transferNamespace } = await platform.run(support, 'TransferNamespace', { input });
  expect(transferNamespace).toEqual({ subscription: { name, namespace: { id: namespaceIds[1], path: 'tailspin-next' } }, userErrors: [] });
  await eventually(async () => product.held('namespaces', namespaceIds[1]!)?.content.seats === 15);
  await eventually(async () => product.held('namespaces', namespaceIds[0]!)?.content.plan === 'FREE');
});

test('an instance activates and reports; support looks at its licences, sends one again, finds its owner and leaves a trail', async () => {
  const orderId = await platform.buy(company, { sku: 'ultimate-self-managed', quantity: 10 });
  await platform.untilOrder(company.token, orderId);
  const bought = (await subscriptionsOf()).find(({ activation }) => activation)!;
  const machine = await platform.instance('tailspin-1');
  const names = { instanceId: 'tailspin-1', hostname: 'devops.tailspin.example', version: '18.4.0' };
  const activation = { ...names, idempotencyKey: newKey(), activationCode: bought.activation!.code };
  const { activateInstance } = await platform.run(machine, 'ActivateInstance', { input: activation });
  expect(activateInstance).toMatchObject({ license: { plan: 'ULTIMATE', seats: 10 }, futureSubscriptions: [], userErrors: [] });
  const licenseId = activateInstance.license.id;
  const report = { ...names, licenseId, on: '2026-06-15', billableUsers: 12, maxHistoricalUsers: 12 };
  const { reportSeatUsage } = await platform.run(machine, 'ReportSeatUsage', { input: report });
  expect(reportSeatUsage).toEqual({ license: null, nextReconciliationOn: '2026-09-21', userErrors: [] }); // 15 September + 6 days

  const { subscription } = await platform.run(support, 'LicenseHealth', { name: bought.name });
  expect(subscription).toMatchObject({
    name: bought.name,
    activation: { instances: [{ hostname: names.hostname, version: names.version }] },
    licenses: [{ id: licenseId, kind: 'ONLINE_CLOUD', status: 'CURRENT', seats: 10, generatedFrom: 'ACTIVATION' }],
    seatUsage: [{ on: '2026-06-15', billable: 12, max: 12, seats: 10, overage: 2 }], // 12 − 10
  });
  const again = { idempotencyKey: newKey(), licenseId, reason: 'The mail was lost.' };
  const { resendLicense } = await platform.run(support, 'ResendLicense', { input: again });
  expect(resendLicense).toMatchObject({ delivery: { channel: 'EMAIL' }, userErrors: [] });
  const { search } = await platform.run(support, 'CustomerLookup', { term: bought.name });
  expect(JSON.stringify(search)).toContain(bought.name);
  const reasons = await eventually(async () => {
    const { billingAccount } = await platform.run(support, 'AuditTrail', { account: company.accountId });
    const told = billingAccount.audit.nodes.map(({ reason }: { reason: string | null }) => reason);
    return told.includes('The mail was lost.') && told;
  });
  expect(reasons).toEqual(expect.arrayContaining(['The mail was lost.', 'They merged their groups.']));
});

test('support puts the end of a term off by 21 days, once', async () => {
  const { name } = (await subscriptionsOf()).find(({ activation }) => activation)!;
  await platform.clock.untilAtRest();
  await platform.clock.set(new Date('2027-06-05T09:00:00Z'));
  const grant = () =>
    platform.run(support, 'GrantTemporaryExtension', {
      input: { idempotencyKey: newKey(), subscriptionName: name, reason: 'Their budget is late.' },
    });
  expect((await grant()).grantTemporaryExtension).toEqual({ extension: { endsOn: '2027-07-06' }, userErrors: [] }); // 15 June + 21 days
  expect((await grant()).grantTemporaryExtension.userErrors).toHaveLength(1);
});
