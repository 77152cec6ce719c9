import { BULK_LINES_MAX, PART_LINES_MAX, statusOf, takePart } from './bulk-order';

const received = { format: 'CSV', partHashes: ['a', 'b'], lineCount: 200, isComplete: false } as const;
const part = { part: 3, hash: 'c', format: 'CSV', lineCount: 100 } as const;
const code = (result: ReturnType<typeof takePart>) => (result.ok ? `taken: ${result.value.isNew}` : result.refusal.code);

test.each<[string, object, object, string]>([
  ['the next part', {}, {}, 'taken: true'],
  ['a part that was sent, again', {}, { part: 2, hash: 'b' }, 'taken: false'],
  ['a part that was sent, again, of a complete file', { isComplete: true }, { part: 2, hash: 'b' }, 'taken: false'],
  ['a part that was sent, with something else', {}, { part: 2, hash: 'x' }, 'BULK_PART_REUSED'],
  ['a further part of a complete file', { isComplete: true }, {}, 'BULK_COMPLETE'],
  ['a part too far ahead', {}, { part: 4 }, 'BULK_PART_OUT_OF_ORDER'],
  ['a part before the first', {}, { part: 0 }, 'BULK_PART_OUT_OF_ORDER'],
  ['a part that is written otherwise', {}, { format: 'JSON_LINES' }, 'BULK_FORMAT_CHANGED'],
  ['an empty part', {}, { lineCount: 0 }, 'BULK_LINES_OUT_OF_RANGE'],
  ['the largest part', {}, { lineCount: PART_LINES_MAX }, 'taken: true'],
  ['a part that is too large', {}, { lineCount: PART_LINES_MAX + 1 }, 'BULK_LINES_OUT_OF_RANGE'],
  ['the last lines of the largest file', { lineCount: BULK_LINES_MAX - 100 }, {}, 'taken: true'], // 9,900 + 100 = 10,000
  ['one line more than a file may have', { lineCount: BULK_LINES_MAX - 99 }, {}, 'BULK_LINES_OUT_OF_RANGE'], // 9,901 + 100 = 10,001
])('%s', (_what, before, asked, outcome) => expect(code(takePart({ ...received, ...before }, { ...part, ...asked }))).toBe(outcome));

test('a file is received, placed and done', () => {
  const at = new Date('2026-06-15T12:00:00Z');
  expect([
    statusOf({ isComplete: false, finishedAt: null }),
    statusOf({ isComplete: true, finishedAt: null }),
    statusOf({ isComplete: true, finishedAt: at }),
  ]).toEqual(['RECEIVING', 'PLACING', 'DONE']);
});
