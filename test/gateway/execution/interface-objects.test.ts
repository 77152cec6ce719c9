import { parse, validate } from 'graphql';
import { openPair, type Pair } from './answers';
import { type OneHouse, openOneHouse } from './one-house';
import { interfaceObjects } from './supergraphs-interface-objects';

describe.each(interfaceObjects)('$feature', ({ houses, operations }) => {
  let pair: Pair;
  let oneHouse: OneHouse;
  beforeAll(async () => {
    pair = await openPair(houses);
    oneHouse = openOneHouse(pair.schema, houses);
  });
  afterAll(() => pair.close());

  test.each(operations)('%s', async query => {
    expect(validate(pair.schema, parse(query)).map(error => error.message)).toEqual([]);
    const [ours, truth, again] = [await pair.compiled(query), await oneHouse.answer(query, {}), await pair.compiled(query)];
    expect(ours.body).toEqual(truth.body);
    expect(again).toEqual(ours);
  });
});
