import type { TestHouse } from '../../support/house';
import { analyst, finance, sales, support } from '../../support/viewers';
import {
  accountChanged,
  acme,
  acmeBuyer,
  aId,
  announcedData,
  globex,
  globexBuyer,
  invoiceRequested,
  journalSums,
  openBilling,
  postedInvoice,
  requestInvoice,
  usd,
} from './scene';

let house: TestHouse;
beforeEach(async () => {
  house = await openBilling();
});
afterEach(() => house.close());

const account = (fields: string) =>
  `query ($account: ID!) { _entities(representations: [{ __typename: "BillingAccount", id: $account }]) { ... on BillingAccount { ${fields} } } }`;
const INVOICE_CENTER = account(`
  openBalance { amount currency }
  invoices(first: 20, where: { status: { eq: POSTED } }) {
    nodes {
      number issuedOn dueOn total { amount currency } balance { amount currency } pdfUrl
      lines { description quantity unitPrice { amount } amount { amount } working servicePeriod { startsOn endsOn } }
    }
    pageInfo { hasNextPage endCursor }
    totalCount
  }`);

test('an invoice is posted exactly as planned, with its journal entry', async () => {
  expect(await postedInvoice(house, 1)).toBe('INV-00000001-0001');
  const { data } = await house.run(acmeBuyer, INVOICE_CENTER, { account: acme });
  expect(data._entities[0]).toEqual({
    openBalance: usd('1194.09'),
    invoices: {
      nodes: [
        {
          number: 'INV-00000001-0001',
          issuedOn: '2026-06-15',
          dueOn: '2026-07-15',
          total: usd('1194.09'), // $1,105.64 + $88.45 tax
          balance: usd('1194.09'),
          pdfUrl: expect.stringMatching(/^\/documents\/invoices\/INV-00000001-0001\.pdf\?expires=\d+&signature=[\w-]{43}$/),
          lines: [
            {
              description: 'Premium, 10 seats more',
              quantity: 10,
              unitPrice: { amount: '228.00' },
              amount: { amount: '1105.64' },
              working: '10 × $228.00 ÷ 365 × 177 days = $1,105.64',
              servicePeriod: { startsOn: '2026-06-15', endsOn: '2026-12-09' },
            },
          ],
        },
      ],
      pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
      totalCount: 1,
    },
  });
  const postings =
    await house.sql`select code, debit_minor::int as debit, credit_minor::int as credit from journal_postings order by position`;
  expect([...postings]).toEqual([
    { code: '1100', debit: 119_409, credit: 0 }, // what Acme owes
    { code: '2400', debit: 0, credit: 110_564 }, // service we owe in return
    { code: '2200', debit: 0, credit: 8_845 }, // the state's
  ]);
  expect(await journalSums(house)).toEqual([{ currency: 'USD', sum: '0' }]);
});

test('an order asked for twice has one invoice, and each try its answer', async () => {
  await requestInvoice(house, invoiceRequested(1));
  await requestInvoice(house, invoiceRequested(1, { attempt: 2 }));
  expect(await announcedData(house, 'InvoicePosted.v1')).toMatchObject([
    { number: 'INV-00000001-0001', attempt: 1, total: usd('1194.09') },
    { number: 'INV-00000001-0001', attempt: 2, lines: [{ quantity: 10, amount: usd('1105.64') }] },
  ]);
  expect((await house.sql`select 1 from invoices`).length).toBe(1);
});

test('20 invoices posted at the same moment are numbered without a gap', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, n) => requestInvoice(house, invoiceRequested(n + 1))));
  const numbers = await house.sql`select number from invoices order by sequence`;
  expect(numbers.map(row => row.number)).toEqual(Array.from({ length: 20 }, (_, n) => `INV-00000001-${String(n + 1).padStart(4, '0')}`));
  expect(await journalSums(house)).toEqual([{ currency: 'USD', sum: '0' }]);
});

test('each account and each currency stands for itself', async () => {
  await house.receive('customers', {
    type: 'BillingAccountChanged.v1',
    data: accountChanged(globex, 'BA-00000002', { version: 2, currency: 'EUR' }),
  });
  await postedInvoice(house, 1);
  expect(await postedInvoice(house, 2, { accountId: globex, currency: 'EUR' })).toBe('INV-00000002-0001');
  expect(await journalSums(house)).toEqual([
    { currency: 'EUR', sum: '0' },
    { currency: 'USD', sum: '0' },
  ]);
  const { data } = await house.run(finance, account('openBalance { amount currency }'), { account: globex });
  expect(data._entities[0].openBalance).toEqual({ amount: '1194.09', currency: 'EUR' });
});

test('a plan that does not add up is refused, and nothing is posted', async () => {
  await requestInvoice(house, invoiceRequested(1, { total: usd('1194.10') }));
  expect(await announcedData(house, 'StepFailed.v1')).toMatchObject([
    {
      step: 'INVOICE',
      code: 'INVOICE_PLAN_INCORRECT',
      isRetryable: false,
      message: '$1,105.64 + $88.45 tax = $1,194.09, the total says $1,194.10.',
    },
  ]);
  expect((await house.sql`select 1 from invoices`).length).toBe(0);
  expect(await postedInvoice(house, 2)).toBe('INV-00000001-0001'); // the refused one took no number
});

test('an account that is not known yet is asked again; a card payment must be reserved first', async () => {
  await requestInvoice(house, invoiceRequested(1, { accountId: aId('account', 3) }));
  await requestInvoice(house, invoiceRequested(2, { paymentId: aId('payment', 2) }));
  expect(await announcedData(house, 'StepFailed.v1')).toMatchObject([
    { code: 'ACCOUNT_NOT_KNOWN_YET', isRetryable: true },
    { code: 'PAYMENT_NOT_AUTHORIZED', isRetryable: false },
  ]);
});

test('an invoice keeps the address it was posted with', async () => {
  const number = await postedInvoice(house, 1);
  const moved = accountChanged(acme, 'BA-00000001', { version: 3 });
  await house.receive('customers', {
    type: 'BillingAccountChanged.v1',
    data: { ...moved, billTo: { ...moved.billTo, street: '2 New Street' } },
  });
  await house.receive('customers', { type: 'BillingAccountChanged.v1', data: accountChanged(acme, 'BA-99999999', { version: 2 }) }); // late
  const { data } = await house.run(
    acmeBuyer,
    'query ($n: String!) { invoice(number: $n) { billTo { name email address { street country } } } }',
    { n: number },
  );
  expect(data.invoice.billTo).toEqual({
    name: 'Ada Lovelace',
    email: 'ada@acme.example',
    address: { street: '1 Main Street', country: 'US' },
  });
  expect(await postedInvoice(house, 2)).toBe('INV-00000001-0002');
  const [second] = await house.sql`select bill_to->>'street' as street from invoices where sequence = 2`;
  expect(second).toEqual({ street: '2 New Street' });
});

test.each(['invoices', 'invoice_lines', 'journal_entries', 'journal_postings'])(
  'what stands in %s cannot be changed, even by the superuser',
  async table => {
    await postedInvoice(house, 1);
    await expect(house.sql.unsafe(`update ${table} set account_id = account_id`)).rejects.toThrow('append-only');
    await expect(house.sql.unsafe(`delete from ${table}`)).rejects.toThrow('append-only');
    await expect(house.sql.unsafe(`truncate ${table} cascade`)).rejects.toThrow('append-only');
  },
);

test('the database refuses an entry that does not sum to zero', async () => {
  await postedInvoice(house, 1);
  const oneSide = house.sql`insert into journal_postings select account_id, entry_id, 9, '1000', currency, 1, 0, 'a cent from nowhere', posted_on from journal_postings limit 1`;
  await expect(oneSide).rejects.toThrow('must sum to zero');
});

test('invoices of another account are as if they did not exist', async () => {
  const number = await postedInvoice(house, 1);
  const INVOICE = `query ($n: String!) { invoice(number: $n) { id } }`;
  for (const viewer of [acmeBuyer, support, finance, analyst])
    expect((await house.run(viewer, INVOICE, { n: number })).data.invoice).toEqual({ id: aId('invoice', 1) });
  expect(await house.run(globexBuyer, INVOICE, { n: number })).toEqual(await house.run(globexBuyer, INVOICE, { n: 'INV-00000001-9999' }));
  expect((await house.run(sales, INVOICE, { n: number })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');

  const ENTITY = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Invoice { number } } }`;
  const references = [
    { __typename: 'Invoice', id: aId('invoice', 1) },
    { __typename: 'Invoice', number },
    { __typename: 'Invoice', id: 'nonsense' },
  ];
  expect((await house.run(acmeBuyer, ENTITY, { r: references })).data._entities).toEqual([{ number }, { number }, null]);
  expect((await house.run(globexBuyer, ENTITY, { r: references })).data._entities).toEqual([null, null, null]);
  expect((await house.run(globexBuyer, INVOICE_CENTER, { account: acme })).data._entities).toEqual([null]);
  expect((await house.run(acmeBuyer, '{ invoices { totalCount } }')).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  expect((await house.run(analyst, `{ invoice(number: "${number}") { number billTo { name } } }`)).data.invoice).toEqual({
    number,
    billTo: null,
  });
});

test('a page follows the page before, and the query count does not grow with the page', async () => {
  for (let n = 1; n <= 5; n++) await postedInvoice(house, n);
  const PAGE = account(
    'invoices(first: $first, after: $after) { nodes { number lines { sku } payments { id } } pageInfo { hasNextPage endCursor } totalCount }',
  ).replace('($account: ID!)', '($account: ID!, $first: Int!, $after: String)');
  const page = async (first: number, after: string | null) =>
    (await house.run(acmeBuyer, PAGE, { account: acme, first, after })).data._entities[0].invoices;
  const before = await house.statements();
  const one = await page(2, null);
  const statements = (await house.statements()) - before;
  expect(one.nodes.map((node: { number: string }) => node.number)).toEqual(['INV-00000001-0005', 'INV-00000001-0004']);
  const two = await page(2, one.pageInfo.endCursor);
  expect(two.nodes.map((node: { number: string }) => node.number)).toEqual(['INV-00000001-0003', 'INV-00000001-0002']);
  expect(two).toMatchObject({ pageInfo: { hasNextPage: true }, totalCount: 5 });

  const beforeAll = await house.statements();
  await page(100, null);
  expect((await house.statements()) - beforeAll).toBe(statements);
});
