/** Files of orders: each line is placed once and has its outcome, whatever happens on the way. */
import { setMarginSchedule } from '../../../subgraphs/partners/actions/setMarginSchedule';
import { PARTNER_SCOPES } from '../../../subgraphs/partners/domain/client';
import { agreementOf, partnerOrder } from '../../support/channel';
import { operator, partner } from '../../support/viewers';
import { mutate, openScene } from './scene';

let scene: Awaited<ReturnType<typeof openScene>>;
beforeAll(async () => {
  scene = await openScene();
  const margins = { distributorBasisPoints: 2_000, resellerBasisPoints: 1_500, customerBasisPoints: 500 };
  const schedule = { track: 'OPEN', dealKind: 'RESALE', sku: null, effectiveOn: '2026-01-01', ...margins } as const;
  await scene.write(work => setMarginSchedule(work, schedule as never));
  const prices = [{ amount: '228.00', currency: 'USD' }];
  const products = [{ sku: 'premium-self-managed', name: 'Premium', kind: 'BASE', model: 'RECURRING', prices }];
  await scene.house.receive('orders', { type: 'PricesListed.v1', data: { validFrom: '2026-01-01', products } });
  const entries = [{ kind: 'PARTY', value: 'evil corp' }];
  await scene.house.receive('orders', { type: 'PartiesRestricted.v1', data: { entries } });
  await mutate(scene.house, operator, 'signPartnerAgreement', agreementOf(scene.distributor.id), 'agreement { id }');
  const [row] = await scene.house.sql`select account_id from partner_agreements`;
  const accountId = `acc_${String(row?.account_id).replaceAll('-', '')}`;
  const data = { accountId, version: 1, sellingEntity: 'US_INC', holds: [] };
  await scene.house.receive('customers', { type: 'BillingAccountChanged.v1', data });
});
afterAll(() => scene?.house.close());

const asDistributor = () => partner(scene.distributor.id, ...PARTNER_SCOPES);
const FIELDS = 'bulkOrder { externalId status lineCount counts { pending accepted rejected refused } }';
const upload = (input: object, viewer = asDistributor()) => mutate(scene.house, viewer, 'uploadBulkOrder', input, FIELDS);
const codes = (payload: { userErrors: { code: string }[] }) => payload.userErrors.map(error => error.code).join();
const order = (externalId: string, changes: object = {}) => {
  const { idempotencyKey: _, ...rest } = partnerOrder(externalId, changes);
  return rest;
};
const jsonLines = (orders: readonly object[]) => orders.map(one => JSON.stringify(one)).join('\n');
const numbered = (prefix: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => order(`${prefix}-${from + index}`));

async function ask(document: string, viewer = asDistributor()) {
  const answer = await scene.house.run(viewer, document);
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}
const stateOf = async (externalId: string) =>
  (await ask(`{ bulkOrder(externalId: "${externalId}") { status counts { pending accepted rejected refused } } }`)).bulkOrder;

/** A job that failed waits before it is tried again; here it is tried at once. */
async function runJobs() {
  await scene.house.sql`update graphile_worker._private_jobs set run_at = now() - interval '1 second'`;
  await scene.house.runJobs();
}

test('300 lines in three parts, stopped in the middle by a fault, are placed once each, and told once each', async () => {
  for (const part of [1, 2, 3]) {
    const content = jsonLines(numbered('many', (part - 1) * 100 + 1, part * 100));
    const sent = await upload({ externalId: 'file-1', format: 'JSON_LINES', part, content, isLast: part === 3 });
    expect(sent.bulkOrder).toMatchObject({ lineCount: part * 100, status: part === 3 ? 'PLACING' : 'RECEIVING' });
  }
  await scene.house.sql.unsafe(`create function stop_here() returns trigger language plpgsql as
    $$ begin if new.external_id = 'many-137' then raise exception 'the machine is gone'; end if; return new; end $$;
    create trigger stop_here before insert on partner_orders for each row execute function stop_here()`);
  await runJobs();
  // 125 = 5 × 25: what was begun of the next 25 is not there.
  expect(await stateOf('file-1')).toEqual({ status: 'PLACING', counts: { pending: 175, accepted: 125, rejected: 0, refused: 0 } });
  const placed = () => scene.house.sql`select count(*)::int as orders from partner_orders where external_id like 'many-%'`;
  expect((await placed())[0]).toEqual({ orders: 125 });

  await scene.house.sql.unsafe('drop trigger stop_here on partner_orders; drop function stop_here()');
  await runJobs();
  expect(await stateOf('file-1')).toEqual({ status: 'DONE', counts: { pending: 0, accepted: 300, rejected: 0, refused: 0 } });
  expect((await placed())[0]).toEqual({ orders: 300 });
  expect(await scene.house.announced('PartnerOrderAccepted.v1')).toHaveLength(300);

  // Lines of it again, in a file of another reference: the same orders, and nothing new.
  const again = { externalId: 'file-2', format: 'JSON_LINES', part: 1, content: jsonLines(numbered('many', 120, 150)) };
  await upload(again);
  await runJobs();
  expect(await stateOf('file-2')).toMatchObject({ status: 'DONE', counts: { accepted: 31 } });
  expect((await placed())[0]).toEqual({ orders: 300 });
  expect(await scene.house.announced('PartnerOrderAccepted.v1')).toHaveLength(300);
}, 60_000);

test('each line has its outcome: accepted, rejected, or refused with a code, a sentence and the field', async () => {
  const { endCustomer, po } = partnerOrder('x');
  const lines = [
    JSON.stringify(order('good')),
    JSON.stringify(order('dear', { po: { ...po, amount: { amount: '1369.01', currency: 'USD' } } })),
    JSON.stringify(order('evil', { endCustomer: { ...endCustomer, companyName: 'Evil Corp' } })),
    '{ not json',
    JSON.stringify(order('good')),
    JSON.stringify(order('nowhere', { endCustomer: { ...endCustomer, country: 'QX' } })),
    JSON.stringify(order('odd', { po: { ...po, amount: { amount: '1.234', currency: 'USD' } } })),
    JSON.stringify(order('whose', { resellerId: 'par_none' })),
    JSON.stringify({ ...order('more'), price: '1.00' }),
  ];
  await upload({ externalId: 'mixed', format: 'JSON_LINES', part: 1, content: lines.join('\r\n') });
  await runJobs();
  const { bulkOrder } = await ask(
    '{ bulkOrder(externalId: "mixed") { status lines(first: 100) { nodes { line state externalId code path partnerOrder { status } } } } }',
  );
  expect(bulkOrder.status).toBe('DONE');
  const told = bulkOrder.lines.nodes.map((row: Record<string, string>) => [row.line, row.state, row.externalId, row.code]);
  expect(told).toEqual([
    [1, 'ACCEPTED', 'good', null],
    [2, 'REFUSED', 'dear', 'PO_AMOUNT_MISMATCH'], // $1,368.00 + $1.01
    [3, 'REJECTED', 'evil', null],
    [4, 'REFUSED', null, 'LINE_UNREADABLE'],
    [5, 'REFUSED', 'good', 'EXTERNAL_ID_REPEATED'],
    [6, 'REFUSED', 'nowhere', 'LINE_UNREADABLE'],
    [7, 'REFUSED', 'odd', 'AMOUNT_INVALID'],
    [8, 'REFUSED', 'whose', 'RESELLER_NOT_FOUND'],
    [9, 'REFUSED', 'more', 'LINE_UNREADABLE'],
  ]);
  expect(bulkOrder.lines.nodes[0].partnerOrder).toEqual({ status: 'ACCEPTED' });
  expect(bulkOrder.lines.nodes[5].path).toEqual(['endCustomer', 'country']);
  const document =
    '{ bulkOrder(externalId: "mixed") { lines(first: 2, where: { state: REFUSED }) { nodes { line } pageInfo { hasNextPage } } } }';
  expect((await ask(document)).bulkOrder.lines).toEqual({ nodes: [{ line: 2 }, { line: 4 }], pageInfo: { hasNextPage: true } });
});

const COLUMNS =
  'externalId,endCustomer.companyName,endCustomer.country,endCustomer.address.street,endCustomer.address.city,' +
  'endCustomer.address.postalCode,endCustomer.address.country,endCustomer.soldToName,endCustomer.soldToEmail,' +
  'lines.sku,lines.quantity,lines.startsOn,po.number,po.amount.amount,po.amount.currency,termsAccepted';
const row = (externalId: string, quantity: string, amount: string) =>
  `${externalId},"Tailspin, Toys",DE,1 Quay,Hamburg,20095,DE,Ines Weber,ines@tailspin.example,premium-self-managed,${quantity},2026-06-15,PO-1,${amount},USD,true`;

test('a file of comma-separated values is placed as well', async () => {
  // 2 × $136.80 = $273.60
  const content = [COLUMNS, row('csv-1', '2', '273.60'), row('csv-2', 'two', '273.60')].join('\n');
  const thought = await upload({ externalId: 'table', format: 'CSV', part: 1, content, dryRun: true });
  expect(thought.bulkOrder).toMatchObject({ lineCount: 2, counts: { pending: 1, refused: 1 } });
  expect(await stateOf('table')).toBeNull();
  await upload({ externalId: 'table', format: 'CSV', part: 1, content });
  await runJobs();
  expect(await stateOf('table')).toMatchObject({ status: 'DONE', counts: { accepted: 1, refused: 1 } });
  const { partnerOrder: placed } = await ask('{ partnerOrder(externalId: "csv-1") { total { amount } endCustomer { companyName } } }');
  expect(placed).toEqual({ total: { amount: '273.60' }, endCustomer: { companyName: 'Tailspin, Toys' } });
});

test('parts come in their order, may be sent again, and cannot be exchanged', async () => {
  const part = (number: number, changes: object = {}) => {
    const content = jsonLines([order(`parts-${number}`)]);
    return upload({ externalId: 'parts', format: 'JSON_LINES', part: number, content, isLast: number === 2, ...changes });
  };
  expect(codes(await part(2))).toBe('BULK_PART_OUT_OF_ORDER');
  expect(codes(await part(1))).toBe('');
  expect(codes(await part(1))).toBe('');
  expect(codes(await part(1, { content: jsonLines([order('parts-9')]) }))).toBe('BULK_PART_REUSED');
  expect(codes(await part(2, { format: 'CSV', content: `${COLUMNS}\n${row('parts-2', '2', '273.60')}` }))).toBe('BULK_FORMAT_CHANGED');
  expect(codes(await part(2, { content: '' }))).toBe('BULK_LINES_OUT_OF_RANGE');
  expect(codes(await part(2, { format: 'CSV', content: 'a,b\n1' }))).toBe('BULK_PART_UNREADABLE');
  expect((await part(2)).bulkOrder).toMatchObject({ status: 'PLACING', lineCount: 2 });
  expect(codes(await part(3))).toBe('BULK_COMPLETE');
  expect(codes(await part(1, { externalId: ' ' }))).toBe('EXTERNAL_ID_INVALID');
  await runJobs();
  expect(await stateOf('parts')).toMatchObject({ status: 'DONE', counts: { accepted: 2 } });
});

test('a file of somebody else is answered as one that does not exist', async () => {
  const other = partner(scene.reseller.id, ...PARTNER_SCOPES);
  expect((await ask('{ bulkOrder(externalId: "file-1") { id } }', other)).bulkOrder).toBeNull();
  expect((await ask('{ bulkOrders { nodes { id } } }', other)).bulkOrders.nodes).toEqual([]);
  expect((await ask('{ bulkOrders { nodes { externalId } } }')).bulkOrders.nodes).toContainEqual({ externalId: 'file-1' });
});
