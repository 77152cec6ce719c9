/** A house's copy of the deployment's clock: it outlives the process, and everything of the house follows it. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { keepClock, shiftTo } from '../../kernel/clock/clock-row';
import { openDeploymentClock } from '../../kernel/clock/deployment-clock';
import { letTimersGo } from '../../kernel/clock/timers';
import { type Database, openDatabase } from '../../kernel/db/database';
import { wallClock } from '../../kernel/time';
import { type FreshDatabase, freshDatabase } from '../support/cluster';
import { eventually } from '../support/shop';

let fresh: FreshDatabase;
let database: Database;
beforeEach(async () => {
  fresh = await freshDatabase('partners');
  database = openDatabase({ url: fresh.url, applicationName: 'test' });
});
afterEach(async () => {
  await database.close();
  await fresh.drop();
});

const midnight = '2031-03-01T00:00:00.000Z';
const stop = (number: number, at: string) => ({ number, standsAt: at, shiftMs: shiftTo(new Date(at)) });
const keep = (moved: ReturnType<typeof stop>) => database.orm.transaction(tx => keepClock(tx, moved));

test('until it is moved it shows the time of the machine', async () => {
  const clock = await openDeploymentClock(database);
  expect(Math.abs(clock.now().getTime() - wallClock.now().getTime())).toBeLessThan(5_000);
});

test('a movement is followed, stands still, and is there again after a restart', async () => {
  const clock = await openDeploymentClock(database);
  await keep(stop(1, midnight));
  await eventually(async () => clock.now().toISOString() === midnight);
  await pause(20);
  expect(clock.now().toISOString()).toBe(midnight);
  const reopened = openDatabase({ url: fresh.url, applicationName: 'test' });
  expect((await openDeploymentClock(reopened)).now().toISOString()).toBe(midnight);
  await reopened.close();
});

test('a movement that is heard late or twice changes nothing', async () => {
  const clock = await openDeploymentClock(database);
  await keep(stop(2, '2031-03-02T00:00:00.000Z'));
  await keep(stop(1, midnight));
  await keep(stop(2, midnight));
  expect((await clock.refresh()).standsAt).toEqual(new Date('2031-03-02T00:00:00.000Z'));
});

test('the calendar leaves each entry once, and the queue sees time come only when timers go', async () => {
  await openDeploymentClock(database);
  await keep(stop(1, '2031-02-28T12:00:00.000Z'));
  await letTimersGo(database, []);
  const queueTime = async () => {
    const [row] = await database.orm.execute<{ now: string }>(sql`select deployment.now()::text as now`);
    return new Date(row!.now).toISOString();
  };
  await keep(stop(2, midnight));
  expect(await queueTime()).toBe('2031-02-28T12:00:00.000Z');
  const daily = [{ job: 'look', match: '0 0 * * *', isIdleUntil: async () => false }];
  await letTimersGo(database, daily);
  await letTimersGo(database, daily);
  expect(await queueTime()).toBe(midnight);
  const left = await database.orm.execute<{ run_at: string; key: string }>(sql`select run_at::text, key from graphile_worker.jobs`);
  expect(left.map(job => [new Date(job.run_at).toISOString(), job.key])).toEqual([[midnight, 'calendar/look']]);
});
