/** Longer terms, pauses, other owners and ramps. On 15 June 2026, the scene's term ends on 9 December 2026. */
import type { Viewer } from '../../../kernel/auth/viewer';
import { day } from '../../../kernel/time';
import type { TestHouse } from '../../support/house';
import { buyerOf, sales } from '../../support/viewers';
import { carryOut, dayComes, planned } from './amending-scene';
import {
  accountEvent,
  acme,
  acmeBuyer,
  aId,
  asked,
  buy,
  card,
  fulfil,
  globex,
  newKey,
  openOrders,
  payload,
  preview,
  progress,
  versionEvent,
} from './scene';

let house: TestHouse;
beforeEach(async () => {
  house = await openOrders();
});
afterEach(() => house.close());

const NAME = 'A-S00000001';
const longer = (termMonths: number) => ({ changeTerms: { subscriptionName: NAME, termMonths } });
const suspend = { suspend: { subscriptionName: NAME, reason: 'A question of law.' } };
const resume = { resume: { subscriptionName: NAME } };
const transfer = (change: object = {}) => ({ transferOwner: { subscriptionName: NAME, toBillingAccountId: globex, ...change } });
const ramp = (change: object = {}) => ({
  createSubscription: { sku: 'premium-self-managed', quantity: 10, termMonths: 36, rampSeats: [15, 20], ...change },
});
const codes = ({ userErrors }: { userErrors: { code: string }[] }) => userErrors.map(({ code }) => code);
const both = buyerOf(acme, globex);

test('a longer term costs its added months at the agreed price, and the order plans the new term from the same first day', async () => {
  const shown = await preview(house, [longer(18)], {}, sales);
  expect(shown.userErrors).toEqual([]);
  expect(shown.lines).toMatchObject([
    { quantity: 10, amount: { amount: '1140.00' }, working: '10 seats × $228.00 a year × 6 ÷ 12 months = $1,140.00' },
  ]);
  expect(shown.changes[0]).toMatchObject({ kind: 'TERM_CHANGED', before: '2025-12-09 to 2026-12-09', after: '2025-12-09 to 2027-06-09' });
  const { order } = await buy(house, [longer(18)], {}, sales);
  expect(order.total.amount).toBe('1140.00');
  expect((await planned(house)).changes).toMatchObject([
    {
      kind: 'CHANGE_TERMS',
      effectiveOn: '2026-06-15',
      term: { startsOn: '2025-12-09', endsOn: '2027-06-09', months: 18 },
      termBefore: { startsOn: '2025-12-09', endsOn: '2026-12-09' },
      charges: [{ quantity: 10, startsOn: '2026-12-09', endsOn: '2027-06-09' }],
    },
  ]);
  await carryOut(house, 'InvoiceRequested.v1');
  expect((await progress(house, order.id)).state).toBe('FULFILLED');
});

test('a term that is made longer by two years has a line for each of them', async () => {
  const { lines } = await preview(house, [longer(30)], {}, sales);
  expect(lines.map((line: { amount: { amount: string } }) => line.amount.amount)).toEqual(['2280.00', '1140.00']); // 12 and 6 months
});

test.each([
  ['a shorter term', [longer(6)], sales, 'TERM_OUT_OF_RANGE'],
  ['the same term', [longer(12)], sales, 'TERM_OUT_OF_RANGE'],
  ['a term of more than a year by the buyer', [longer(24)], acmeBuyer, 'MULTI_YEAR_NEEDS_SALES'],
  ['a pause by the buyer', [suspend], acmeBuyer, 'NEEDS_SUPPORT'],
  ['the end of a pause that is none', [resume], sales, 'SUBSCRIPTION_NOT_SUSPENDED'],
  ['another owner that the buyer may not act for', [transfer()], acmeBuyer, 'ACCOUNT_NOT_FOUND'],
  ['the same owner', [transfer({ toBillingAccountId: acme })], both, 'OWNER_UNCHANGED'],
  ['another owner tomorrow', [transfer({ effectiveOn: '2026-06-16' })], both, 'EFFECTIVE_DATE_OUT_OF_RANGE'],
  ['a ramp with a year missing', [ramp({ rampSeats: [15] })], acmeBuyer, 'RAMP_INCOMPLETE'],
  ['a ramp that loses seats', [ramp({ rampSeats: [15, 14] })], acmeBuyer, 'RAMP_FALLS'],
  ['a ramp of no seats', [ramp({ rampSeats: [15, 0] })], acmeBuyer, 'QUANTITY_OUT_OF_RANGE'],
] as const)('%s is refused', async (_, actions, viewer, code) => {
  expect(codes(await preview(house, actions, {}, viewer))).toEqual([code]);
});

test('a pause stops everything but its end and a cancellation', async () => {
  const { order } = await buy(house, [suspend], {}, sales);
  expect((await planned(house)).changes).toMatchObject([{ kind: 'SUSPEND', effectiveOn: '2026-06-15', charges: [] }]);
  await carryOut(house);
  expect((await progress(house, order.id)).state).toBe('FULFILLED');
  await house.receive('subscriptions', versionEvent(1, { version: 2, status: 'SUSPENDED' }));
  const refusedNow = [longer(18), transfer(), { addSeats: { subscriptionName: NAME, quantity: 1 } }, suspend];
  for (const action of refusedNow) expect(codes(await preview(house, [action], {}, sales))).toEqual(['SUBSCRIPTION_NOT_ACTIVE']);
  expect(codes(await preview(house, [{ cancel: { subscriptionName: NAME } }]))).toEqual([]);
  const shown = await preview(house, [resume], {}, sales);
  expect(shown.changes).toMatchObject([{ kind: 'SUBSCRIPTION_RESUMED', before: 'SUSPENDED', after: 'ACTIVE' }]);
  await buy(house, [resume], {}, sales);
  expect((await planned(house)).changes).toMatchObject([{ kind: 'RESUME' }]);
});

const mutation = (name: string) => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($input: ${type}!) { ${name}(input: $input) { order { state actions { kind } } userErrors { code path } } }`;
};
const act = async (viewer: Viewer, name: string, input: object) =>
  payload(await house.run(viewer, mutation(name), { input: { idempotencyKey: newKey(), subscriptionName: NAME, ...input } }), name);

test('each of them is a mutation of its own as well: an order of one action', async () => {
  expect(await act(sales, 'resumeSubscription', {})).toMatchObject({
    order: null,
    userErrors: [{ code: 'SUBSCRIPTION_NOT_SUSPENDED', path: ['subscriptionName'] }],
  });
  expect(await act(sales, 'suspendSubscription', { reason: 'A question of law.', dryRun: true })).toMatchObject({
    order: { actions: [{ kind: 'SUSPEND' }] },
  });
  expect(await act(both, 'transferOwner', { toBillingAccountId: globex })).toMatchObject({
    order: { state: 'PROVISIONING', actions: [{ kind: 'TRANSFER_OWNER' }] },
    userErrors: [],
  });
  expect(await act(acmeBuyer, 'transferOwner', { toBillingAccountId: globex })).toMatchObject({
    userErrors: [{ path: ['toBillingAccountId'] }],
  });
});

test('another owner costs nothing, and the plan names the account and the id that it has there', async () => {
  await house.receive('customers', accountEvent(globex, { version: 2, number: 'A00000002' }));
  const shown = await preview(house, [transfer()], {}, both);
  expect(shown).toMatchObject({
    lines: [],
    total: { amount: '0.00' },
    changes: [{ kind: 'OWNER_CHANGED', subject: NAME, before: 'A00000001', after: 'A00000002' }],
  });
  await buy(house, [transfer()], {}, both);
  const [change] = (await planned(house)).changes;
  expect(change).toMatchObject({ kind: 'TRANSFER_OWNER', subscriptionId: aId('subscription', 1), transfer: { toAccountId: globex } });
  expect(change!.transfer!.toSubscriptionId).not.toBe(aId('subscription', 1));
});

test('an owner who pays in another currency is refused', async () => {
  await house.receive('customers', accountEvent(globex, { version: 2, currency: 'EUR' }));
  expect(codes(await preview(house, [transfer()], {}, both))).toEqual(['CURRENCIES_DIFFER']);
});

test('a ramp is priced year by year, and each year is invoiced on its first day', async () => {
  dayComes(house, '2023-06-15');
  const shown = await preview(house, [ramp()]);
  expect(shown.userErrors).toEqual([]);
  expect(shown.lines.map(({ quantity, amount }: { quantity: number; amount: object }) => [quantity, amount])).toMatchObject([
    [10, { amount: '2280.00' }],
    [15, { amount: '3420.00' }], // 15 × $228
    [20, { amount: '4560.00' }], // 20 × $228
  ]);
  expect(shown.total.amount).toBe('10260.00');
  expect(shown.changes.slice(-3)).toMatchObject([
    { kind: 'INVOICE_POSTED', after: '$2,280.00' },
    { kind: 'INVOICE_PLANNED', subject: 'Invoice of 2024-06-15', after: '$3,420.00' },
    { kind: 'INVOICE_PLANNED', subject: 'Invoice of 2025-06-15', after: '$4,560.00' },
  ]);
  const { order } = await buy(house, [ramp()]);
  expect(order.total.amount).toBe('10260.00');
  await fulfil(house, 'SubscriptionChangeRequested.v1');
  expect((await asked(house, 'InvoiceRequested.v1')).data).toMatchObject({ total: { amount: '2280.00' }, lines: [{ quantity: 10 }] });
  await fulfil(house, 'InvoiceRequested.v1', 'LicenseRequested.v1', 'DeliveryRequested.v1');

  dayComes(house, '2024-06-14');
  await askForInstalments();
  expect(await house.announced('InvoiceRequested.v1')).toHaveLength(1);
  for (const [on, invoices, quantity, amount] of [
    ['2024-06-15', 2, 15, '3420.00'],
    ['2025-06-15', 3, 20, '4560.00'],
  ] as const) {
    dayComes(house, on);
    await askForInstalments();
    await askForInstalments();
    const requests = await house.announced('InvoiceRequested.v1');
    expect(requests).toHaveLength(invoices);
    expect(requests.at(-1)!.data).toMatchObject({ issuedOn: on, total: { amount }, lines: [{ quantity }], paymentId: null });
    await fulfil(house, 'InvoiceRequested.v1');
  }
  const { state, timeline } = await progress(house, order.id);
  expect(state).toBe('FULFILLED');
  expect(timeline.filter(({ kind }: { kind: string }) => kind === 'INSTALMENT_POSTED')).toHaveLength(2);
});

test('an instalment that nobody answered is asked for again after a day, with the same invoice', async () => {
  await boughtRamp();
  dayComes(house, '2024-06-15');
  await askForInstalments();
  dayComes(house, '2024-06-16');
  await askForInstalments();
  const [, first, again] = (await house.announced('InvoiceRequested.v1')).map(({ data }) => data as { invoiceId: string });
  expect(again!.invoiceId).toBe(first!.invoiceId);
});

test('a ramp that was cancelled is invoiced no more, and gives back only what was invoiced', async () => {
  const name = await boughtRamp();
  const shown = await preview(house, [{ cancel: { subscriptionName: name, refund: true } }]);
  expect(shown.total.amount).toBe('-2280.00'); // the first year; the others were never charged
  await house.receive('subscriptions', versionOfRamp(2, 'CANCELLED'));
  dayComes(house, '2024-06-15');
  await askForInstalments();
  expect(await house.announced('InvoiceRequested.v1')).toHaveLength(1);
});

test('while years of a ramp are still to be invoiced, its plan, term and owner stay', async () => {
  const name = await boughtRamp();
  for (const action of [
    { changePlan: { subscriptionName: name, sku: 'ultimate-self-managed' } },
    { changeTerms: { subscriptionName: name, termMonths: 48 } },
    { transferOwner: { subscriptionName: name, toBillingAccountId: globex } },
  ]) {
    expect(codes(await preview(house, [action], {}, sales))).toEqual(['RAMP_RUNNING']);
  }
});

test('a ramp is not paid by card', async () => {
  expect(codes(await preview(house, [ramp()], { paymentMethodId: card }))).toEqual(['RAMP_NOT_BY_CARD']);
});

const RAMP = 'A-S00000077';
let rampId = aId('subscription', 77);

async function boughtRamp(): Promise<string> {
  dayComes(house, '2023-06-15');
  await buy(house, [ramp()]);
  const [change] = (await planned(house)).changes;
  rampId = change!.subscriptionId;
  rampCharges = change!.charges as typeof rampCharges;
  await house.receive('subscriptions', versionOfRamp(1, 'ACTIVE'));
  await fulfil(house, 'SubscriptionChangeRequested.v1', 'InvoiceRequested.v1', 'LicenseRequested.v1', 'DeliveryRequested.v1');
  return RAMP;
}

let rampCharges: ReturnType<typeof versionEvent>['data']['charges'] = [];
const versionOfRamp = (version: number, status: string) =>
  versionEvent(1, {
    subscriptionId: rampId,
    name: RAMP,
    version,
    status,
    plan: { sku: 'premium-self-managed', name: 'Premium Self-Managed', tier: 'PREMIUM', deployment: 'SELF_MANAGED' },
    term: { startsOn: day('2023-06-15'), endsOn: day('2026-06-15'), months: 36, kind: 'INITIAL' },
    charges: rampCharges,
  });

/** What the calendar does each minute. */
async function askForInstalments(): Promise<void> {
  await house.write(work => work.enqueue('invoiceInstalments', {}));
  await house.runJobs();
}
