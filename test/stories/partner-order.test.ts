/** A distributor sells to a customer through a reseller: one order, one invoice, one licence, and each sees its own price. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Channel, openChannel, openPartner, PLACE, partnerOrder } from '../support/channel';
import { openTestPlatform, type TestPlatform } from '../support/platform';
import { accepted, eventually, newKey } from '../support/shop';

jest.setTimeout(60_000);
let platform: TestPlatform;
let channel: Channel;
beforeAll(async () => {
  platform = await openTestPlatform();
  channel = await openChannel(platform);
});
afterAll(() => platform?.close());

const ORDER = `query ($externalId: String!) { partnerOrder(externalId: $externalId) {
  id externalId status kind isLicenseDelivered subscriptionName poNumber total { amount } statusHistory { at status reason }
  invoice { number status dueOn } lines { sku quantity unitPrice { amount } amount { amount } subscriptionName } } }`;
const place = async (token: string, input: object) => (await platform.query(token, PLACE, { input })).placePartnerOrder;
const until = (token: string, externalId: string, status = 'FULFILLED') =>
  eventually(
    async () => {
      const { partnerOrder: order } = await platform.query(token, ORDER, { externalId });
      return order?.status === status && order;
    },
    20_000,
    () => `${externalId} is not ${status}`,
  );
const metricsOf = async (externalId: string) => {
  const [row] = await platform.sql('partners')`select order_id from partner_orders where external_id = ${externalId}`;
  const query = `{ order(id: "ord_${String(row?.order_id).replaceAll('-', '')}") { metrics { orderType amount { amount } arr { amount } netArr { amount } arrBasis { amount } } } }`;
  return (await platform.query(await platform.finance(), query)).order.metrics;
};
const mails = () => readdirSync(platform.mailDir).map(file => readFileSync(join(platform.mailDir, file), 'utf8'));

test('an order through distributor and reseller is fulfilled, invoiced to the distributor, and its licence goes to Sold-To', async () => {
  const { distributor, reseller } = channel;
  const placed = accepted(await place(distributor.token, partnerOrder('chain-1', { resellerId: reseller.id })));
  // List $228.00 less 20 % + 15 % + 5 % = 40 %, that is $91.20: a seat costs $136.80, ten for a year $1,368.00.
  expect(placed.partnerOrder).toMatchObject({ status: 'ACCEPTED', total: { amount: '1368.00', currency: 'USD' } });
  const order = await until(distributor.token, 'chain-1');
  expect(order).toMatchObject({ isLicenseDelivered: true, invoice: { status: 'POSTED' }, poNumber: 'PO-1', kind: 'NEW' });
  expect(order.subscriptionName).toMatch(/^A-S\d+$/);
  expect(order.statusHistory.map((entry: { status: string }) => entry.status)).toEqual(['ACCEPTED', 'FULFILLED']);

  const finance = await platform.finance();
  const { invoice } = await platform.query(
    finance,
    `{ invoice(number: "${order.invoice.number}") { total { amount } billingAccount { name } lines { unitPrice { amount } amount { amount } } } }`,
  );
  expect(invoice).toMatchObject({
    total: { amount: '1368.00' },
    lines: [{ unitPrice: { amount: '136.80' }, amount: { amount: '1368.00' } }],
  });

  // It counts among our bookings at what we are owed, 10 × $136.80, and not at the $2,166.00 that the customer pays its reseller.
  expect(await metricsOf('chain-1')).toMatchObject({
    orderType: 'NEW_FIRST_ORDER',
    amount: { amount: '1368.00' },
    netArr: { amount: '1368.00' },
  });

  const sent = mails().filter(mail => mail.includes('ines@tailspin.example'));
  expect(sent).toHaveLength(1);
  expect(mails().filter(mail => /cobalt|arrow/i.test(mail))).toEqual([]);
});

test('the customer reads the price of the customer on the order, and nothing of the invoice', async () => {
  await place(channel.distributor.token, partnerOrder('chain-2', { resellerId: channel.reseller.id }));
  await until(channel.distributor.token, 'chain-2');
  const [row] = await platform.sql('partners')`select account_id from partner_orders where external_id = 'chain-2'`;
  const accountId = `acc_${String(row?.account_id).replaceAll('-', '')}`;
  const token = await platform.buyer(accountId);
  const { billingAccount } = await platform.query(
    token,
    `{ billingAccount(id: "${accountId}") { name soldTo { email } invoices { totalCount } openBalance { amount } orders(first: 5) { nodes { channel dealType total { amount } lines { unitPrice { amount } } timeline { detail } invoice { id } } } } }`,
  );
  // $228.00 less 5 % = $216.60; ten seats $2,166.00.
  const [first] = billingAccount.orders.nodes;
  expect(first).toMatchObject({
    channel: 'DISTRIBUTOR',
    dealType: 'RESALE',
    total: { amount: '2166.00' },
    lines: [{ unitPrice: { amount: '216.60' } }],
  });
  expect(billingAccount).toMatchObject({ name: 'Tailspin Toys', invoices: { totalCount: 0 } });
  expect(JSON.stringify(billingAccount)).not.toMatch(/1368|136\.80|1710|171\.00/);
});

test('each party is told in order how its orders stand, without prices, and only the buyer by its own reference', async () => {
  const { distributor, reseller } = channel;
  const set = 'mutation ($input: SetStatusWebhookInput!) { setStatusWebhook(input: $input) { webhook { id } userErrors { code } } }';
  for (const { token } of [distributor, reseller]) {
    const input = { idempotencyKey: newKey(), url: 'https://hooks.invalid/orders', events: ['order.accepted', 'order.fulfilled'] };
    accepted((await platform.query(token, set, { input })).setStatusWebhook);
  }
  await place(distributor.token, partnerOrder('told-1', { resellerId: reseller.id }));
  await until(distributor.token, 'told-1');
  const rows = await platform.sql(
    'partners',
  )`select partner_id, event, sequence, body from webhook_deliveries order by partner_id, sequence`;
  expect(rows.map(({ event, sequence }) => [event, sequence])).toEqual([
    ['order.accepted', 1],
    ['order.fulfilled', 2],
    ['order.accepted', 1],
    ['order.fulfilled', 2],
  ]);
  const bodies = rows.map(({ partner_id, body }) => ({
    isBuyer: distributor.id.endsWith(String(partner_id).replaceAll('-', '')),
    body: String(body),
  }));
  for (const { isBuyer, body } of bodies)
    expect([
      isBuyer,
      body.includes('told-1'),
      /136|182|216|PO-1/.test(body.replace(/"(partnerOrderId|orderingKey|timestamp)":"[^"]*"/g, '')),
    ]).toEqual([isBuyer, isBuyer, false]);
});

test('the licence waits until the customer has accepted the licence agreement', async () => {
  const { distributor } = channel;
  const customer = { ...partnerOrder('x').endCustomer, companyName: 'Late Signers', soldToEmail: 'ada@late.example' };
  accepted(await place(distributor.token, partnerOrder('eula-1', { endCustomer: customer, termsAccepted: false })));
  const waiting = await eventually(async () => {
    const { partnerOrder: order } = await platform.query(distributor.token, ORDER, { externalId: 'eula-1' });
    return order.invoice && order;
  });
  expect(waiting).toMatchObject({ status: 'ACCEPTED', isLicenseDelivered: false });
  const confirm =
    'mutation ($input: ConfirmEndUserTermsInput!) { confirmEndUserTerms(input: $input) { partnerOrder { status } userErrors { code } } }';
  const input = { idempotencyKey: newKey(), externalId: 'eula-1' };
  accepted((await platform.query(distributor.token, confirm, { input })).confirmEndUserTerms);
  expect(await until(distributor.token, 'eula-1')).toMatchObject({ isLicenseDelivered: true });
});

test('the same order sent 50 times at once makes one, under one key or under fifty', async () => {
  const { distributor } = channel;
  const same = partnerOrder('race-key');
  const keyed = await Promise.all(Array.from({ length: 50 }, () => place(distributor.token, same)));
  const unkeyed = await Promise.all(Array.from({ length: 50 }, () => place(distributor.token, partnerOrder('race-id'))));
  for (const answers of [keyed, unkeyed]) {
    const ids = new Set(answers.flatMap(({ partnerOrder: order }) => order?.id ?? []));
    expect(ids.size).toBe(1);
    expect(answers.flatMap(({ userErrors }) => userErrors).filter(({ code }: { code: string }) => code !== 'CONFLICT')).toEqual([]);
  }
  const rows = await platform.sql(
    'partners',
  )`select external_id, count(*)::int from partner_orders where external_id like 'race-%' group by 1 order by 1`;
  expect(rows.map(row => row.count)).toEqual([1, 1]);
  await until(distributor.token, 'race-key');
  await until(distributor.token, 'race-id');
  const orders = await platform.sql(
    'orders',
  )`select count(*)::int as count from order_billings b join orders o on o.id = b.order_id where o.po_number = 'PO-1'`;
  const accepted = await platform.sql('partners')`select count(*)::int as count from partner_orders where po_number = 'PO-1'`;
  expect(orders[0]?.count).toBe(accepted[0]?.count);
});

test('seats are added, the term is cancelled and its price given back, each at the price of the distributor', async () => {
  const { distributor } = channel;
  const { subscriptionName } = await (async () => {
    accepted(await place(distributor.token, partnerOrder('life-1')));
    return until(distributor.token, 'life-1');
  })();
  const run = async (field: string, input: object) => {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${field}(input: $input) { partnerOrder { status total { amount } } userErrors { code message } } }`;
    return (await platform.query(distributor.token, document, { input: { idempotencyKey: newKey(), ...input } }))[field];
  };
  // A whole year is left: 2 × $136.80 × 365 ÷ 365 = $273.60.
  const po = { number: 'PO-2', amount: { amount: '273.60', currency: 'USD' } };
  accepted(await run('addPartnerSeats', { externalId: 'life-2', subscriptionName, quantity: 2, po }));
  expect(await until(distributor.token, 'life-2')).toMatchObject({ kind: 'ADD_SEATS', total: { amount: '273.60' }, subscriptionName });
  expect(await metricsOf('life-2')).toMatchObject({ netArr: { amount: '273.60' }, arr: { amount: '1641.60' } });
  const early = await run('renewPartnerSubscription', { externalId: 'life-3', subscriptionName, po });
  expect(early.userErrors).toMatchObject([{ code: 'RENEWAL_TOO_EARLY' }]);
  accepted(await run('cancelPartnerSubscription', { externalId: 'life-4', subscriptionName, refund: true, reason: 'Bought twice.' }));
  // −($1,368.00 + $273.60)
  expect(await until(distributor.token, 'life-4')).toMatchObject({ kind: 'CANCELLATION', total: { amount: '-1641.60' } });
  // What begins is nothing, what ends is $1,368.00 + $273.60.
  expect(await metricsOf('life-4')).toMatchObject({ netArr: { amount: '-1641.60' }, arrBasis: { amount: '1641.60' } });
  const memos = await eventually(async () => {
    const rows = await platform.sql('billing')`select total_minor from credit_memos order by total_minor`;
    return rows.length === 2 && rows;
  });
  expect(memos.map(row => Number(row.total_minor))).toEqual([27_360, 136_800]);
});

const po = (amount: string) => ({ number: 'PO-3', amount: { amount, currency: 'USD' } });
const line = (changes: object = {}) => ({ sku: 'premium-self-managed', quantity: 10, startsOn: '2026-06-15', ...changes });

test('R4: a partner renews a term that is about to end, for another year and with more seats, at its own price', async () => {
  const { distributor } = channel;
  // 16 May + 1 month = 16 June, tomorrow: 10 × $136.80 ÷ 12 = $114.00.
  const ending = { lines: [line({ startsOn: '2026-05-16', termMonths: 1 })], po: po('114.00') };
  accepted(await place(distributor.token, partnerOrder('ending', ending)));
  const { subscriptionName } = await until(distributor.token, 'ending');
  const list = '{ partnerRenewals(days: 30) { nodes { subscriptionName seats endsOn } } }';
  const { nodes } = (await platform.query(distributor.token, list)).partnerRenewals;
  expect(nodes).toContainEqual({ subscriptionName, seats: 10, endsOn: '2026-06-16' });

  const renew = `mutation ($input: RenewPartnerSubscriptionInput!) {
    renewPartnerSubscription(input: $input) { partnerOrder { status } userErrors { code message } } }`;
  // 12 × $136.80 = $1,641.60
  const input = { idempotencyKey: newKey(), externalId: 'renewed', subscriptionName, quantity: 12, po: po('1641.60') };
  accepted((await platform.query(distributor.token, renew, { input })).renewPartnerSubscription);
  expect(await until(distributor.token, 'renewed')).toMatchObject({
    kind: 'RENEWAL',
    subscriptionName,
    total: { amount: '1641.60' },
    invoice: { status: 'POSTED' },
  });
});

test('a cloud marketplace names its offer and agreement, pays list less its fee, and reads the fee on its order', async () => {
  const marketplace = { offerId: 'offer-7', agreementId: 'agreement-42' };
  const market = await openPartner(platform, 'Cloud Bazaar', 'CLOUD_MARKETPLACE', { marketplace });
  // $228.00 less 15 % for the marketplace and 5 % for the customer = $182.40; ten are $1,824.00, the fee $2,280.00 − $1,824.00.
  expect((await place(market.token, partnerOrder('market-0', { po: po('1824.00') }))).userErrors).toMatchObject([
    { code: 'MARKETPLACE_MISMATCH' },
  ]);
  accepted(await place(market.token, partnerOrder('market-1', { po: po('1824.00'), marketplace })));
  await until(market.token, 'market-1');
  const document = `{ partnerOrder(externalId: "market-1") {
    dealKind marketplaceOfferId marketplaceAgreementId total { amount } marketplaceFee { amount } } }`;
  expect((await platform.query(market.token, document)).partnerOrder).toEqual({
    dealKind: 'CLOUD_MARKETPLACE',
    marketplaceOfferId: 'offer-7',
    marketplaceAgreementId: 'agreement-42',
    total: { amount: '1824.00' },
    marketplaceFee: { amount: '456.00' },
  });
});

test('a managed service provider orders as one, and its order says so', async () => {
  const provider = await openPartner(platform, 'Evergreen Managed', 'MSP');
  accepted(await place(provider.token, partnerOrder('managed-1', { po: po('1824.00') })));
  await until(provider.token, 'managed-1');
  expect((await platform.query(provider.token, '{ partnerOrder(externalId: "managed-1") { dealKind } }')).partnerOrder).toEqual({
    dealKind: 'MSP',
  });
});
