/** Quotes of the sales team: offered, approved, sent, accepted, and ordered once, for what was offered. */
import type { TestHouse } from '../../support/house';
import { finance, sales, support } from '../../support/viewers';
import { dayComes, planned } from './amending-scene';
import { act, newDeal, offer, QUEUE, setRule, submit } from './quote-scene';
import { accountEvent, acme, acmeBuyer, fulfil, newKey, openOrders, payload, progress, seats, versionEvent } from './scene';

let house: TestHouse;
beforeEach(async () => {
  house = await openOrders();
});
afterEach(() => house.close());

const codes = ({ userErrors }: { userErrors: { code: string }[] }) => userErrors.map(({ code }) => code);
const count = async (table: string) => Number((await house.sql.unsafe(`select count(*) from ${table}`))[0]?.count);

test('an offer within the rules needs no approval, and becomes the order that it said', async () => {
  const { quote, userErrors } = await offer(house, { discountPercent: '10' });
  expect(userErrors).toEqual([]);
  expect(quote).toMatchObject({
    kind: 'NEW',
    status: 'DRAFT',
    isPrimary: true,
    termMonths: 12,
    discountPercent: '10',
    paymentTermsDays: 30,
    expiresOn: '2026-07-15',
    approval: { state: 'NOT_REQUIRED', reasons: [] },
    total: { amount: '2052.00' }, // 10 × $205.20
    netArr: { amount: '2052.00' },
    lines: [
      {
        unitPrice: { amount: '205.20' }, // $228.00 less 10 % = $205.20
        amount: { amount: '2052.00' },
        working: '10 seats × $205.20 ($228.00 less 10 %) a year = $2,052.00',
      },
    ],
  });
  const { quote: sent } = await act(house, 'sendQuote', { quoteId: quote.id });
  expect(sent.status).toBe('SENT');
  const submitted = await submit(house, quote.id, { poNumber: 'PO-7' });
  expect(submitted).toMatchObject({
    userErrors: [],
    quote: { status: 'ACCEPTED', termsAcceptedBy: 'sol@acme.example', order: { id: submitted.order.id } },
    order: { state: 'PROVISIONING', total: { amount: '2052.00' }, quote: { id: quote.id }, metrics: { netArr: { amount: '2052.00' } } },
  });
  const change = (await planned(house)).changes[0]!;
  // The price that was agreed is the discounted one: what is added or renewed later starts from it.
  expect(change.charges).toMatchObject([{ quantity: 10, unitPrice: { amount: '205.20' } }]);
  await fulfil(house, 'SubscriptionChangeRequested.v1');
  expect((await house.announced('InvoiceRequested.v1'))[0]!.data).toMatchObject({ total: { amount: '2052.00' }, poNumber: 'PO-7' });
  expect((await house.announced('OrderAccepted.v1'))[0]!.data).toMatchObject({
    channel: 'SALES_ASSISTED',
    metrics: { netArr: { amount: '2052.00', currency: 'USD' }, orderType: 'NEW_CONNECTED' },
  });
});

test('one quote becomes one order, once', async () => {
  const { quote } = await offer(house);
  const key = newKey();
  const first = await submit(house, quote.id, { idempotencyKey: key });
  const again = await submit(house, quote.id, { idempotencyKey: key });
  expect(again.order.id).toBe(first.order.id);
  expect(codes(await submit(house, quote.id))).toEqual(['QUOTE_STATE_FORBIDS']);
  expect(await count('orders')).toBe(1);
});

test('two who submit one quote at the same moment make one order', async () => {
  const { quote } = await offer(house);
  const both = await Promise.all([submit(house, quote.id), submit(house, quote.id)]);
  expect(both.flatMap(codes).toSorted()).toEqual(['QUOTE_STATE_FORBIDS']);
  expect(await count('orders')).toBe(1);
});

test('a discount above the rule is reviewed, and what was declined can be asked for again', async () => {
  const { quote } = await offer(house, { discountPercent: '12.5', opportunityId: 'opp-1' });
  expect(quote.approval).toMatchObject({ state: 'REQUIRED', reasons: ['Discount: more than 10 %'] });
  expect(codes(await submit(house, quote.id))).toEqual(['QUOTE_NOT_APPROVED']);
  expect(codes(await act(house, 'sendQuote', { quoteId: quote.id }))).toEqual(['QUOTE_NOT_APPROVED']);

  const asked = await act(house, 'requestApproval', { quoteId: quote.id });
  expect(asked.quote.approval.state).toBe('IN_REVIEW');
  const { quotes } = (await house.run(sales, QUEUE)).data;
  expect(quotes).toEqual({
    nodes: [
      {
        id: quote.id,
        number: quote.number,
        kind: 'NEW',
        isPrimary: true,
        discountPercent: '12.5',
        termMonths: 12,
        netArr: { amount: '1995.00', currency: 'USD' }, // 10 × $199.50
      },
    ],
    totalCount: 1,
  });

  expect(codes(await act(house, 'reviewQuote', { quoteId: quote.id, decision: 'REJECT' }))).toEqual(['REASON_REQUIRED']);
  const declined = await act(house, 'reviewQuote', { quoteId: quote.id, decision: 'REJECT', reason: 'Too much.' });
  expect(declined.quote.approval).toMatchObject({ state: 'REJECTED', by: 'sales@example.com', reason: 'Too much.' });
  expect(codes(await act(house, 'reviewQuote', { quoteId: quote.id, decision: 'APPROVE' }))).toEqual(['APPROVAL_STATE_FORBIDS']);
  await act(house, 'requestApproval', { quoteId: quote.id });
  const approved = await act(house, 'reviewQuote', { quoteId: quote.id, decision: 'APPROVE' });
  expect(approved.quote.approval.state).toBe('APPROVED');
  expect((await submit(house, quote.id)).order.total.amount).toBe('1995.00');
});

test.each([
  ['a term of more than 36 months', { actions: [newDeal({ termMonths: 48 })] }, ['Long term: more than 36 months']],
  ['payment later than after 45 days', { paymentTermsDays: 60 }, ['Late payment: more than 45 days']],
  ['more than $500,000', { actions: [newDeal({ quantity: 3_000 })] }, ['Large deal: more than $500,000.00']], // 3,000 × $228 = $684,000
  ['all at once', { discountPercent: '30', paymentTermsDays: 90 }, ['Discount: more than 10 %', 'Late payment: more than 45 days']],
])('%s needs an approval', async (_, change, reasons) => {
  const { quote } = await offer(house, change);
  expect(quote.approval).toMatchObject({ state: 'REQUIRED', reasons });
});

test('rules of approval are data: a stricter one asks at once, and one that is set aside asks no more', async () => {
  await setRule(house, { code: 'discount', name: 'Any discount', measure: 'DISCOUNT', exceeds: 0, isAnotherNeeded: true });
  const { quote } = await offer(house, { discountPercent: '0.01' });
  expect(quote.approval).toMatchObject({ state: 'REQUIRED', reasons: ['Any discount: more than 0 %'] });
  expect(codes(await act(house, 'reviewQuote', { quoteId: quote.id, decision: 'APPROVE' }))).toEqual(['REVIEW_NEEDS_ANOTHER']);
  const lead = { ...sales, subject: 'lead@example.com' };
  expect((await act(house, 'reviewQuote', { quoteId: quote.id, decision: 'APPROVE' }, lead)).quote.approval.by).toBe('lead@example.com');
  await setRule(house, { code: 'discount', name: 'Any discount', measure: 'DISCOUNT', exceeds: 0, isInForce: false });
  expect((await offer(house, { discountPercent: '90' })).quote.approval.state).toBe('NOT_REQUIRED');
});

test.each([
  ['a code in capitals', { code: 'BIG', name: 'Big', measure: 'TERM', exceeds: 1 }],
  ['an amount where none belongs', { code: 'a', name: 'A', measure: 'TERM', exceedsAmount: { amount: '1.00', currency: 'USD' } }],
  ['no amount where one belongs', { code: 'a', name: 'A', measure: 'AMOUNT' }],
  ['a bound below zero', { code: 'a', name: 'A', measure: 'TERM', exceeds: -1 }],
])('a rule with %s is refused', async (_, rule) => {
  expect(codes(await setRule(house, rule))).toEqual(['APPROVAL_RULE_INVALID']);
});

test.each([
  ['another term', { actions: [newDeal({ termMonths: 24 })] }],
  ['another price', { actions: [newDeal({ quantity: 11 })] }],
  ['another discount', { discountPercent: '21' }],
  ['an amount off', { discountAmount: { amount: '5.00', currency: 'USD' } }],
  ['later payment', { paymentTermsDays: 45 }],
])('%s resets an approval', async (_, change) => {
  const { quote } = await offer(house, { discountPercent: '20' });
  await act(house, 'reviewQuote', { quoteId: quote.id, decision: 'APPROVE' });
  const { quote: changed, userErrors } = await act(house, 'updateQuote', { quoteId: quote.id, ...change });
  expect(userErrors).toEqual([]);
  expect(changed.approval).toMatchObject({ state: 'REQUIRED', by: null, at: null });
});

test('a change of nothing that was approved keeps the approval, and takes a sent quote back', async () => {
  const { quote } = await offer(house, { discountPercent: '20' });
  await act(house, 'reviewQuote', { quoteId: quote.id, decision: 'APPROVE' });
  const sent = (await act(house, 'sendQuote', { quoteId: quote.id })).quote;
  const changed = (await act(house, 'updateQuote', { quoteId: quote.id, ifVersion: sent.version, expiresOn: '2026-08-01' })).quote;
  expect(changed).toMatchObject({ status: 'DRAFT', approval: { state: 'APPROVED' }, expiresOn: '2026-08-01' });
  expect(codes(await act(house, 'updateQuote', { quoteId: quote.id, ifVersion: sent.version, paymentTermsDays: 10 }))).toEqual([
    'QUOTE_CHANGED',
  ]);
});

test('of several quotes of one opportunity exactly one is primary, and only that one is bought', async () => {
  const [first, second, other] = await Promise.all(['opp-1', 'opp-1', 'opp-2'].map(opportunityId => offer(house, { opportunityId })));
  const primaries = [first.quote, second.quote].filter(({ isPrimary }) => isPrimary);
  expect(primaries).toHaveLength(1);
  expect(other.quote.isPrimary).toBe(true);
  const behind = primaries[0] === first.quote ? second.quote : first.quote;
  expect(codes(await submit(house, behind.id))).toEqual(['QUOTE_NOT_PRIMARY']);
  await act(house, 'makePrimary', { quoteId: behind.id });
  expect(codes(await submit(house, primaries[0].id))).toEqual(['QUOTE_NOT_PRIMARY']);
  expect(await house.sql.unsafe("select count(*)::int from quotes where is_primary and opportunity_id = 'opp-1'")).toMatchObject([
    { count: 1 },
  ]);
  expect(codes(await submit(house, behind.id))).toEqual([]);
});

test('a quote that was not accepted by its last day has expired, and lives on when it is offered again', async () => {
  const { quote } = await offer(house, { expiresOn: '2026-06-20' });
  dayComes(house, '2026-06-20');
  expect((await act(house, 'sendQuote', { quoteId: quote.id })).quote.status).toBe('SENT');
  dayComes(house, '2026-06-21');
  const read = payload(await house.run(sales, 'query ($id: ID!) { quote(id: $id) { status } }', { id: quote.id }), 'quote');
  expect(read.status).toBe('EXPIRED');
  expect(codes(await submit(house, quote.id))).toEqual(['QUOTE_EXPIRED']);
  await act(house, 'updateQuote', { quoteId: quote.id, expiresOn: '2026-07-01' });
  expect(codes(await submit(house, quote.id))).toEqual([]);
});

test('a quote keeps the prices of its day, and an addition the days that it was priced for', async () => {
  const { quote } = await offer(house, { kind: 'AMEND', actions: [seats(10)] });
  expect(quote.total.amount).toBe('1105.64'); // 10 × $228 × 177 ÷ 365
  dayComes(house, '2026-06-25');
  const { order, userErrors } = await submit(house, quote.id);
  expect(userErrors).toEqual([]);
  expect(order.total.amount).toBe('1105.64');
  expect((await progress(house, order.id)).actions[0]).toMatchObject({ effectiveOn: '2026-06-15' });
});

test('what would cost something else by now has to be quoted again', async () => {
  const { quote } = await offer(house, { kind: 'AMEND', actions: [seats(10)] });
  const [charge] = versionEvent(1).data.charges;
  await house.receive(
    'subscriptions',
    versionEvent(1, { version: 2, charges: [{ ...charge!, unitPrice: { amount: '240.00', currency: 'USD' } }] }),
  );
  expect(codes(await submit(house, quote.id))).toEqual(['QUOTE_OUTDATED']);
  const { quote: updated } = await act(house, 'updateQuote', { quoteId: quote.id });
  expect(updated.total.amount).toBe('1163.84'); // 10 × $240 × 177 ÷ 365 = 1,163.835…
  expect((await submit(house, quote.id)).order.total.amount).toBe('1163.84');
});

test('an amount off is spread over the lines to the last cent, and leaves the agreed price as it is', async () => {
  const actions = [newDeal({ quantity: 1 }), newDeal({ quantity: 2 })];
  const { quote } = await offer(house, { actions, discountAmount: { amount: '100.00', currency: 'USD' } });
  expect(quote.lines.map((line: { working: string }) => line.working)).toEqual([
    '1 seat × $228.00 a year = $228.00; less its $33.33 of $100.00 = $194.67',
    '2 seats × $228.00 a year = $456.00; less its $66.67 of $100.00 = $389.33',
  ]);
  expect(quote.total.amount).toBe('584.00'); // 684 − 100
  expect(quote.metrics.arr.amount).toBe('684.00');
  expect(codes(await offer(house, { actions, discountAmount: { amount: '684.01', currency: 'USD' } }))).toEqual(['DISCOUNT_OUT_OF_RANGE']);
  expect(codes(await offer(house, { actions, discountAmount: { amount: '10.00', currency: 'EUR' } }))).toEqual(['DISCOUNT_OUT_OF_RANGE']);
});

test.each([
  ['a new subscription as an amendment', { kind: 'AMEND' }, 'QUOTE_KIND_MISMATCH'],
  ['a discount of 101 percent', { discountPercent: '101' }, 'DISCOUNT_OUT_OF_RANGE'],
  ['a discount with three decimals', { discountPercent: '1.234' }, 'DISCOUNT_OUT_OF_RANGE'],
  ['payment in a year', { paymentTermsDays: 365 }, 'PAYMENT_TERMS_OUT_OF_RANGE'],
  ['a last day in the past', { expiresOn: '2026-06-14' }, 'EFFECTIVE_DATE_OUT_OF_RANGE'],
  ['an unknown plan', { actions: [newDeal({ sku: 'gold' })] }, 'PRODUCT_NOT_FOUND'],
  ['an unknown account', { billingAccountId: 'acc_0' }, 'ACCOUNT_NOT_FOUND'],
])('a quote with %s is refused', async (_, change, code) => {
  expect(codes(await offer(house, change))).toEqual([code]);
});

test.each(['updateQuote', 'requestApproval', 'sendQuote', 'makePrimary'] as const)('%s of what does not exist says so', async name => {
  expect(codes(await act(house, name, { quoteId: 'quo_0' }))).toEqual(['QUOTE_NOT_FOUND']);
});

test('a dry run shows the offer and keeps nothing', async () => {
  const { quote, userErrors } = await offer(house, { dryRun: true, opportunityId: 'opp-1' });
  expect(userErrors).toEqual([]);
  expect(quote).toMatchObject({ isPrimary: true, lines: [{ quantity: 10 }] });
  expect([await count('quotes'), await count('quote_lines'), await count('opportunities')]).toEqual([0, 0, 0]);
  const kept = await offer(house);
  const tried = await submit(house, kept.quote.id, { dryRun: true });
  expect(tried.order.total.amount).toBe('2280.00');
  expect([await count('orders'), (await submit(house, kept.quote.id)).userErrors]).toEqual([0, []]);
});

test('offers are an affair of sales: finance reads them, buyers and support do not', async () => {
  await offer(house);
  const LIST =
    'query ($id: ID!) { _entities(representations: [{ __typename: "BillingAccount", id: $id }]) { ... on BillingAccount { quotes { totalCount } } } }';
  expect((await house.run(finance, LIST, { id: acme })).data._entities[0].quotes.totalCount).toBe(1);
  for (const viewer of [acmeBuyer, support]) {
    const answer = await house.run(viewer, LIST, { id: acme });
    expect(answer.data._entities[0].quotes).toBeNull();
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  }
});

test('an account that must name its order number may be offered to, and names it when it buys', async () => {
  await house.receive('customers', accountEvent(acme, { version: 2, holds: ['PO_REQUIRED'] }));
  const { quote } = await offer(house);
  expect(codes(await submit(house, quote.id))).toEqual(['PO_NUMBER_REQUIRED']);
  expect(codes(await submit(house, quote.id, { poNumber: 'PO-7' }))).toEqual([]);
});
