/** What was said at the end of a month stays said, whatever is corrected afterwards. */
import { openScene, type Scene } from './scene';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene(new Date('2026-06-30T23:50:00.000Z'));
});
afterAll(() => scene.house.close());

const SNAPSHOT = `query ($report: ReportName!, $month: Date!) { metricSnapshot(report: $report, month: $month) {
  month asOf takenAt definition { id } definitionVersion columns lines { values } } }`;
const ARR = `query ($asOf: DateTime) { arr(month: "2026-06-01", asOf: $asOf, by: [TIER, DEPLOYMENT, SEGMENT]) { groups { keys arr { amount } seats customers } } }`;
const REPORTS = [
  'ARR',
  'MRR_ROLLFORWARD',
  'ARR_MOVEMENTS',
  'RETENTION',
  'BOOKINGS',
  'AVAILABLE_TO_RENEW',
  'AR_AGING',
  'SEAT_UTILISATION',
  'LICENSE_ACTIVATIONS',
  'TRIAL_CONVERSION',
  'ORDER_TO_CASH',
];

const take = async (at: string) => {
  await scene.house.setClock(new Date(at));
  await scene.house.sql`select graphile_worker.add_job('takeSnapshots', '{}'::json, run_at := '2020-01-01')`;
  await scene.house.runJobs();
};
const snapshotOf = async (report: string) => (await scene.ask(SNAPSHOT, { report, month: '2026-06-15' })).metricSnapshot;
const linesOf = (groups: readonly { keys: string[]; arr: { amount: string }; seats: number; customers: number }[]) =>
  groups.map(({ keys, arr, seats, customers }) => ({ values: [...keys, arr.amount, `${seats}`, `${customers}`] }));

test('a month that has ended is written down; a correction that dates back changes the report, and not what was written', async () => {
  const { accountId } = await scene.account();
  const { tell } = scene.subscription(accountId);
  const sold = scene.charge({ startsOn: '2026-01-01', endsOn: '2027-01-01', quantity: 10 });
  await tell('2026-01-01', [sold]);
  expect(await snapshotOf('ARR')).toBeNull();
  await take('2026-07-01T00:40:00.000Z');

  const taken = await snapshotOf('ARR');
  expect(taken).toMatchObject({
    month: '2026-06-01',
    asOf: '2026-07-01T00:00:00.000Z',
    definition: { id: 'arr' },
    definitionVersion: 1,
    columns: ['tier', 'deployment', 'segment', 'arr', 'seats', 'customers'],
    lines: [{ values: ['PREMIUM', 'SAAS', 'COMMERCIAL', '2280.00', '10', '1'] }], // 10 × $228
  });
  for (const report of REPORTS) expect([report, (await snapshotOf(report))?.columns.length > 0]).toEqual([report, true]);

  // Entered in July: six of the ten were never used, from March on.
  await tell('2026-07-10', [
    { ...sold, endsOn: '2026-03-01' },
    scene.charge({ startsOn: '2026-03-01', endsOn: '2027-01-01', quantity: 4 }),
  ]);
  await take('2026-07-11T00:40:00.000Z');
  expect(await snapshotOf('ARR')).toEqual(taken);
  const asItWas = (await scene.ask(ARR, { asOf: taken.asOf })).arr.groups;
  expect(linesOf(asItWas)).toEqual(taken.lines);
  const asItIs = (await scene.ask(ARR)).arr.groups;
  expect(linesOf(asItIs)).toEqual([{ values: ['PREMIUM', 'SAAS', 'COMMERCIAL', '912.00', '4', '1'] }]); // 4 × $228
});

test('nobody rewrites what was written down', async () => {
  await take('2026-07-12T00:40:00.000Z');
  await expect(scene.house.sql`update metric_snapshots set values = '[]'`).rejects.toThrow();
  await expect(scene.house.sql`delete from metric_snapshots`).rejects.toThrow();
  expect((await snapshotOf('AR_AGING')).lines).toHaveLength(6);
});
