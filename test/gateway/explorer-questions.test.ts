/** What the explorer knows of a question before it is asked: who may ask it, what it is given, and which report it is. */
import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { isHeld, rightsFor } from '../../gateway/explorer/card/asked-rights';
import { reportQuestions } from '../../gateway/explorer/exports/report-question';
import { metricOf } from '../../gateway/explorer/panels/metric-of';
import { askedVariables, operationIn, valuesIn, withValue } from '../../gateway/explorer/variables/asked-variables';

const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'), { assumeValidSDL: true });
const access = JSON.parse(readFileSync('schema/access.json', 'utf8'));
const operations = readFileSync('operations/operations.graphql', 'utf8');

test('the rights that a question needs are told field by field, also within fragments', () => {
  const text = 'query Q($id: ID!) { billingAccount(id: $id) { ...Owed name } } fragment Owed on BillingAccount { openBalance { amount } }';
  expect(rightsFor(text, schema, access)).toContainEqual({ field: 'BillingAccount.openBalance', who: 'BUYER or SUPPORT or FINANCE' });
  expect(rightsFor('{ broken', schema, access)).toEqual([]);
});

test.each([
  ['FINANCE or ANALYST', ['ANALYST'], true],
  ['FINANCE or ANALYST', ['BUYER'], false],
  ['(PARTNER and scope dealreg:write)', ['PARTNER', 'dealreg:write'], true],
  ['(PARTNER and scope dealreg:write)', ['PARTNER', 'dealreg:read'], false],
  ['(OPERATOR or SALES or (PARTNER and scope dealreg:read))', ['SALES'], true],
  ['(OPERATOR or SALES or (PARTNER and scope dealreg:read))', ['PARTNER'], false],
  ['nobody', ['OPERATOR'], false],
])('“%s” for one who holds %j: %j', (who, held, may) => {
  expect(isHeld(who, held)).toBe(may);
});

test('variables are asked for with their types, and what has a default may be left out', () => {
  const operation = operationIn(
    'query Q($month: Date!, $by: [ArrDimension!]! = [TIER], $asOf: DateTime) { arr(month: $month) { asOf } }',
    'Q',
  );
  const asked = askedVariables(operation!, schema);
  expect(asked.map(({ name, type, isRequired, byDefault }) => [name, String(type), isRequired, byDefault])).toEqual([
    ['month', 'Date!', true, undefined],
    ['by', '[ArrDimension!]!', false, ['TIER']],
    ['asOf', 'DateTime', false, undefined],
  ]);
});

test('values are read from the editor and written back; what is emptied is left out', () => {
  expect([valuesIn('{ "a": 1 }'), valuesIn(''), valuesIn('{ "a": '), valuesIn('[1]')]).toEqual([{ a: 1 }, {}, null, null]);
  expect(withValue({ a: 1, b: 2 }, 'a', undefined)).toEqual({ b: 2 });
  expect(Object.keys(withValue({ a: 1, b: 2 }, 'a', 3))).toEqual(['a', 'b']);
});

test('the operation of the name is meant, and the first when the name is of another text', () => {
  expect(operationIn(operations, 'ArrByTier')?.name?.value).toBe('ArrByTier');
  expect(operationIn('query A { clock } query B { clock }', 'Gone')?.name?.value).toBe('A');
  expect(operationIn('query {', undefined)).toBeNull();
});

test('a report is asked for as a file with what it was asked with in the graph', () => {
  const variables = { month: '2026-06-15' };
  expect(reportQuestions({ text: operations, operationName: 'ArrByTier', variables, answer: {}, tookMs: 1 }, schema)).toEqual([
    { name: 'ARR', month: '2026-06-15', by: ['TIER', 'DEPLOYMENT'] },
  ]);
  expect(reportQuestions({ text: operations, operationName: 'TrialBalance', variables, answer: {}, tookMs: 1 }, schema)).toEqual([]);
});

test('each report finds its metric by its name', () => {
  const ids = ['mrr', 'arr', 'arr-movements', 'ar-aging', 'available-to-renew'];
  const found = ['mrrRollforward', 'arr', 'arrMovements', 'arAging', 'availableToRenew', 'billingAccount'].map(field =>
    metricOf(field, ids),
  );
  expect(found).toEqual(['mrr', 'arr', 'arr-movements', 'ar-aging', 'available-to-renew', undefined]);
});
