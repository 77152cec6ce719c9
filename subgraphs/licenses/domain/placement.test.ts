import { isSameContent, isThere, waitAfter, wantedNext } from './placement';

const premium = { plan: 'PREMIUM', seats: 10 };
const placed = { revision: 3, content: premium, state: 'PLACED' } as const;

test('what is to be there gets a revision of its own each time that it changes', () => {
  expect(wantedNext(null, premium)).toEqual({ revision: 1, state: 'WANTED' });
  expect(wantedNext(placed, { ...premium, seats: 12 })).toEqual({ revision: 4, state: 'WANTED' });
  expect(wantedNext(placed, { seats: 10, plan: 'PREMIUM' })).toBeNull();
});

test('what was declined is tried again under the same revision', () => {
  expect(wantedNext({ ...placed, state: 'REFUSED' }, premium)).toEqual({ revision: 3, state: 'WANTED' });
  expect(wantedNext({ ...placed, state: 'WANTED' }, premium)).toBeNull();
});

test('a product that forgot, went back in time or was changed by hand does not have what was placed', () => {
  expect(isThere(placed, { revision: 3, content: { seats: 10, plan: 'PREMIUM' } })).toBe(true);
  expect(isThere(placed, null)).toBe(false);
  expect(isThere(placed, { revision: 2, content: premium })).toBe(false);
  expect(isThere(placed, { revision: 3, content: { ...premium, seats: 99 } })).toBe(false);
});

test('contents are compared whatever the order of their fields, at any depth', () => {
  expect(isSameContent({ a: [{ b: 1, c: 2 }], d: 3 }, { d: 3, a: [{ c: 2, b: 1 }] })).toBe(true);
  expect(isSameContent({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
});

test('waits grow to five minutes and stay there, so that an outage of ten minutes is soon over', () => {
  expect([1, 2, 3, 4, 5, 6, 99].map(waitAfter)).toEqual([5_000, 15_000, 45_000, 120_000, 300_000, 300_000, 300_000]);
});
