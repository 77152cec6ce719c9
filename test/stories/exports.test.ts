/** A report taken away through the gateway, in one piece and in several. */
import { parse } from 'csv-parse/sync';
import { openTestPlatform, type TestPlatform } from '../support/platform';
import { eventually, newKey } from '../support/shop';

let platform: TestPlatform;
let analyst: string;

beforeAll(async () => {
  platform = await openTestPlatform();
  analyst = await platform.analyst();
});
afterAll(() => platform?.close());

const MONTH = '2026-06-15';
const STATUS = 'query ($id: ID!) { reportExport(id: $id) { status bytes fileName downloadPath } }';

const askFor = (token: string | null, body: object) =>
  fetch(`${platform.url}/exports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ idempotencyKey: newKey(), format: 'CSV', ...body }),
  });
const download = (token: string, path: string, headers: Record<string, string> = {}) =>
  fetch(`${platform.url}${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } });

async function readyFile(body: object) {
  const asked = await askFor(analyst, body);
  expect(asked.status).toBe(202);
  const { id } = (await asked.json()) as { id: string };
  const status = async () => (await platform.query(analyst, STATUS, { id })).reportExport;
  await eventually(async () => (await status()).status === 'READY');
  return status();
}

test('an analyst takes away what was sold, and the file says what the graph says', async () => {
  const company = await platform.openCompany('Proseware');
  await platform.untilOrder(company.token, await platform.buy(company, { sku: 'premium-self-managed', quantity: 10 }));
  await eventually(async () => (await platform.run(analyst, 'ArrByTier', { month: MONTH })).arr.groups.length > 0);
  const { arr } = await platform.run(analyst, 'ArrByTier', { month: MONTH });
  const { downloadPath, fileName, bytes } = await readyFile({ report: { name: 'ARR', month: MONTH, by: ['TIER', 'DEPLOYMENT'] } });
  expect(fileName).toBe('arr-2026-06-01.csv');

  const whole = await download(analyst, downloadPath);
  expect([whole.status, whole.headers.get('content-length'), whole.headers.get('accept-ranges')]).toEqual([200, `${bytes}`, 'bytes']);
  expect(whole.headers.get('content-disposition')).toBe('attachment; filename="arr-2026-06-01.csv"');
  const text = await whole.text();
  const rows: Record<string, string>[] = parse(text, { columns: true, comment: '#' });
  expect(rows).toEqual(
    arr.groups.map(({ keys, arr, seats, customers }: { keys: string[]; arr: { amount: string }; seats: number; customers: number }) => ({
      tier: keys[0],
      deployment: keys[1],
      arr: arr.amount,
      seats: `${seats}`,
      customers: `${customers}`,
    })),
  );

  const etag = whole.headers.get('etag')!;
  const first = await download(analyst, downloadPath, { range: 'bytes=0-9' });
  const rest = await download(analyst, downloadPath, { range: 'bytes=10-', 'if-range': etag });
  expect([first.status, first.headers.get('content-range')]).toEqual([206, `bytes 0-9/${bytes}`]);
  expect([rest.status, rest.headers.get('content-range')]).toEqual([206, `bytes 10-${bytes - 1}/${bytes}`]);
  expect((await first.text()) + (await rest.text())).toBe(text);
  expect(await (await download(analyst, downloadPath, { range: 'bytes=-5' })).text()).toBe(text.slice(-5));
  expect((await download(analyst, downloadPath, { range: `bytes=${bytes}-` })).status).toBe(416);
  expect((await download(analyst, downloadPath, { range: 'bytes=10-', 'if-range': '"another file"' })).status).toBe(200);
});

test('nobody downloads another’s file, or any without a token', async () => {
  const { downloadPath } = await readyFile({ report: { name: 'AR_AGING', on: MONTH } });
  expect((await download(await platform.finance(), downloadPath)).status).toBe(404);
  expect((await download(await platform.operator(), downloadPath)).status).toBe(404);
  expect((await fetch(`${platform.url}${downloadPath}`)).status).toBe(404);
  expect((await download('no.such.token', downloadPath)).status).toBe(401);
  expect((await fetch(`${platform.url}${downloadPath}?token=${analyst}`)).status).toBe(404);
  expect((await askFor(null, { report: { name: 'AR_AGING', on: MONTH } })).status).toBe(403);
  expect((await askFor(await platform.support(), { report: { name: 'AR_AGING', on: MONTH } })).status).toBe(403);
  const form = await fetch(`${platform.url}/exports`, { method: 'POST', body: '{}', headers: { authorization: `Bearer ${analyst}` } });
  expect(form.status).toBe(415);
});
