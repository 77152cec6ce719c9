import { idFromUuid, type OrderId } from '../ids';
import { day } from '../time';
import { type ConnectionArgs, connectionOf, connectionOfAll, dayAndIdKey, idKey, momentAndIdKey, textKey } from './connection';

interface Row {
  readonly id: OrderId;
}
const rows: readonly Row[] = Array.from({ length: 45 }, (_, n) => ({ id: idFromUuid('order', n.toString(16).padStart(32, '0')) }));
const limits: number[] = [];
const page = (args: ConnectionArgs) =>
  connectionOf(args, {
    key: idKey('order'),
    cursorOf: (row: Row) => row.id,
    rows: async (limit, after) => {
      limits.push(limit);
      return rows.filter(row => after === null || row.id > after).slice(0, limit);
    },
  });

test('a list read to its end has every row once', async () => {
  const read: Row[] = [];
  let after: string | null = null;
  do {
    const { nodes, pageInfo } = await page({ first: 20, after });
    expect(pageInfo.hasPreviousPage).toBe(after !== null);
    read.push(...nodes);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  expect(read).toEqual(rows);
});

test('a page that ends with the list has no next page', async () => {
  expect((await page({ first: 45 })).pageInfo.hasNextPage).toBe(false);
  expect((await page({ first: 44 })).pageInfo.hasNextPage).toBe(true);
});

test('no more than one row above what is wanted is read', async () => {
  limits.length = 0;
  await page({ first: 100 });
  expect(limits).toEqual([101]);
});

test.each([0, -1, 101, 1_000_000, 2 ** 31, 1.5, Number.NaN])('first: %p is refused', async first => {
  await expect(page({ first })).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
});

const ours = Buffer.from(rows[3]!.id).toString('base64url');
test.each([
  '',
  'garbage',
  `${ours}=`,
  ` ${ours}`,
  ours.slice(1),
  Buffer.from("ord_' or 1=1").toString('base64url'),
  Buffer.from(idFromUuid('invoice', '0'.repeat(32))).toString('base64url'),
  'A'.repeat(10_000),
])('a cursor that is not ours is refused: %p', async after => {
  await expect(page({ first: 1, after })).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
});

test('an empty list has no cursors, and a list that is not counted no total', async () => {
  const empty = await connectionOf({ first: 20 }, { key: idKey('order'), cursorOf: (row: Row) => row.id, rows: async () => [] });
  expect(empty.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null });
  expect(await empty.totalCount()).toBeNull();
});

test('a list in memory is paged the same way', async () => {
  const list = (after?: string | null) =>
    connectionOfAll({ first: 2, after: after ?? null }, ['a', 'b', 'c'], { key: textKey, cursorOf: sku => sku });
  const first = await list();
  expect(first.nodes).toEqual(['a', 'b']);
  expect((await list(first.pageInfo.endCursor)).nodes).toEqual(['c']);
  expect(await first.totalCount()).toBe(3);
});

test('keys of two parts come back as they were', () => {
  const id = rows[7]!.id;
  const byDay = dayAndIdKey('order');
  const byMoment = momentAndIdKey('order');
  expect(byDay.read(byDay.write({ on: day('2026-03-01'), id }))).toEqual({ on: '2026-03-01', id });
  expect(byMoment.read(byMoment.write({ at: new Date(5), id }))).toEqual({ at: new Date(5), id });
  for (const text of ['', '2026-02-30|x', `2026-02-30|${id}`, '2026-03-01|', `|${id}`, `2026-13-01T00:00:00.000Z|${id}`]) {
    expect(byDay.read(text)).toBeNull();
    expect(byMoment.read(text)).toBeNull();
  }
});
