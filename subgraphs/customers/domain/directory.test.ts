import { ENTRY_WORDS_MAX, soughtIn, TERM_WORDS_MAX, wordsOf } from './directory';

test('an entry is found by whole pieces, their parts and the domain of an address', () => {
  expect(wordsOf(['A-S00012345'])).toEqual(['a-s00012345', 'a', 's00012345']);
  expect(wordsOf(['Northwind Traders', 'Ada@Northwind.example'])).toEqual([
    'northwind',
    'traders',
    'ada@northwind.example',
    'ada',
    'example',
    'northwind.example',
  ]);
  expect(wordsOf(['Ａｃｍｅ Straße'])).toEqual(['acme', 'straße']);
  expect(wordsOf(['', ' - '])).toEqual(['-']);
});

test('an entry and a search are bounded', () => {
  const long = Array.from({ length: 500 }, (_, n) => `w${n}`).join(' ');
  expect(wordsOf([long])).toHaveLength(ENTRY_WORDS_MAX);
  expect(soughtIn(long)).toEqual([]);
  expect(soughtIn('a b c d e f g h')).toHaveLength(TERM_WORDS_MAX);
});

test('the longest piece is looked for first', () => {
  expect(soughtIn(' ada Northwind ')).toEqual(['northwind', 'ada']);
  expect(soughtIn('  ')).toEqual([]);
});
