/** The job queue of a house, on real PostgreSQL: what was enqueued with a transaction runs, whatever dies in between. */
import postgres from 'postgres';
import { type Database, openDatabase } from '../../kernel/db/database';
import { type JobRunner, type Jobs, type JobsOptions, startJobs } from '../../kernel/jobs';
import { silentLog } from '../../kernel/log';
import { newIdAt } from '../../kernel/new-id';
import { refuse } from '../../kernel/result';
import { decide, runWork } from '../../kernel/run-work';
import { createTelemetry } from '../../kernel/telemetry';
import { wallClock } from '../../kernel/time';
import { type FreshDatabase, freshDatabase } from '../support/cluster';
import { eventually } from '../support/shop';

let fresh: FreshDatabase;
let database: Database;
let runner: JobRunner | null = null;
const ran: { readonly payload: unknown; readonly attempt: number; readonly correlationId: string }[] = [];
let failures = 0;

const jobs: Jobs = {
  note: async (job, payload) => {
    if (failures-- > 0) throw new Error('not yet');
    ran.push({ payload, attempt: job.attempt, correlationId: job.correlationId });
  },
};

const timing = () => ({ now: wallClock.now(), newIds: () => newIdAt(wallClock.now()) });
const context = () => ({ ...timing(), house: 'test', actor: 'test', correlationId: 'a thread', causationId: 'test' });

const options = (): JobsOptions => ({
  house: 'test',
  databaseUrl: fresh.url,
  database,
  jobs: jobs as JobsOptions['jobs'],
  cron: [],
  services: undefined,
  log: silentLog,
  telemetry: createTelemetry('test'),
  surroundings: timing,
});

beforeEach(async () => {
  ran.length = 0;
  failures = 0;
  fresh = await freshDatabase('partners');
  database = openDatabase({ url: fresh.url, applicationName: 'test' });
});

afterEach(async () => {
  await runner?.stop();
  runner = null;
  await database.close();
  await fresh.drop();
});

test('a job starts after the commit of the transaction that left it, and keeps its thread', async () => {
  runner = startJobs(options());
  await runWork(database, context(), work => work.enqueue('note', { number: 1 }));
  await eventually(async () => ran.length > 0);
  expect(ran).toEqual([{ payload: { number: 1 }, attempt: 1, correlationId: 'a thread' }]);
});

test('what was refused leaves no job', async () => {
  const refused = await decide(database, context(), false, async work => {
    await work.enqueue('note', { number: 2 });
    return refuse('NO', 'No.');
  });
  expect(refused.ok).toBe(false);
  const sql = postgres(fresh.adminUrl, { max: 1 });
  expect((await sql`select 1 from graphile_worker.jobs`).length).toBe(0);
  await sql.end();
});

test('a job with the same key replaces the one that has not started', async () => {
  const later = new Date(wallClock.now().getTime() + 60_000);
  await runWork(database, context(), work => work.enqueue('note', { number: 3 }, { key: 'once', runAt: later }));
  await runWork(database, context(), work => work.enqueue('note', { number: 4 }, { key: 'once' }));
  runner = startJobs(options());
  await eventually(async () => ran.length > 0);
  expect(ran.map(({ payload }) => payload)).toEqual([{ number: 4 }]);
});

test('a job that fails is tried again', async () => {
  failures = 1;
  await runWork(database, context(), work => work.enqueue('note', { number: 5 }));
  runner = startJobs(options());
  await eventually(async () => ran.length > 0);
  expect(ran).toMatchObject([{ attempt: 2 }]);
});

test('the jobs of a runner that was killed are taken back within seconds', async () => {
  await runWork(database, context(), work => work.enqueue('note', { number: 6 }));
  const sql = postgres(fresh.adminUrl, { max: 1 });
  // As a runner leaves it that was killed in the middle: locked by a name that nobody answers to.
  await sql`update graphile_worker._private_jobs set locked_by = 'pool-of-the-dead', locked_at = now() - interval '5 seconds', attempts = 1`;
  runner = startJobs(options());
  await eventually(async () => ran.length > 0);
  expect(ran).toMatchObject([{ payload: { number: 6 }, attempt: 2 }]);
  await sql.end();
}, 120_000);
