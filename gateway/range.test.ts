import { rangeOf } from './range';

test.each([
  [undefined, null],
  ['bytes=0-9', [0, 9]],
  ['bytes=90-', [90, 99]],
  ['bytes=90-500', [90, 99]],
  ['bytes=-10', [90, 99]],
  ['bytes=-500', [0, 99]],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=9-3', null],
  ['bytes=0-1,5-6', null],
  ['bytes=-', null],
  ['pages=1-2', null],
  ['bytes=0-99999999999999999999', null],
])('of a hundred bytes, %s is %j', (range, wanted) => {
  expect(rangeOf(range === undefined ? {} : { range }, 100, '"it"')).toEqual(wanted);
});

test('a part of something that has changed since is answered with all of it', () => {
  expect(rangeOf({ range: 'bytes=5-', 'if-range': '"it"' }, 100, '"it"')).toEqual([5, 99]);
  expect(rangeOf({ range: 'bytes=5-', 'if-range': '"was"' }, 100, '"it"')).toBeNull();
});
