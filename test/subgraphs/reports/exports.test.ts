/** Reports as files: what is in them, whose they are, and how they survive. */
import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { analyst, buyerOf, finance } from '../../support/viewers';
import { askForFile, fetchFile, fileOf } from './files';
import { openScene, type Scene } from './scene';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.house.close());

const YEAR = { startsOn: '2026-01-01', endsOn: '2027-01-01' };
const rowsOf = (csv: Buffer): readonly Record<string, string>[] => parse(csv, { columns: true, comment: '#', bom: true });
const STATUS = `query ($id: ID!) { reportExport(id: $id) { report part format status rows bytes sha256 fileName downloadPath by startsOn definition { id version } } }`;

async function sell(quantity: number, charge: object = {}, change: object = {}) {
  const { accountId } = await scene.account();
  await scene.subscription(accountId).tell('2026-01-01', [scene.charge({ ...YEAR, quantity, ...charge })], change);
}

test('a spreadsheet reads the numbers as the graph answers them, and where they come from', async () => {
  await sell(10);
  await sell(4, { sku: 'ultimate-saas' }, { plan: { sku: 'ultimate-saas', name: 'Ultimate', tier: 'ULTIMATE', deployment: 'SAAS' } });
  const csv = await fileOf(scene, { format: 'CSV', report: { name: 'ARR', month: '2026-06-15', by: ['TIER', 'DEPLOYMENT'] } });
  expect(rowsOf(csv)).toEqual([
    { tier: 'PREMIUM', deployment: 'SAAS', arr: '2280.00', seats: '10', customers: '1' }, // 10 × $228
    { tier: 'ULTIMATE', deployment: 'SAAS', arr: '912.00', seats: '4', customers: '1' }, // 4 × $228
  ]);
  const { arr } = await scene.ask('query { arr(month: "2026-06-15", by: [TIER, DEPLOYMENT]) { groups { keys arr { amount } } } }');
  expect(rowsOf(csv).map(({ tier, deployment, arr }) => ({ keys: [tier, deployment], arr: { amount: arr } }))).toEqual(arr.groups);
  const footer = csv
    .toString()
    .split('\r\n')
    .filter(line => line.startsWith('# '));
  expect(footer).toEqual(
    expect.arrayContaining([
      '# report: ARR',
      '# definition: arr version 1',
      '# first day: 2026-06-01',
      '# by: TIER DEPLOYMENT',
      '# rows: 2',
    ]),
  );
  expect(footer.find(line => line.startsWith('# as of: '))).toBe('# as of: 2027-06-15T12:00:00.000Z');
});

test('rows that are taken away sum to the number, in each format', async () => {
  for (const quantity of [3, 14, 15]) await sell(quantity);
  const report = { name: 'ARR', part: 'ROWS', month: '2026-06-15' };
  const csv = rowsOf(await fileOf(scene, { format: 'CSV', report }));
  expect(csv.map(({ quantity, arr }) => [quantity, arr]).toSorted()).toEqual([
    ['14', '3192.00'], // 14 × $228
    ['15', '3420.00'], // 15 × $228
    ['3', '684.00'], // 3 × $228
  ]);
  const lines = (await fileOf(scene, { format: 'JSON_LINES', report })).toString().trimEnd().split('\n');
  const objects = lines.map(line => JSON.parse(line));
  expect(objects.at(-1).provenance).toMatchObject({ report: 'ARR (rows)', rows: '3' });
  expect(objects.slice(0, -1)).toEqual(csv.map(row => ({ ...row, quantity: Number(row['quantity']) })));

  const parquet = await fileOf(scene, { format: 'PARQUET', report });
  const file = parquet.buffer.slice(parquet.byteOffset, parquet.byteOffset + parquet.length) as ArrayBuffer;
  const metadata = parquetMetadata(file);
  expect(Object.fromEntries((metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value]))).toMatchObject({
    definition: 'arr version 1',
    rows: '3',
  });
  expect(metadata.schema.find(({ name }) => name === 'arr')).toMatchObject({ type: 'INT64', converted_type: 'DECIMAL', scale: 2 });
  const read = await parquetReadObjects({ file });
  expect(read.map(row => [row['id'], row['arr'], row['starts_on'].toISOString().slice(0, 10)])).toEqual(
    csv.map(row => [row['id'], Number(row['arr']), row['starts_on']]),
  );
});

test('a text that a spreadsheet would compute is shown instead, and an amount below zero stays a number', async () => {
  const names = ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '# comment', 'a "b", c'];
  for (const name of names) await sell(1, {}, { name });
  const rows = rowsOf(await fileOf(scene, { format: 'CSV', report: { name: 'ARR', part: 'ROWS', month: '2026-06-15' } }));
  const shown = rows.map(row => row['subscription_name']);
  expect(shown.toSorted()).toEqual(
    ['\'=HYPERLINK("http://x")', "'+1", "'-1", "'@SUM(A1)", "'\tx", "'\rx", '# comment', 'a "b", c'].toSorted(),
  );
  const moved = await fileOf(scene, { format: 'CSV', report: { name: 'ARR_MOVEMENTS', part: 'ROWS', month: '2027-01-15' } });
  expect(rowsOf(moved)[0]).toMatchObject({ movement: 'CHURN', opening: '228.00', closing: '0.00', seats: '0.00' });
});

test('every report can be taken away, its numbers and its rows', async () => {
  await sell(10);
  const spans = {
    ARR: { month: '2026-06-15', by: ['SEGMENT'] },
    MRR_ROLLFORWARD: { from: '2026-01-15', to: '2026-03-15' },
    ARR_MOVEMENTS: { month: '2026-01-15' },
    RETENTION: { month: '2027-01-15' },
    BOOKINGS: { fiscalYear: 2027, by: ['CHANNEL', 'PARTNER'] },
    AVAILABLE_TO_RENEW: { fiscalQuarter: 'FY2027-Q4' },
    AR_AGING: { on: '2026-06-15' },
    SEAT_UTILISATION: { period: 'RUNNING', by: ['SEGMENT'] },
    LICENSE_ACTIVATIONS: { period: 'LAST' },
    TRIAL_CONVERSION: { month: '2026-06-15' },
    ORDER_TO_CASH: { from: '2026-06-01', to: '2026-06-30', by: ['CHANNEL'] },
  };
  const wanted = Object.entries(spans).flatMap(([name, span]) => [
    { ...span, name },
    { ...span, name, part: 'ROWS', by: [] },
  ]);
  for (const report of wanted) {
    const { answer } = await askForFile(scene, { format: 'CSV', report });
    await scene.house.runJobs();
    const { reportExport } = await scene.ask(STATUS, { id: answer.id });
    expect([report, reportExport.status, reportExport.rows]).toEqual([report, 'READY', expect.any(Number)]);
    const content = await fetchFile(scene, answer.id);
    expect(reportExport.sha256).toBe(createHash('sha256').update(content!).digest('hex'));
    expect(reportExport.bytes).toBe(content!.length);
  }
});

test('what a report cannot be asked with is refused, with what it takes', async () => {
  const refusals = [
    [{ name: 'ARR' }, ['report', 'month'], 'This report is asked with `month`, a day of the month, or a `period`.'],
    [{ name: 'ARR', month: '2026-06-15', on: '2026-06-15' }, ['report', 'on'], 'This report does not take this'],
    [{ name: 'ARR', month: '2026-06-15', by: ['PARTNER'] }, ['report', 'by'], 'and not by PARTNER'],
    [{ name: 'AR_AGING', on: '2026-06-15', asOf: '2026-06-15T00:00:00Z' }, ['report', 'asOf'], 'leave `asOf` out'],
    [{ name: 'BOOKINGS', fiscalYear: 1999 }, ['report', 'fiscalQuarter'], 'FY2027-Q1'],
    [{ name: 'MRR_ROLLFORWARD', from: '2020-01-01', to: '2026-01-01' }, ['report', 'from'], 'at most 36 months apart'],
    [{ name: 'ARR', month: '2026-02-30' }, ['report', 'month'], 'A day is written'],
    [{ name: 'SALARIES' }, ['report', 'name'], 'Invalid option'],
  ] as const;
  for (const [report, path, message] of refusals) {
    const { status, answer } = await askForFile(scene, { format: 'CSV', report });
    expect([status, answer.errors[0].extensions]).toEqual([400, { code: 'INPUT_INVALID', path }]);
    expect(answer.errors[0].message).toContain(message);
  }
});

test('a file is its owner’s alone, asked for once for each key, and five at a time', async () => {
  const asked = { format: 'CSV', report: { name: 'ARR', month: '2026-06-15' }, idempotencyKey: 'one' } as const;
  const { answer } = await askForFile(scene, asked, analyst);
  expect((await askForFile(scene, asked, analyst)).answer).toMatchObject({ id: answer.id });
  expect((await askForFile(scene, { ...asked, format: 'PARQUET' }, analyst)).answer.errors[0].extensions.code).toBe(
    'IDEMPOTENCY_KEY_REUSED',
  );
  expect(await fetchFile(scene, answer.id, analyst)).toBeNull();
  await scene.house.runJobs();
  expect(await fetchFile(scene, answer.id, analyst)).not.toBeNull();

  expect(await fetchFile(scene, answer.id, finance)).toBeNull();
  expect((await scene.ask(STATUS, { id: answer.id })).reportExport).toBeNull();
  expect((await scene.house.run(analyst, '{ reportExports { nodes { id } } }')).data.reportExports.nodes).toEqual([{ id: answer.id }]);
  expect((await scene.ask('{ reportExports { nodes { id } } }')).reportExports.nodes).toEqual([]);
  expect((await askForFile(scene, asked, buyerOf())).status).toBe(403);

  for (let file = 0; file < 5; file++) expect((await askForFile(scene, { ...asked, idempotencyKey: `${file}` })).status).toBe(202);
  const { status, answer: sixth } = await askForFile(scene, { ...asked, idempotencyKey: 'sixth' });
  expect([status, sixth.errors[0].extensions.code]).toEqual([429, 'EXPORTS_LIMIT_REACHED']);
});

test('a file tells of the moment at which it was asked for, and is gone after a week', async () => {
  await sell(10);
  const { answer } = await askForFile(scene, { format: 'CSV', report: { name: 'ARR', month: '2026-06-15' } });
  // Told after the question, of a moment after it.
  scene.house.setClock(new Date('2027-06-16T12:00:00.000Z'));
  const { accountId } = await scene.account();
  await scene.subscription(accountId).tell('2027-06-16', [scene.charge(YEAR)]);
  await scene.house.runJobs();
  expect(rowsOf((await fetchFile(scene, answer.id))!)).toEqual([{ arr: '2280.00', seats: '10', customers: '1' }]);
  expect(await scene.house.sql`select count(*)::int as count from report_export_parts`).toEqual([{ count: 1 }]);

  scene.house.setClock(new Date('2027-06-22T12:00:01.000Z'));
  await scene.house.sql`select graphile_worker.add_job('removeExpiredExports', '{}'::json, run_at := '2020-01-01')`;
  await scene.house.runJobs();
  expect(await fetchFile(scene, answer.id)).toBeNull();
  expect(await scene.house.sql`select count(*)::int as count from report_export_parts`).toEqual([{ count: 0 }]);
});
