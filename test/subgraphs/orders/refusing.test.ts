import { addDays, day } from '../../../kernel/time';
import { restrictParties } from '../../../subgraphs/orders/actions/restrictParties';
import type { TestHouse } from '../../support/house';
import {
  accountEvent,
  acme,
  acmeBuyer,
  aId,
  buy,
  card,
  globex,
  openOrders,
  premium,
  preview,
  progress,
  saidOfOrders,
  seats,
  versionEvent,
} from './scene';

let house: TestHouse;
beforeAll(async () => {
  house = await openOrders();
  const namespace = (number: number, accountId = acme) => ({
    type: 'NamespaceChanged.v1',
    accountId,
    data: { namespaceId: aId('namespace', number), accountId, path: `group-${number}`, plan: 'FREE' },
  });
  const euro = { amount: '216.00', currency: 'EUR' } as const;
  const charge = { ...versionEvent(1).data.charges[0]!, unitPrice: euro };
  await house.receive('customers', accountEvent(aId('account', 3), { name: 'Held', holds: ['CREDIT_HOLD'] }));
  await house.receive('customers', accountEvent(aId('account', 4), { name: 'Formal', holds: ['PO_REQUIRED'] }));
  await house.receive('customers', accountEvent(aId('account', 5), { name: 'Wonderland', currency: 'CHF' }));
  await house.receive(
    'subscriptions',
    versionEvent(2, { term: { startsOn: day('2025-12-09'), endsOn: day('2028-12-09'), months: 36, kind: 'INITIAL' } }),
    versionEvent(3, { status: 'CANCELLED' }),
    versionEvent(4, { accountId: globex }),
    versionEvent(5, { charges: [charge] }),
    versionEvent(6, { charges: [{ ...charge, unitPrice: { amount: '228.00', currency: 'USD' }, endsOn: day('2026-06-01') }] }),
    versionEvent(7, { namespaceId: aId('namespace', 1) }),
    namespace(1),
    namespace(2),
    namespace(3, globex),
  );
});
afterAll(() => house.close());

const today = day('2026-06-15');
const saas = (change: object = {}) => ({ createSubscription: { sku: 'premium-saas', quantity: 1, ...change } });
const product = (change: object = {}) => ({
  addProduct: { subscriptionName: 'A-S00000001', sku: 'code-assistant', quantity: 1, ...change },
});
const at = (action: string, field: string, index = 0) => ['actions', String(index), action, field];
const on = (number: number) => ({ billingAccountId: aId('account', number) });

test.each([
  ['nobody else’s account', [premium()], { billingAccountId: globex }, 'ACCOUNT_NOT_FOUND', ['billingAccountId']],
  ['no account that does not exist', [premium()], on(99), 'ACCOUNT_NOT_FOUND', ['billingAccountId']],
  ['no account that is no id', [premium()], { billingAccountId: 'acc_1; drop table orders' }, 'ACCOUNT_NOT_FOUND', ['billingAccountId']],
  ['no empty order', [], {}, 'ACTIONS_OUT_OF_RANGE', ['actions']],
  ['no order of 301 actions', Array.from({ length: 301 }, () => premium()), {}, 'ACTIONS_OUT_OF_RANGE', ['actions']],
  ['no seats', [premium({ quantity: 0 })], {}, 'QUANTITY_OUT_OF_RANGE', at('createSubscription', 'quantity')],
  ['no 100,001 seats', [premium(), seats(100_001)], {}, 'QUANTITY_OUT_OF_RANGE', at('addSeats', 'quantity', 1)],
  ['no term of no months', [premium({ termMonths: 0 })], {}, 'TERM_OUT_OF_RANGE', at('createSubscription', 'termMonths')],
  ['no term of 61 months', [premium({ termMonths: 61 })], {}, 'TERM_OUT_OF_RANGE', at('createSubscription', 'termMonths')],
  ['nothing without agreeing to the terms', [premium()], { termsAccepted: false }, 'TERMS_NOT_ACCEPTED', ['termsAccepted']],
  ['no card that is no id', [premium()], { paymentMethodId: 'visa' }, 'PAYMENT_METHOD_NOT_FOUND', ['paymentMethodId']],
  ['no endless order number', [premium()], { poNumber: 'x'.repeat(65) }, 'PO_NUMBER_TOO_LONG', ['poNumber']],
  ['no unknown product', [saas({ sku: 'gold' })], {}, 'PRODUCT_NOT_FOUND', at('createSubscription', 'sku')],
  ['nothing in a currency without prices', [premium()], on(5), 'PRODUCT_NOT_FOUND', at('createSubscription', 'sku')],
  ['no subscription to an add-on', [saas({ sku: 'code-assistant' })], {}, 'PRODUCT_NOT_A_PLAN', at('createSubscription', 'sku')],
  ['no plan beside a plan', [product({ sku: 'ultimate-saas' })], {}, 'PRODUCT_NOT_FOR_PLAN', at('addProduct', 'sku')],
  ['no unknown add-on', [product({ sku: 'gold' })], {}, 'PRODUCT_NOT_FOUND', at('addProduct', 'sku')],
  [
    'no namespace for a self-managed plan',
    [premium({ namespaceId: aId('namespace', 2) })],
    {},
    'PRODUCT_NOT_FOR_PLAN',
    at('createSubscription', 'namespaceId'),
  ],
  [
    'no namespace of somebody else',
    [saas({ namespaceId: aId('namespace', 3) })],
    {},
    'NAMESPACE_NOT_FOUND',
    at('createSubscription', 'namespaceId'),
  ],
  ['no namespace that is no id', [saas({ namespaceId: 'group-1' })], {}, 'NAMESPACE_NOT_FOUND', at('createSubscription', 'namespaceId')],
  [
    'no second plan for a namespace',
    [saas({ namespaceId: aId('namespace', 1) })],
    {},
    'NAMESPACE_HAS_SUBSCRIPTION',
    at('createSubscription', 'namespaceId'),
  ],
  [
    'no two plans for one namespace at once',
    [saas({ namespaceId: aId('namespace', 2) }), saas({ namespaceId: aId('namespace', 2) })],
    {},
    'NAMESPACE_HAS_SUBSCRIPTION',
    at('createSubscription', 'namespaceId', 1),
  ],
  [
    'no start 31 days ago',
    [premium({ startsOn: addDays(today, -31) })],
    {},
    'EFFECTIVE_DATE_OUT_OF_RANGE',
    at('createSubscription', 'startsOn'),
  ],
  [
    'no start in 366 days',
    [premium({ startsOn: addDays(today, 366) })],
    {},
    'EFFECTIVE_DATE_OUT_OF_RANGE',
    at('createSubscription', 'startsOn'),
  ],
  ['no seats after the term', [seats(1, { effectiveOn: '2026-12-09' })], {}, 'EFFECTIVE_DATE_OUT_OF_RANGE', at('addSeats', 'effectiveOn')],
  [
    'no seats 31 days ago',
    [seats(1, { effectiveOn: addDays(today, -31) })],
    {},
    'EFFECTIVE_DATE_OUT_OF_RANGE',
    at('addSeats', 'effectiveOn'),
  ],
  [
    'no seats on an unknown subscription',
    [seats(1, { subscriptionName: 'A-S99999999' })],
    {},
    'SUBSCRIPTION_NOT_FOUND',
    at('addSeats', 'subscriptionName'),
  ],
  [
    'no seats on another account’s subscription',
    [seats(1, { subscriptionName: 'A-S00000004' })],
    {},
    'SUBSCRIPTION_NOT_FOUND',
    at('addSeats', 'subscriptionName'),
  ],
  [
    'no seats on a cancelled subscription',
    [seats(1, { subscriptionName: 'A-S00000003' })],
    {},
    'SUBSCRIPTION_NOT_ACTIVE',
    at('addSeats', 'subscriptionName'),
  ],
  [
    'no seats where none are in force',
    [seats(1, { subscriptionName: 'A-S00000006' })],
    {},
    'SUBSCRIPTION_NOT_ACTIVE',
    at('addSeats', 'subscriptionName'),
  ],
  [
    'no seats on three years without sales',
    [seats(1, { subscriptionName: 'A-S00000002' })],
    {},
    'MULTI_YEAR_NEEDS_SALES',
    at('addSeats', 'subscriptionName'),
  ],
  ['no two currencies', [seats(1), seats(1, { subscriptionName: 'A-S00000005' })], {}, 'CURRENCIES_DIFFER', ['actions']],
  ['nothing on terms while on hold', [premium()], on(3), 'ACCOUNT_ON_HOLD', ['paymentMethodId']],
  ['nothing without the order number that is required', [premium()], { ...on(4), poNumber: ' ' }, 'PO_NUMBER_REQUIRED', ['poNumber']],
  [
    'nothing at another price than was seen',
    [premium()],
    { expectedTotal: { amount: '2279.99', currency: 'USD' } },
    'PRICE_CHANGED',
    ['expectedTotal'],
  ],
  [
    'no total with half cents',
    [premium()],
    { expectedTotal: { amount: '2280.001', currency: 'USD' } },
    'AMOUNT_INVALID',
    ['expectedTotal', 'amount'],
  ],
] as const)('buys %s', async (_what, actions, change, code, path) => {
  const buyer = { ...acmeBuyer, accounts: [acme, aId('account', 3), aId('account', 4), aId('account', 5), aId('account', 99)] };
  const answer = await buy(house, actions, change, buyer);
  expect(answer).toMatchObject({ order: null, userErrors: [{ code, path }] });
  // A preview refuses alike, but for the terms, which a buyer reads after the price.
  const shown = await preview(house, actions, change, buyer);
  expect(shown.userErrors.map((error: { code: string }) => error.code)).toEqual(code === 'TERMS_NOT_ACCEPTED' ? [] : [code]);
});

test('nothing that was refused left a trace', async () => {
  expect(await saidOfOrders(house)).toEqual([]);
  expect(await house.sql`select 1 from orders`).toEqual([]);
});

test('the total that was seen is the total that is charged', async () => {
  const { userErrors } = await buy(house, [premium()], { expectedTotal: { amount: '2280.00', currency: 'USD' } });
  expect(userErrors).toEqual([]);
});

test('a namespace gets its next plan when the one it has is over', async () => {
  const next = await preview(house, [saas({ namespaceId: aId('namespace', 1), startsOn: '2026-12-09' })]);
  expect(next.userErrors).toEqual([]);
});

test('an account on hold buys by card, and one that needs an order number names it', async () => {
  const buyer = { ...acmeBuyer, accounts: [aId('account', 3), aId('account', 4)] };
  expect((await buy(house, [premium()], { ...on(3), paymentMethodId: card }, buyer)).userErrors).toEqual([]);
  expect((await buy(house, [premium()], { ...on(4), poNumber: 'PO-7' }, buyer)).userErrors).toEqual([]);
});

test('seats on a subscription that a reseller sold are refused, and those of another seller need an order of their own', async () => {
  const { order } = await buy(house, [premium()]);
  const uuid = order.id.slice(4);
  const [action] = await house.sql`select subscription_id from order_actions where order_id = ${uuid}`;
  const subscriptionId = `sub_${String(action!.subscription_id).replaceAll('-', '')}` as never;
  await house.receive('subscriptions', versionEvent(8, { subscriptionId }));
  await house.sql`update orders set selling_entity = 'NL_BV' where id = ${uuid}`;
  const mixed = await buy(house, [seats(1), seats(1, { subscriptionName: 'A-S00000008' })]);
  expect(mixed.userErrors).toMatchObject([{ code: 'SELLING_ENTITIES_DIFFER' }]);
  // An addition is sold by the company that sold the base: Dutch tax would be due at home, and nothing is for an export.
  expect((await preview(house, [seats(1, { subscriptionName: 'A-S00000008' })])).userErrors).toEqual([]);
  await house.sql`update orders set deal_type = 'RESALE' where id = ${uuid}`;
  const resold = await buy(house, [seats(1, { subscriptionName: 'A-S00000008' })]);
  expect(resold.userErrors).toMatchObject([{ code: 'RESALE_NEEDS_RESELLER' }]);
});

test('a restricted party’s order is kept as rejected, carries out nothing, and tells no name', async () => {
  await house.write(work => restrictParties(work as never, [{ kind: 'PARTY', name: 'Évil, Corp.', reason: 'listed' }]));
  await house.receive('customers', accountEvent(aId('account', 6), { name: 'evil CORP' }));
  const evil = { ...acmeBuyer, accounts: [aId('account', 6)] };
  const asked = async () => (await house.announced('SubscriptionChangeRequested.v1')).length;
  const before = await asked();
  const { order, userErrors } = await buy(house, [premium()], on(6), evil);
  expect([order.state, userErrors]).toEqual(['REJECTED', []]);
  const kept = await progress(house, order.id, evil);
  expect(kept.steps[0]).toMatchObject({ kind: 'SCREENING', state: 'FAILED' });
  expect(JSON.stringify(kept)).not.toMatch(/evil/i);
  expect((await house.announced('OrderRejected.v1')).map(event => event.subject)).toEqual([order.id]);
  expect(await asked()).toBe(before);
  expect((await preview(house, [premium()], on(6), evil)).userErrors).toMatchObject([{ code: 'ORDER_REJECTED' }]);
});
