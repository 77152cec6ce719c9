import { ID_PREFIX, idFromUuid, isId, kindOf, uuidOf } from './ids';
import { newIdAt, seededIds } from './new-id';

const UUID = '01a20351-d848-73cc-aa7f-d6fa65721d62';

test('an id is its kind and the UUID that the database keeps', () => {
  const id = idFromUuid('order', UUID);
  expect(id).toBe('ord_01a20351d84873ccaa7fd6fa65721d62');
  expect(uuidOf(id)).toBe(UUID);
});

test('no two kinds share a prefix', () => {
  const prefixes = Object.values(ID_PREFIX);
  expect(new Set(prefixes).size).toBe(prefixes.length);
  expect(prefixes.filter(prefix => !/^[a-z]{3}$/.test(prefix))).toEqual([]);
});

test.each([
  ['ord_01a20351d84873ccaa7fd6fa65721d6'],
  ['ORD_01a20351d84873ccaa7fd6fa65721d62'],
  ['zzz_01a20351d84873ccaa7fd6fa65721d62'],
  [`ord_01a20351d84873ccaa7fd6fa65721d62' or 1=1`],
  ['__proto__'],
  [''],
])('"%s" identifies nothing', text => {
  expect(kindOf(text)).toBeNull();
  expect(isId('order', text)).toBe(false);
});

test("an order's id is no account's", () => {
  expect(isId('account', idFromUuid('order', UUID))).toBe(false);
});

test('ids sort by the moment they were made', () => {
  const moments = [1, 1_000, 1_000_000, 1_700_000_000_000].map(at => newIdAt(new Date(at))('order'));
  expect(moments.toSorted()).toEqual(moments);
});

test('the same seed makes the same ids in their order, another seed makes others', () => {
  const make = (seed: string) => {
    const newId = seededIds(seed, new Date('2026-06-15T12:00:00Z'));
    return [newId('order'), newId('order'), newId('charge')];
  };
  expect(make('a')).toEqual(make('a'));
  expect(new Set([...make('a'), ...make('b')]).size).toBe(6);
  expect(make('a').slice(0, 2).toSorted()).toEqual(make('a').slice(0, 2));
});
