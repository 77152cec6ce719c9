/** Two chains side by side, and the parties of one chain: each is told its own price, and nothing of anybody else's. */
import { isIntrospectionType, isObjectType, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { FOR_PARTNERS, leaksOf, lookups, mutations, wanderings } from '../support/attack';
import { type Channel, type ChannelPartner, openChannel, PLACE, partnerOrder } from '../support/channel';
import { openTestPlatform, type TestPlatform } from '../support/platform';
import { accepted, eventually, newKey } from '../support/shop';

jest.setTimeout(120_000);
let platform: TestPlatform;
let own: Channel;
let rival: Channel;

/** What each party of the order pays: 37 seats at $136.80, $182.40 and $216.60, and what stays with each in between. */
const PRICES = {
  distributor: ['5061.60', '136.80', '506160', '13680'],
  reseller: ['6748.80', '182.40', '674880', '18240'],
  customer: ['8014.20', '216.60', '801420', '21660'],
  margins: ['1687.20', '45.60', '1265.40', '34.20', '421.80', '11.40'],
};
const SECRETS = [
  'CANARY-PO-77',
  'CANARY-REF-77',
  'Zebulon Quagmire',
  'zebulon@canary.example',
  'Canary Keepers',
  'Rival Distribution',
  'Rival Select',
];

beforeAll(async () => {
  platform = await openTestPlatform();
  own = await openChannel(platform, { distributor: 'Own Distribution', reseller: 'Own Resale', select: 'Own Select' });
  rival = await openChannel(platform, { distributor: 'Rival Distribution', reseller: 'Rival Resale', select: 'Rival Select' });
  await chainOrder(rival);
  await place(own.distributor, partnerOrder('own-1', { resellerId: own.reseller.id }));
  await untilFulfilled(own.distributor, 'own-1');
});
afterAll(() => platform?.close());

const place = async ({ token }: ChannelPartner, input: object) =>
  accepted((await platform.query(token, PLACE, { input })).placePartnerOrder).partnerOrder;
const untilFulfilled = ({ token }: ChannelPartner, externalId: string) =>
  eventually(async () =>
    (await platform.query(token, '{ partnerOrders { nodes { externalId status } } }')).partnerOrders.nodes.some(
      (order: { externalId: string; status: string }) => order.externalId === externalId && order.status === 'FULFILLED',
    ),
  );

/** An order and a deal full of canaries. */
async function chainOrder({ distributor, reseller }: Channel): Promise<void> {
  const { endCustomer, lines } = partnerOrder('x');
  const keepers = { ...endCustomer, companyName: 'Canary Keepers', soldToName: 'Zebulon Quagmire', soldToEmail: 'zebulon@canary.example' };
  const po = { number: 'CANARY-PO-77', amount: { amount: '5061.60', currency: 'USD' } }; // 37 × $136.80
  const changes = { resellerId: reseller.id, endCustomer: keepers, lines: [{ ...lines[0], quantity: 37 }], po };
  await place(distributor, partnerOrder('CANARY-REF-77', changes));
  const deal = { idempotencyKey: newKey(), endCustomer: keepers, sku: 'ultimate-saas', seats: 37, expectedCloseOn: '2026-08-01' };
  const document = 'mutation ($input: RegisterDealInput!) { registerDeal(input: $input) { dealRegistration { id } userErrors { code } } }';
  accepted((await platform.query(distributor.token, document, { input: deal })).registerDeal);
  await untilFulfilled(distributor, 'CANARY-REF-77');
}

/** Everything a partner's system can ask, with another chain's ids, names and references in hand. */
async function questions(of: Channel): Promise<readonly string[]> {
  const rows = await platform.sql('partners')`
    select o.id, o.account_id, o.order_id, o.subscription_name, o.invoice_number, d.id as deal from partner_orders o, deal_registrations d
    where o.partner_id = ${of.distributor.id.slice(4)}::uuid limit 1`;
  const hex = (id: unknown) => String(id).replaceAll('-', '');
  const row = rows[0]!;
  const target = {
    ids: [
      `por_${hex(row.id)}`,
      `acc_${hex(row.account_id)}`,
      `ord_${hex(row.order_id)}`,
      `dea_${hex(row.deal)}`,
      of.distributor.id,
      of.reseller.id,
    ],
    names: ['CANARY-REF-77', String(row.subscription_name), String(row.invoice_number)],
    inputs: {
      externalId: 'CANARY-REF-77',
      subscriptionName: String(row.subscription_name),
      dealRegistrationId: `dea_${hex(row.deal)}`,
      resellerId: of.reseller.id,
      partnerId: of.distributor.id,
      clientId: of.distributor.clientId,
    },
  };
  return [...lookups(target, FOR_PARTNERS), ...wanderings(target, FOR_PARTNERS), ...mutations(target, target.ids[1]!, FOR_PARTNERS)];
}

function fieldsAskedIn(document: string): readonly string[] {
  const found: string[] = [];
  const types = new TypeInfo(FOR_PARTNERS);
  const note = () => void (types.getFieldDef() && found.push(`${types.getParentType()?.name}.${types.getFieldDef()?.name}`));
  visit(parse(document), visitWithTypeInfo(types, { Field: note }));
  return found;
}

const canaries = (texts: readonly string[]) => ({ texts: new Set(texts), hexes: new Set<string>() });
const OWN_LISTS = `{
  myPartner { name agreements { currency endsOn } clients { name } relationships {
    nodes { region distributor { name } reseller { name } } edges { node { distributor { name } reseller { name } } } } }
  bulkOrders(first: 3) { nodes { externalId lines(first: 3) { edges { node { partnerOrder { externalId total { amount } } } } } } }
  statusWebhooks { url deliveries { edges { node { event error } } } }
  products(first: 3) { nodes { prices { unitPrice { amount } tiers { upTo unitPrice { amount } } } } }
  partnerOffers { nodes { sku listPrice { amount } myPrice { amount } sellableUntil } }
  partnerRenewals(days: 400) { nodes { subscriptionName endCustomer sku seats endsOn } }
  dealRegistrations { nodes { id state sku seats reason endCustomer { companyName soldToEmail } } }
}`;
const OWN_ORDERS = `{ partnerOrders(first: 50) { totalCount nodes {
  id kind dealKind status externalId poNumber resellerName isLicenseDelivered subscriptionName total { amount } marketplaceFee { amount }
  endCustomer { companyName soldToName soldToEmail } invoice { number status dueOn } statusHistory { at status reason }
  lines { sku name quantity startsOn endsOn listPrice { amount } unitPrice { amount } amount { amount } } } } }`;

test('the questions find what there is when the partner itself asks, so that their silence means something', async () => {
  const told = await leaksOf(
    platform,
    rival.distributor.token,
    [OWN_ORDERS, OWN_LISTS, ...(await questions(rival))],
    canaries([...SECRETS, ...PRICES.distributor]),
  );
  const found = new Set(told.flatMap(leak => leak.told));
  for (const secret of ['CANARY-PO-77', 'CANARY-REF-77', 'Zebulon Quagmire', 'Canary Keepers', '5061.60', '136.80'])
    expect(found).toContain(secret);
});

test('every field that partners are shown is asked for, and every mutation is tried', async () => {
  const asked = new Set([OWN_LISTS, ...(await questions(rival))].flatMap(fieldsAskedIn));
  const shown = Object.values(FOR_PARTNERS.getTypeMap()).flatMap(type =>
    isObjectType(type) && !isIntrospectionType(type) ? Object.keys(type.getFields()).map(field => `${type.name}.${field}`) : [],
  );
  // The secret is shown once to whoever makes it; asking for it in a probe would only print it.
  expect(shown.filter(field => !asked.has(field) && field !== 'SetStatusWebhookPayload.secret')).toEqual([]);
});

test('a partner is told nothing of another chain, in no field, list, total, error or name', async () => {
  const all = [OWN_ORDERS, OWN_LISTS, ...(await questions(rival))];
  const prices = [PRICES.distributor[0]!, PRICES.reseller[0]!, PRICES.customer[0]!];
  for (const asker of [own.distributor, own.reseller, own.select]) {
    expect(await leaksOf(platform, asker.token, all, canaries([...SECRETS, ...prices]))).toEqual([]);
  }
});

test('in a chain of three the reseller is told its own price, and neither what the distributor pays nor what anybody keeps', async () => {
  const all = [OWN_ORDERS, OWN_LISTS, ...(await questions(rival))];
  const hidden = [...PRICES.distributor, ...PRICES.margins, 'CANARY-PO-77', 'CANARY-REF-77'];
  const told = await leaksOf(platform, rival.reseller.token, all, canaries(hidden));
  expect(told).toEqual([]);
  const seen = await leaksOf(platform, rival.reseller.token, [OWN_ORDERS], canaries(PRICES.reseller));
  expect(seen.flatMap(leak => leak.told)).toEqual(expect.arrayContaining(['6748.80', '182.40']));
});

test('the distributor is told what it pays, and neither what its reseller nor what the customer pays', async () => {
  const all = [OWN_ORDERS, OWN_LISTS, ...(await questions(rival))];
  const hidden = [...PRICES.reseller, ...PRICES.customer, ...PRICES.margins];
  expect(await leaksOf(platform, rival.distributor.token, all, canaries(hidden))).toEqual([]);
});

test('the customer is told the price of the customer, and of the chain nothing', async () => {
  const [row] = await platform.sql(
    'partners',
  )`select account_id, order_id, subscription_name from partner_orders where external_id = 'CANARY-REF-77'`;
  const [accountId, orderId] = [`acc_${String(row?.account_id).replaceAll('-', '')}`, `ord_${String(row?.order_id).replaceAll('-', '')}`];
  const token = await platform.buyer(accountId);
  const target = { ids: [accountId, orderId], names: [String(row?.subscription_name)], inputs: { billingAccountId: accountId, orderId } };
  const hidden = [...PRICES.distributor, ...PRICES.reseller, ...PRICES.margins, 'CANARY-REF-77', 'Rival Distribution'];
  const all = [...lookups(target), ...wanderings(target), ...mutations(target, accountId)];
  expect(await leaksOf(platform, token, all, canaries(hidden))).toEqual([]);
  const seen = await leaksOf(platform, token, all, canaries(PRICES.customer));
  expect(new Set(seen.flatMap(leak => leak.told))).toContain('8014.20'); // 37 × $216.60
});

test('an order of another partner is answered exactly as one that does not exist', async () => {
  const asked = (externalId: string) =>
    platform.ask(own.distributor.token, 'query ($externalId: String!) { partnerOrder(externalId: $externalId) { id } }', { externalId });
  expect(await asked('CANARY-REF-77')).toEqual(await asked('nobody-has-this'));
});
