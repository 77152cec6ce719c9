/** P2, P3, P5: up now, down at the renewal, and products taken out. On 15 June 2026, 177 days of 365 are left. */
import { day } from '../../../kernel/time';
import type { TestHouse } from '../../support/house';
import { bought, carryOut, dayComes, planned, told } from './amending-scene';
import { aId, buy, openOrders, preview, progress, seats, versionEvent } from './scene';

let house: TestHouse;
beforeEach(async () => {
  house = await openOrders();
});
afterEach(() => house.close());

const NAME = 'A-S00000001';
const changed = (sku: string, change: object = {}) => ({ changePlan: { subscriptionName: NAME, sku, ...change } });
const removed = (sku: string, change: object = {}) => ({ removeProduct: { subscriptionName: NAME, sku, ...change } });
const codes = ({ userErrors }: { userErrors: { code: string }[] }) => userErrors.map(({ code }) => code);
const workings = ({ lines }: { lines: { working: string }[] }) => lines.map(({ working }) => working);
const beside = (sku: string, kind: string, quantity: number) => ({
  ...versionEvent(1).data.charges[0]!,
  chargeId: aId('charge', 9),
  sku,
  kind,
  quantity,
});

test('an upgrade credits the unused days of the old plan and charges those of the new one', async () => {
  const shown = await preview(house, [changed('ultimate-saas')]);
  expect(shown.userErrors).toEqual([]);
  expect(workings(shown)).toEqual([
    '−$2,280.00 paid for 365 days × 177 ÷ 365 days left = −$1,105.64',
    '10 seats × $1,188.00 a year × 177 ÷ 365 days = $5,760.99', // 11,880 × 177 ÷ 365 = 5,760.986…
  ]);
  expect(shown.total.amount).toBe('4655.35'); // 5,760.99 − 1,105.64
  expect(shown.changes[0]).toMatchObject({ kind: 'PLAN_CHANGED', before: 'Premium SaaS', after: 'Ultimate SaaS' });

  const { order } = await buy(house, [changed('ultimate-saas')]);
  expect(order.total.amount).toBe('4655.35');
  expect((await planned(house)).changes).toMatchObject([
    {
      kind: 'CHANGE_PLAN',
      plan: { sku: 'ultimate-saas', tier: 'ULTIMATE' },
      ends: { on: '2026-06-15', skus: ['premium-saas'] },
      pricedOn: { sku: 'premium-saas', seats: 10 },
      charges: [{ sku: 'ultimate-saas', quantity: 10, startsOn: '2026-06-15', endsOn: '2026-12-09' }],
    },
  ]);
  await carryOut(house);
  // Billing posts both lines on one invoice: its total is what the preview said.
  expect((await house.announced('InvoiceRequested.v1'))[0]!.data).toMatchObject({
    lines: [{ amount: { amount: '-1105.64' } }, { amount: { amount: '5760.99' } }],
    total: { amount: '4655.35' },
  });
  expect(await house.announced('LicenseRequested.v1')).toEqual([]);
  await carryOut(house, 'InvoiceRequested.v1', 'LicenseRequested.v1', 'DeliveryRequested.v1');
  expect((await progress(house, order.id)).state).toBe('FULFILLED');
});

test('a credit is a share of what was paid: a leap year of 366 days gives back no more than its price', async () => {
  dayComes(house, '2027-08-15');
  const { change, name } = await bought(house, { startsOn: '2027-08-15' });
  const { lines } = await preview(house, [changed('ultimate-saas', { subscriptionName: name })]);
  expect(lines[0]).toMatchObject({ days: 366, amount: { amount: '-2280.00' } }); // 2,280 × 366 ÷ 366
  expect(change.term.endsOn).toBe('2028-08-15');
});

test('fewer seats of a richer plan are sold when they bring more a year, and refused when they do not', async () => {
  const two = await preview(house, [changed('ultimate-saas', { quantity: 2 })]); // 2 × $1,188 = $2,376 > 10 × $228 = $2,280
  expect(two.userErrors).toEqual([]);
  const one = await preview(house, [changed('ultimate-saas', { quantity: 1 })]); // $1,188 < $2,280
  expect(one.userErrors).toMatchObject([{ code: 'ARR_WOULD_FALL', path: ['actions', '0', 'changePlan', 'quantity'] }]);
});

test('the same tier on the customer’s own machines is a change of today that costs nothing', async () => {
  const { userErrors, total, lines } = await preview(house, [changed('premium-self-managed')]);
  expect(userErrors).toEqual([]);
  expect(lines).toHaveLength(2);
  expect(total.amount).toBe('0.00'); // −$1,105.64 + $1,105.64
});

test('a poorer plan and fewer seats are kept for the renewal, and nothing is charged or delivered', async () => {
  const ultimate = { sku: 'ultimate-saas', name: 'Ultimate SaaS', tier: 'ULTIMATE', deployment: 'SAAS' };
  await house.receive('subscriptions', versionEvent(1, { version: 2, plan: ultimate }));
  const shown = await preview(house, [changed('premium-saas', { quantity: 6 })]);
  expect(shown).toMatchObject({
    lines: [],
    total: { amount: '0.00' },
    changes: [{ kind: 'RENEWAL_PLANNED', before: 'Ultimate SaaS, 10 seats', after: 'Premium SaaS, 6 seats' }],
  });
  const { order } = await buy(house, [changed('premium-saas', { quantity: 6 })]);
  expect((await planned(house)).changes).toMatchObject([
    {
      kind: 'PLAN_AT_RENEWAL',
      effectiveOn: '2026-06-15',
      plan: { sku: 'premium-saas' },
      atRenewal: { seats: 6, unitPrice: { amount: '228.00' } },
      charges: [],
    },
  ]);
  await carryOut(house);
  expect((await progress(house, order.id)).state).toBe('FULFILLED');
  expect([await house.announced('InvoiceRequested.v1'), await house.announced('CreditRequested.v1')]).toEqual([[], []]);
});

test('fewer seats of the same plan are kept for the renewal too', async () => {
  const { changes } = await preview(house, [changed('premium-saas', { quantity: 6 })]);
  expect(changes).toMatchObject([{ kind: 'RENEWAL_PLANNED', before: 'Premium SaaS, 10 seats', after: 'Premium SaaS, 6 seats' }]);
});

test('a product that is taken out is credited for its unused days, by a credit and not by an invoice', async () => {
  const charges = [...versionEvent(1).data.charges, beside('code-assistant', 'ADD_ON', 2)];
  await house.receive('subscriptions', versionEvent(1, { version: 2, charges }));
  const shown = await preview(house, [removed('code-assistant')]);
  expect(workings(shown)).toEqual(['−$456.00 paid for 365 days × 177 ÷ 365 days left = −$221.13']); // 456 × 177 ÷ 365 = 221.128…
  expect(shown.changes.at(-1)).toMatchObject({ kind: 'CREDIT_GIVEN', after: '$221.13' });
  const { order } = await buy(house, [removed('code-assistant')]);
  expect((await planned(house)).changes).toMatchObject([
    { kind: 'REMOVE_PRODUCT', ends: { on: '2026-06-15', skus: ['code-assistant'] }, charges: [] },
  ]);
  await carryOut(house);
  expect((await house.announced('CreditRequested.v1')).map(({ data }) => data)).toMatchObject([
    { isRefunded: false, total: { amount: '221.13' }, lines: [{ creditedInvoiceId: null, days: 177 }] },
  ]);
  expect((await progress(house, order.id)).state).toBe('FULFILLED');
});

test('a credit that meets a charge in one order lessens its invoice', async () => {
  const charges = [...versionEvent(1).data.charges, beside('code-assistant', 'ADD_ON', 2)];
  await house.receive('subscriptions', versionEvent(1, { version: 2, charges }), versionEvent(2));
  const { total } = await preview(house, [removed('code-assistant'), seats(10, { subscriptionName: 'A-S00000002' })]);
  expect(total.amount).toBe('884.51'); // 1,105.64 − 221.13
});

test.each([
  ['the plan that is in force', [changed('premium-saas')], 'PLAN_UNCHANGED'],
  ['more seats of the same plan', [changed('premium-saas', { quantity: 12 })], 'PLAN_UNCHANGED'],
  ['an add-on in place of a plan', [changed('code-assistant')], 'PRODUCT_NOT_A_PLAN'],
  ['an unknown plan', [changed('gold')], 'PRODUCT_NOT_FOUND'],
  ['an upgrade ahead', [changed('ultimate-saas', { effectiveOn: '2026-07-01' })], 'EFFECTIVE_DATE_OUT_OF_RANGE'],
  ['a downgrade before the renewal', [changed('premium-saas', { quantity: 6, effectiveOn: '2026-07-01' })], 'EFFECTIVE_DATE_OUT_OF_RANGE'],
  ['the removal of the plan', [removed('premium-saas')], 'PRODUCT_NOT_REMOVABLE'],
  ['the removal of what is not there', [removed('storage-10gb')], 'PRODUCT_NOT_IN_FORCE'],
  ['two changes of one subscription', [changed('ultimate-saas'), removed('storage-10gb')], 'ACTIONS_CONFLICT'],
] as const)('%s is refused', async (_, actions, code) => {
  expect(codes(await preview(house, actions))).toEqual([code]);
});

test('buyers do not change the plan of more than a year themselves', async () => {
  const years = { startsOn: day('2025-12-09'), endsOn: day('2028-12-09'), months: 36, kind: 'INITIAL' };
  await house.receive('subscriptions', versionEvent(1, { version: 2, term: years }));
  expect(codes(await preview(house, [changed('ultimate-saas')]))).toEqual(['MULTI_YEAR_NEEDS_SALES']);
});

test('a namespace takes no self-managed plan', async () => {
  await house.receive('subscriptions', versionEvent(1, { version: 2, namespaceId: aId('namespace', 1) }));
  expect(codes(await preview(house, [changed('premium-self-managed')]))).toEqual(['PRODUCT_NOT_FOR_PLAN']);
});

test('an upgrade can be cancelled with what was paid in all, less what was credited', async () => {
  const { change, name } = await bought(house, {});
  dayComes(house, '2026-07-15'); // 335 of 365 days are left
  const { order } = await buy(house, [changed('ultimate-saas', { subscriptionName: name })]);
  expect(order.total.amount).toBe('8810.96'); // 11,880 × 335 ÷ 365 = 10,903.56; less 2,280 × 335 ÷ 365 = 2,092.60
  const upgrade = (await planned(house)).changes[0]!;
  await house.receive(
    'subscriptions',
    told({ ...upgrade, charges: [...change.charges.map(c => ({ ...c, endsOn: day('2026-07-15') })), ...upgrade.charges] }, 2, name),
  );
  await carryOut(house, 'InvoiceRequested.v1', 'LicenseRequested.v1', 'DeliveryRequested.v1');
  const { total, lines } = await preview(house, [{ cancel: { subscriptionName: name, refund: true } }]);
  expect(lines.map((line: { amount: { amount: string } }) => line.amount.amount)).toEqual(['-187.40', '-10903.56']); // 2,280 − 2,092.60
  expect(total.amount).toBe('-11090.96'); // 2,280.00 + 8,810.96
});
