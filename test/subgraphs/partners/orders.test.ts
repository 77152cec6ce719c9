/** What a partner may order, and in which words it is told what it may not. */
import type { PartnerId } from '../../../kernel/ids';
import { setMarginSchedule } from '../../../subgraphs/partners/actions/setMarginSchedule';
import { PARTNER_SCOPES } from '../../../subgraphs/partners/domain/client';
import { agreementOf, partnerOrder } from '../../support/channel';
import { finance, operator, partner } from '../../support/viewers';
import { mutate, openScene } from './scene';

let scene: Awaited<ReturnType<typeof openScene>>;
let rival: PartnerId;
beforeAll(async () => {
  scene = await openScene();
  rival = (await run(operator, 'createPartner', { name: 'Rival', kind: 'DISTRIBUTOR', track: 'OPEN' }, 'partner { id }')).partner.id;
  const margins = { distributorBasisPoints: 2_000, resellerBasisPoints: 1_500, customerBasisPoints: 500 };
  for (const dealKind of ['RESALE', 'CLOUD_MARKETPLACE'] as const) {
    const schedule = { track: 'OPEN', dealKind, sku: null, effectiveOn: '2026-01-01', ...margins } as const;
    await scene.write(work => setMarginSchedule(work, schedule as never));
  }
  const products = [
    { sku: 'premium-self-managed', name: 'Premium', kind: 'BASE', model: 'RECURRING', prices: [{ amount: '228.00', currency: 'USD' }] },
    { sku: 'code-assistant', name: 'Assistant', kind: 'ADD_ON', model: 'RECURRING', prices: [{ amount: '228.00', currency: 'USD' }] },
  ];
  const entries = [{ kind: 'PARTY', value: 'evil corp' }];
  await scene.house.receive('orders', { type: 'PricesListed.v1', data: { validFrom: '2026-01-01', products } });
  await scene.house.receive('orders', { type: 'PartiesRestricted.v1', data: { entries } });
  await agree(scene.distributor.id);
});
afterAll(() => scene?.house.close());

const codes = (payload: { userErrors: { code: string }[] }) => payload.userErrors.map(error => error.code).join();
const run = (viewer: Parameters<typeof mutate>[1], name: string, input: object, fields: string) =>
  mutate(scene.house, viewer, name, input, fields);
const asDistributor = () => partner(scene.distributor.id, ...PARTNER_SCOPES);
const place = (input: object, viewer = asDistributor()) =>
  run(viewer, 'placePartnerOrder', input, 'partnerOrder { id status externalId total { amount } statusHistory { reason } }');

/** An agreement, and the account's own house opening its account. */
async function agree(partnerId: string) {
  const signed = await run(operator, 'signPartnerAgreement', agreementOf(partnerId), 'agreement { id }');
  if (signed.userErrors.length > 0) return codes(signed);
  const [row] = await scene.house.sql`select account_id from partner_agreements where id = ${signed.agreement.id.slice(4)}::uuid`;
  await accountSays(`acc_${String(row?.account_id).replaceAll('-', '')}`, 1, []);
  return '';
}
const accountSays = (accountId: string, version: number, holds: readonly string[]) =>
  scene.house.receive('customers', { type: 'BillingAccountChanged.v1', data: { accountId, version, sellingEntity: 'US_INC', holds } });
let count = 0;
const order = (changes: object = {}) => partnerOrder(`o-${++count}`, changes);

test('an order is accepted, told once, and answered again to the same request under another key', async () => {
  const first = await place(partnerOrder('once'));
  expect(first.partnerOrder).toMatchObject({ status: 'ACCEPTED', externalId: 'once', total: { amount: '1368.00' } });
  expect((await place(partnerOrder('once'))).partnerOrder.id).toBe(first.partnerOrder.id);
  expect(codes(await place(partnerOrder('once', { termsAccepted: false })))).toBe('EXTERNAL_ID_REUSED');
  const told = (await scene.house.announced('PartnerOrderAccepted.v1')).filter(event => event.subject === first.partnerOrder.id);
  expect(told).toHaveLength(1);
  expect(told[0]?.data).toMatchObject({
    channel: 'DISTRIBUTOR',
    dealType: 'RESALE',
    invoiceSubtotal: { amount: '1368.00', currency: 'USD' },
    prices: [{ sku: 'premium-self-managed', customerUnitPrice: { amount: '216.60' }, invoiceUnitPrice: { amount: '136.80' } }],
  });
});

test('a dry run answers what the order would be, and keeps and tells nothing', async () => {
  const before = (await scene.house.announced()).length;
  const thought = await place(partnerOrder('thought', { dryRun: true }));
  expect(thought.partnerOrder).toMatchObject({ status: 'ACCEPTED', total: { amount: '1368.00' } });
  const asked = await scene.house.run(asDistributor(), '{ partnerOrder(externalId: "thought") { id } }');
  expect(asked.data).toEqual({ partnerOrder: null });
  expect((await scene.house.announced()).length).toBe(before);
});

const customer = partnerOrder('x').endCustomer;
const line = partnerOrder('x').lines[0]!;
const po = (amount: string, currency = 'USD') => ({ number: 'PO-9', amount: { amount, currency } });
test.each<[string, object, string]>([
  ['a purchase order of $1.01 too much', { po: po('1369.01') }, 'PO_AMOUNT_MISMATCH'],
  ['a purchase order of $1.00 too little', { po: po('1367.00') }, ''],
  ['a purchase order in another currency', { po: po('1368.00', 'EUR') }, 'PO_CURRENCY_MISMATCH'],
  ['a plan that is not offered', { lines: [{ ...line, sku: 'gold' }] }, 'OFFER_NOT_FOUND'],
  ['an add-on without a plan', { lines: [{ ...line, sku: 'code-assistant' }] }, 'OFFER_NOT_FOUND'],
  ['a company without a name', { endCustomer: { ...customer, companyName: ' ' } }, 'END_CUSTOMER_INVALID'],
  ['a country that is not that of the address', { endCustomer: { ...customer, country: 'FR' } }, 'END_CUSTOMER_INVALID'],
  ['a reseller nobody knows', { resellerId: 'par_none' }, 'RESELLER_NOT_FOUND'],
  ['an offer on a marketplace that is none', { marketplace: { offerId: 'a', agreementId: 'b' } }, 'MARKETPLACE_MISMATCH'],
  ['a deal nobody registered', { dealRegistrationId: 'dea_none' }, 'DEAL_NOT_FOUND'],
  ['no reference', { externalId: ' ' }, 'EXTERNAL_ID_INVALID'],
])('an order with %s: %s', async (_what, change, refusal) => expect(codes(await place(order(change)))).toBe(refusal));

test('C1: a reseller on the Open track is sent to its distributor, which orders for it in its region alone', async () => {
  expect(codes(await place(order(), partner(scene.reseller.id, ...PARTNER_SCOPES)))).toBe('DISTRIBUTOR_REQUIRED');
  expect(codes(await place(order({ resellerId: scene.reseller.id })))).toBe('');
  const american = { ...customer, country: 'US', address: { ...customer.address, country: 'US' } };
  expect(codes(await place(order({ resellerId: scene.reseller.id, endCustomer: american })))).toBe('RESELLER_NOT_FOUND');
});

test('a restricted party is rejected in words that do not say which name was met, and nothing is ordered', async () => {
  const rejected = await place(order({ endCustomer: { ...customer, companyName: 'Évil, Corp.' } }));
  expect(rejected.partnerOrder).toMatchObject({ status: 'REJECTED' });
  expect(rejected.partnerOrder.statusHistory[0].reason).not.toMatch(/vil/);
  const told = (await scene.house.announced('PartnerOrderAccepted.v1')).filter(event => event.subject === rejected.partnerOrder.id);
  expect(told).toEqual([]);
});

test('nothing is ordered without an agreement in force, nor while the account is on hold', async () => {
  expect(codes(await place(order(), partner(rival, ...PARTNER_SCOPES)))).toBe('AGREEMENT_NOT_IN_FORCE');
  const [row] = await scene.house.sql`select account_id from partner_agreements where partner_id = ${scene.distributor.id.slice(4)}::uuid`;
  const accountId = `acc_${String(row?.account_id).replaceAll('-', '')}`;
  await accountSays(accountId, 2, ['CREDIT_HOLD']);
  expect(codes(await place(order()))).toBe('ACCOUNT_ON_HOLD');
  await accountSays(accountId, 3, []);
  expect(codes(await place(order()))).toBe('');
});

test('agreements and margins that cannot be are refused', async () => {
  const sign = async (change: object) =>
    codes(await run(operator, 'signPartnerAgreement', { ...agreementOf(rival), ...change }, 'agreement { id }'));
  expect(await sign({ endsOn: '2026-01-01' })).toBe('AGREEMENT_TERM_INVALID');
  expect(await sign({ paymentTermsDays: 121 })).toBe('PAYMENT_TERMS_INVALID');
  expect(await sign({ currency: 'XAU' })).toBe('CURRENCY_NOT_SUPPORTED');
  expect(await sign({ billTo: { ...agreementOf(rival).billTo, name: ' ' } })).toBe('CONTACT_INVALID');
  expect(await agree(scene.distributor.id)).toBe('AGREEMENT_OVERLAPS');
  const margins = { track: 'OPEN', dealKind: 'RESALE', effectiveOn: '2026-01-01', distributorBasisPoints: 9_000, resellerBasisPoints: 1 };
  expect(codes(await run(finance, 'setMarginSchedule', margins, 'marginSchedule { id }'))).toBe('MARGINS_INVALID');
});

test('C2: a deal is registered once for an opportunity, decided, extended, and named by its order', async () => {
  const input = {
    endCustomer: { ...customer, companyName: 'Fourth Coffee' },
    sku: 'premium-self-managed',
    seats: 10,
    expectedCloseOn: '2026-08-01',
  };
  const fields = 'dealRegistration { id state decisionDueOn expiresOn }';
  const registered = await run(asDistributor(), 'registerDeal', input, fields);
  // Monday 15 June + 2 business days
  expect(registered.dealRegistration).toMatchObject({ state: 'PENDING_APPROVAL', decisionDueOn: '2026-06-17', expiresOn: null });
  const dealRegistrationId = registered.dealRegistration.id;
  expect(codes(await run(partner(rival, ...PARTNER_SCOPES), 'registerDeal', input, fields))).toBe('DEAL_ALREADY_REGISTERED');
  expect(codes(await run(asDistributor(), 'registerDeal', { ...input, sku: ' ' }, fields))).toBe('OFFER_NOT_FOUND');
  const named = { endCustomer: input.endCustomer, dealRegistrationId };
  expect(codes(await place(order(named)))).toBe('DEAL_STATE_FORBIDS');
  const approved = await run(operator, 'decideDealRegistration', { dealRegistrationId, decision: 'APPROVE' }, fields);
  expect(approved.dealRegistration).toMatchObject({ state: 'APPROVED', expiresOn: '2026-09-13' }); // + 90 days
  expect(codes(await run(partner(rival, ...PARTNER_SCOPES), 'extendDealRegistration', { dealRegistrationId }, fields))).toBe(
    'DEAL_NOT_FOUND',
  );
  const extended = await run(asDistributor(), 'extendDealRegistration', { dealRegistrationId }, fields);
  expect(extended.dealRegistration.expiresOn).toBe('2026-10-13'); // + 30 days
  expect(codes(await place(order(named)))).toBe('');
});

test('a returned deal is sent in again, and stays the same one', async () => {
  const input = {
    endCustomer: { ...customer, companyName: 'Proseware' },
    sku: 'premium-self-managed',
    seats: 10,
    expectedCloseOn: '2026-08-01',
  };
  const fields = 'dealRegistration { id state seats reason }';
  const { dealRegistration: deal } = await run(asDistributor(), 'registerDeal', input, fields);
  await run(operator, 'decideDealRegistration', { dealRegistrationId: deal.id, decision: 'RETURN', reason: 'How many seats?' }, fields);
  const again = await run(asDistributor(), 'registerDeal', { ...input, seats: 20 }, fields);
  expect(again.dealRegistration).toEqual({ id: deal.id, state: 'PENDING_APPROVAL', seats: 20, reason: null });
});

test('an order, a subscription or a confirmation of somebody else is answered as one that does not exist', async () => {
  const viewer = partner(rival, ...PARTNER_SCOPES);
  const confirm = { externalId: 'once' };
  expect(codes(await run(viewer, 'confirmEndUserTerms', confirm, 'partnerOrder { id }'))).toBe('PARTNER_ORDER_NOT_FOUND');
  expect(codes(await run(asDistributor(), 'confirmEndUserTerms', confirm, 'partnerOrder { id }'))).toBe('');
  const cancel = { externalId: 'c-1', subscriptionName: 'A-S1', reason: 'why' };
  expect(codes(await run(viewer, 'cancelPartnerSubscription', cancel, 'partnerOrder { id }'))).toBe('SUBSCRIPTION_NOT_FOUND');
  expect(codes(await run(viewer, 'cancelPartnerSubscription', { ...cancel, reason: ' ' }, 'partnerOrder { id }'))).toBe('REASON_REQUIRED');
  const rejected = await place(order({ externalId: 'evil', endCustomer: { ...customer, companyName: 'Evil Corp' } }));
  expect(rejected.partnerOrder.status).toBe('REJECTED');
  expect(codes(await run(asDistributor(), 'confirmEndUserTerms', { externalId: 'evil' }, 'partnerOrder { id }'))).toBe('ORDER_REJECTED');
});

test('the orders of a reseller show its own price, and neither the reference nor the purchase order of its distributor', async () => {
  await place(partnerOrder('resold', { resellerId: scene.reseller.id }));
  const document =
    '{ partnerOrders(first: 100) { nodes { externalId poNumber total { amount } invoice { number } lines { unitPrice { amount } } } } }';
  const { data } = await scene.house.run(partner(scene.reseller.id, ...PARTNER_SCOPES), document);
  const { errors } = await scene.house.run(asDistributor(), '{ partnerOrders { nodes { waterfall { cost { amount } } } } }');
  expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(['FORBIDDEN']));
  // $228.00 less 20 % of list is what the distributor takes: the reseller pays $182.40 a seat.
  expect(data.partnerOrders.nodes[0]).toEqual({
    externalId: null,
    poNumber: null,
    total: { amount: '1824.00' },
    invoice: null,
    lines: [{ unitPrice: { amount: '182.40' } }],
  });
});
