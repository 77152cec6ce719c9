import { getOperationAST, getVariableValues, parse, validate } from 'graphql';
import { openPair, type Pair } from './answers';
import { SUPERGRAPHS, VARIABLES } from './supergraphs';

describe.each(SUPERGRAPHS)('$feature', ({ houses, operations, differs = [] }) => {
  let pair: Pair;
  beforeAll(async () => {
    pair = await openPair(houses);
  });
  afterAll(() => pair.close());

  test.each(operations)('%s', async query => {
    const document = parse(query);
    expect(validate(pair.schema, document).map(error => error.message)).toEqual([]);
    const declared = getOperationAST(document)?.variableDefinitions ?? [];
    const given: Record<string, unknown> = { ...VARIABLES, ...(query.includes('$n: Int') && { n: 7 }) };
    const variables = Object.fromEntries(
      declared.flatMap(({ variable: { name } }) => (name.value in given ? [[name.value, given[name.value]]] : [])),
    );
    expect(getVariableValues(pair.schema, declared, variables).errors).toBeUndefined();
    const [ours, theirs, again] = [
      await pair.compiled(query, { variables }),
      await pair.reference(query, { variables }),
      await pair.compiled(query, { variables }),
    ];
    expect(ours.body.data).toEqual(theirs.body.data);
    expect(ours.status).toBe(theirs.status);
    expect(placesOf(ours.body.errors)).toEqual(placesOf(theirs.body.errors));
    expect(again).toEqual(ours);
  });

  if (differs.length > 0) {
    test.each(differs)('%s, where the reference is wrong', async query => {
      const [ours, theirs] = [await pair.compiled(query), await pair.reference(query)];
      expect(ours.body).toMatchSnapshot();
      expect(ours.body).not.toEqual(theirs.body);
    });
  }
});

const placesOf = (errors: readonly { readonly path?: readonly unknown[] }[] = []) =>
  errors.map(({ path }) => (path ?? []).join('.')).sort();
