/** An answer as tables: what becomes a row, what becomes a column, and that no digit is lost on the way. */
import { buildSchema } from 'graphql';
import { csvOf } from '../../gateway/explorer/answer/csv';
import { documentFacts } from '../../gateway/explorer/answer/document-facts';
import { matches } from '../../gateway/explorer/answer/filters';
import { pivotOf } from '../../gateway/explorer/answer/pivot';
import { firstRowSet, rowSetsOf } from '../../gateway/explorer/answer/row-sets';
import { compareCells, meanOf, shownText, sumOf } from '../../gateway/explorer/answer/values';

const schema = buildSchema(`
  scalar Decimal
  scalar Date
  type Money { amount: Decimal! currency: String! }
  type Group { keys: [String!]! arr: Money! share: Decimal on: Date }
  type Arr { asOf: String! groups: [Group!]! total: Money! }
  type Line { description: String! amount: Money! }
  type Invoice { number: String! tags: [String!]! lines: [Line!]! }
  type Page { hasNextPage: Boolean! }
  type Edge { node: Invoice! }
  type Invoices { edges: [Edge!]! nodes: [Invoice!]! pageInfo: Page! totalCount: Int }
  type Query { arr(by: [String!]!): Arr invoices: Invoices retention: Decimal }
`);
const usd = (amount: string) => ({ amount, currency: 'USD' });
const setsOf = (document: string, data: object, variables = {}) => rowSetsOf(data, documentFacts(document, undefined, variables, schema));

const ARR = 'query Q($by: [String!]!) { arr(by: $by) { asOf groups { keys arr { amount currency } share on } total { amount currency } } }';
const ARR_DATA = {
  arr: {
    asOf: '2026-06-30',
    groups: [
      { keys: ['PREMIUM', 'SAAS'], arr: usd('1000.10'), share: '0.25', on: '2026-06-01' },
      { keys: ['PREMIUM', 'SELF_MANAGED'], arr: usd('200.05'), share: '0.05', on: '2026-06-02' },
      { keys: ['ULTIMATE', 'SAAS'], arr: usd('3000.00'), share: null, on: null },
    ],
    total: usd('4200.15'),
  },
};
const arrSet = () => firstRowSet(setsOf(ARR, ARR_DATA, { by: ['TIER', 'DEAL_TYPE'] }))!;

test('groups of a report become rows, with a column for each dimension that was asked for', () => {
  const set = arrSet();
  expect(set.title).toBe('ARR › Groups');
  expect(set.columns.map(({ id, kind }) => `${id}: ${kind}`)).toEqual([
    'tier: text',
    'dealType: text',
    'arr: money',
    'share: number',
    'on: date',
  ]);
  expect(set.rows[1]).toEqual({ tier: 'PREMIUM', dealType: 'SELF_MANAGED', arr: usd('200.05'), share: '0.05', on: '2026-06-02' });
  expect(set.facts.map(({ title, cell }) => [title, cell])).toEqual([
    ['As of', '2026-06-30'],
    ['Total', usd('4200.15')],
  ]);
});

const INVOICES = `{ invoices { edges { node { number tags lines { description amount { amount currency } } } } pageInfo { hasNextPage } totalCount } }`;
const line = (description: string, amount: string) => ({ description, amount: usd(amount) });
const INVOICES_DATA = {
  invoices: {
    edges: [
      { node: { number: 'INV-1', tags: ['new', 'card'], lines: [line('Seats', '10.00'), line('Support', '5.00')] } },
      { node: { number: 'INV-2', tags: [], lines: [line('Seats', '20.00')] } },
    ],
    pageInfo: { hasNextPage: true },
    totalCount: 7,
  },
};

test('a list within a list is a table of its own, whose rows say what they stand in', () => {
  const [, lines] = setsOf(INVOICES, INVOICES_DATA);
  expect(lines?.title).toBe('Invoices › Lines');
  expect(lines?.rows.map(row => Object.values(row))).toEqual([
    ['INV-1', 'new, card', 'Seats', usd('10.00')],
    ['INV-1', 'new, card', 'Support', usd('5.00')],
    ['INV-2', '', 'Seats', usd('20.00')],
  ]);
});

test('a connection is one table, without its cursors, that says how much more there is', () => {
  const [invoices] = setsOf(INVOICES, INVOICES_DATA);
  expect(invoices?.columns.map(({ id }) => id)).toEqual(['number', 'tags']);
  expect([invoices?.totalCount, invoices?.hasMore]).toEqual([7, true]);
});

test('an empty list is a table without rows, and a single value is one of a row', () => {
  const [invoices] = setsOf('{ invoices { nodes { number } } }', { invoices: { nodes: [] } });
  expect([invoices?.title, invoices?.rows]).toEqual(['Invoices', []]);
  expect(setsOf('{ arr(by: []) { asOf } }', { arr: { asOf: 'now' } })[0]?.rows).toEqual([{ asOf: 'now' }]);
  expect(setsOf('{ arr(by: []) { asOf } }', { arr: null })).toEqual([]);
});

test('a pivot adds to the last digit, and never one currency to another', () => {
  const set = arrSet();
  const [tier, deployment, arr] = set.columns;
  const pivot = pivotOf(set.rows, { down: tier!, across: deployment!, value: arr!, aggregate: 'sum' });
  expect(pivot.at('PREMIUM', null)).toEqual([usd('1200.15')]); // 1000.10 + 200.05
  expect(pivot.at(null, 'SAAS')).toEqual([usd('4000.10')]); // 1000.10 + 3000.00
  expect(pivot.at('ULTIMATE', 'SELF_MANAGED')).toEqual([]);
  expect(pivot.at(null, null)).toEqual([usd('4200.15')]);
  const mixed = [...set.rows, { tier: 'PREMIUM', dealType: 'SAAS', arr: { amount: '1.00', currency: 'EUR' } }];
  expect(pivotOf(mixed, { down: tier!, across: null, value: arr!, aggregate: 'sum' }).at('PREMIUM', null)).toEqual([
    { amount: '1.00', currency: 'EUR' },
    usd('1200.15'),
  ]);
});

test('sums and means of decimals are exact', () => {
  expect(sumOf(['0.1', '0.2', '-0.05'])).toBe('0.25');
  expect(sumOf(['9007199254740993.01', '0.01'])).toBe('9007199254740993.02');
  expect(meanOf(['10.00', '0.01'])).toBe('5.01'); // 10.01 ÷ 2 = 5.005, half away from zero
  expect(meanOf(['-10.00', '-0.01'])).toBe('-5.01');
});

test('amounts are sorted as numbers and shown with their thousands apart', () => {
  expect(compareCells(usd('9.00'), usd('10.00'), 'money')).toBe(-1);
  expect(shownText(usd('-1234567.80'), 'money')).toBe('-1,234,567.80 USD');
  expect(shownText('2026-06-30T10:00:00.123Z', 'moment')).toBe('2026-06-30 10:00:00 UTC');
});

test.each([
  ['> 200', true],
  ['>= 200.05', true],
  ['< 200.05', false],
  ['= 200.05', true],
  ['200.0', true],
  ['999', false],
])('a column of amounts is filtered by “%s”', (asked, isFound) => {
  expect(matches(usd('200.05'), 'money', asked)).toBe(isFound);
});

test('a file has two columns for an amount, and no cell that a spreadsheet would run', () => {
  const set = arrSet();
  const rows = [{ tier: '=HYPERLINK("http://x")', dealType: '-1', arr: usd('-5.00'), share: null, on: 'a,b' }];
  expect(csvOf(set.columns, rows)).toBe(
    ['tier,dealType,arr.amount,arr.currency,share,on', '"\'=HYPERLINK(""http://x"")",-1,-5.00,USD,,"a,b"', ''].join('\r\n'),
  );
  for (const text of ['+1+1', '@SUM(A1)', '\tx', '-2+3']) expect(csvOf([set.columns[0]!], [{ tier: text }])).toContain(`'${text}`);
});
