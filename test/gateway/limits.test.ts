import { readFileSync } from 'node:fs';
import { getIntrospectionQuery, Kind, parse } from 'graphql';
import { LIMITS, mayIntrospect, refusalOf, togetherRefusalOf } from '../../gateway/limits';
import { shapeOf } from '../../gateway/shape';
import { anonymous } from '../../kernel/auth/viewer';
import { openPlatform, type Platform } from './platform';

let platform: Platform;
let ask: Awaited<ReturnType<Platform['as']>>;
beforeAll(async () => {
  platform = await openPlatform();
  ask = await platform.as({ roles: ['BUYER'] });
});
afterAll(() => platform.close());

const nested = (levels: number) => `{ billingAccount(id: 1) { ${'parent { '.repeat(levels - 2)} id ${'} '.repeat(levels - 2)} } }`;
const aliases = (count: number) => `{ billingAccount(id: 1) { ${Array.from({ length: count }, (_, n) => `a${n}: id`).join(' ')} } }`;
const doubling = (levels: number) =>
  `query { billingAccount(id: 1) { ...F0 } }
   ${Array.from({ length: levels }, (_, n) => `fragment F${n} on BillingAccount { ...F${n + 1} ...F${n + 1} }`).join('\n')}
   fragment F${levels} on BillingAccount { id }`;

test.each([
  ['a document nested 30 deep', nested(30), 'DEPTH_LIMIT'],
  ['101 aliases', aliases(101), 'LIMIT_EXCEEDED'],
  ['21 fields at the root', `{ ${Array.from({ length: 21 }, (_, n) => `f${n}: whoAmI`).join(' ')} }`, 'LIMIT_EXCEEDED'],
  ['twenty doubling fragments', doubling(20), 'LIMIT_EXCEEDED'],
  ['fifty doubling fragments with nothing at their end', doubling(48).replace(/fragment F48 .*/, ''), 'LIMIT_EXCEEDED'],
  [
    'a fragment written out a thousand times',
    `{ billingAccount(id: 1) { ${'...F '.repeat(1_000)} } } fragment F on BillingAccount { id }`,
    'LIMIT_EXCEEDED',
  ],
  ['a field named 102 times in one place', `{ billingAccount(id: 1) { ${'id '.repeat(102)} } }`, 'LIMIT_EXCEEDED'],
  [
    'a fragment nobody uses that names fields over and over',
    `{ whoAmI } fragment F on BillingAccount { ${'id '.repeat(102)} }`,
    'LIMIT_EXCEEDED',
  ],
  [
    'a fragment that spreads itself',
    '{ billingAccount(id: 1) { ...A } } fragment A on BillingAccount { ...B } fragment B on BillingAccount { ...A }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['a page of a million', '{ billingAccounts(first: 1000000) { id } }', 'LIMIT_EXCEEDED'],
  ['a page of minus one', '{ billingAccounts(first: -1) { id } }', 'LIMIT_EXCEEDED'],
  ['a page of 2³¹', '{ billingAccounts(first: 2147483648) { id } }', 'LIMIT_EXCEEDED'],
  [
    'two orders at once',
    'mutation { a: placeOrder(input: { sku: "X", quantity: 1 }) { id } b: placeOrder(input: { sku: "X", quantity: 1 }) { id } }',
    'LIMIT_EXCEEDED',
  ],
  [
    'an order beside seats',
    'mutation { placeOrder(input: { sku: "X", quantity: 1 }) { id } ...S } fragment S on Mutation { addSeats(quantity: 1) { id } }',
    'LIMIT_EXCEEDED',
  ],
  ['4,001 words', `{ ${'whoAmI '.repeat(4_000)} }`, 'GRAPHQL_PARSE_FAILED'],
  ['a document nested deeper than a parser can go', `${'{ a '.repeat(3_000)}`, 'GRAPHQL_PARSE_FAILED'],
  ['an unknown field', '{ billingAcount { id } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['a hidden field', '{ account__secret }', 'GRAPHQL_VALIDATION_FAILED'],
  ['_service', '{ _service { sdl } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['_entities', '{ _entities(representations: []) { __typename } }', 'GRAPHQL_VALIDATION_FAILED'],
])('%s is refused before anything runs, and again when it is known', async (_, query, code) => {
  platform.customers.seen.length = 0;
  for (let time = 0; time < 2; time += 1) {
    const startedAt = performance.now();
    const { status, body } = await ask(query);
    expect(performance.now() - startedAt).toBeLessThan(500);
    expect({ status, code: body.errors[0].extensions.code }).toEqual({ status: 400, code });
    expect(body).not.toHaveProperty('data');
    expect(JSON.stringify(body)).not.toMatch(/did you mean/i);
  }
  expect(platform.customers.seen).toEqual([]);
});

test('an operation that the document does not hold is refused, also when the document is known', async () => {
  const query = 'query A { whoAmI } query B { __typename }';
  for (const operationName of ['A', 'C', 'B', '__proto__', 'C']) {
    const { status } = await platform.post({ query, operationName });
    expect([operationName, status]).toEqual([operationName, ['A', 'B'].includes(operationName) ? 200 : 400]);
  }
});

test('what a document holds beside the operation that is named counts as well', async () => {
  const query = `query A { whoAmI } query B { billingAccount(id: 1) { ${'parent { id } '.repeat(102)} } }`;
  const { body } = await platform.post({ query, operationName: 'A' });
  expect(body.errors[0].extensions.limit).toEqual({ name: 'repeats', max: 100, found: 101 });
});

test('a variable named as something that every object has hides no page size', async () => {
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    const { body } = await ask(`query($${name}: Int = 5000) { billingAccounts(first: $${name}) { id } }`);
    expect([name, body.errors?.[0].extensions.limit]).toEqual([name, { name: 'pageSize', max: 100, found: 5_000 }]);
  }
});

test('what is within every limit runs', async () => {
  expect((await ask(aliases(100))).body.errors).toBeUndefined();
  expect((await ask(nested(LIMITS.depth))).body.errors).toBeUndefined();
  expect((await ask(doubling(6))).body).toMatchObject({ data: { billingAccount: { id: '1' } } });
  expect((await ask('mutation { a: updateContact(email: "a") b: updateContact(email: "b") c: addMember(email: "c") }')).body.data).toEqual({
    a: 'a',
    b: 'b',
    c: 'c',
  });
});

test('a page size in a variable is checked each time, also for a document that is known', async () => {
  const query = 'query($n: Int = 20) { billingAccounts(first: $n) { id } }';
  expect((await ask(query, { n: 100 })).status).toBe(200);
  expect((await ask(query, { n: 101 })).body.errors[0].extensions).toMatchObject({
    code: 'LIMIT_EXCEEDED',
    limit: { name: 'pageSize', max: 100, found: 101 },
  });
  expect((await ask(query, {})).status).toBe(200);
  expect((await ask(query.replace('20', '1000'), {})).status).toBe(400);
});

test('a document that is known is still too long for a partner and for nobody', async () => {
  const long = `{ ${'whoAmI '.repeat(1_200)} }`;
  expect((await ask(long)).body.errors[0].extensions.limit).toMatchObject({ name: 'rootFields' });
  const partner = await platform.as({ roles: ['PARTNER'] });
  expect((await partner(long)).body.errors[0].extensions.limit).toMatchObject({ name: 'tokens', max: 1_000 });
  expect((await platform.post({ query: long })).body.errors[0].extensions.limit).toMatchObject({ name: 'tokens', max: 1_000 });
});

test('the schema is read by those who may', async () => {
  const introspection = getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true, oneOf: true });
  expect((await ask(introspection)).body.data.__schema.queryType.name).toBe('Query');
  const partner = await platform.as({ roles: ['PARTNER'] });
  // The document is known by now: whether it may be asked is decided for each caller.
  expect(await platform.post({ query: introspection })).toMatchObject({
    status: 400,
    body: { errors: [{ extensions: { code: 'FORBIDDEN' } }] },
  });
  expect(JSON.stringify((await partner(introspection)).body.data)).not.toContain('BillingAccount');
  expect((await partner('{ __typename }')).body).toMatchObject({ data: { __typename: 'Query' } });
  const { shape } = measured(introspection);
  const asked = (role: 'BUYER' | 'ANALYST') => {
    const viewer = { ...anonymous, subject: 'usr_1', roles: [role] };
    return { shape, tokens: 200, variables: {}, viewer, mayReadSchema: mayIntrospect(viewer, 'production') };
  };
  expect(refusalOf(asked('BUYER'))?.code).toBe('FORBIDDEN');
  expect(refusalOf(asked('ANALYST'))).toBeNull();
});

test('an alias named __proto__ harms nobody', async () => {
  await ask('{ __proto__: whoAmI billingAccount(id: 1) { __proto__: id constructor: name } }');
  expect((await ask('{ billingAccount(id: 1) { id } }')).body).toMatchObject({ data: { billingAccount: { id: '1' } } });
  expect(Object.keys(Object.prototype)).toEqual([]);
});

function measured(text: string, operationName?: string) {
  const document = parse(text, { noLocation: true });
  const operation = document.definitions.find(
    node => node.kind === Kind.OPERATION_DEFINITION && (!operationName || node.name?.value === operationName),
  );
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  return { shape: shapeOf(document, operation) };
}

const saved = readFileSync('operations/operations.graphql', 'utf8');
const names = parse(saved).definitions.flatMap(node => (node.kind === Kind.OPERATION_DEFINITION && node.name ? [node.name.value] : []));
test.each(names)('the saved operation %s is within the limits', name => {
  const viewer = { ...anonymous, subject: 'usr_1', roles: ['PARTNER'] as const };
  const measure = measured(saved, name);
  expect(refusalOf({ ...measure, tokens: 0, viewer, variables: {}, mayReadSchema: false }) ?? togetherRefusalOf(measure.shape)).toBeNull();
});

test('a question about the schema with a missing variable is the caller’s mistake', async () => {
  expect(await ask('query($name: String!) { __type(name: $name) { name } }')).toMatchObject({
    status: 400,
    body: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
  });
  expect((await ask('query($name: String!) { __type(name: $name) { name isOneOf } }', { name: 'ActionInput' })).body.data).toEqual({
    __type: { name: 'ActionInput', isOneOf: true },
  });
});
