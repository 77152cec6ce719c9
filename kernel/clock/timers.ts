import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Database } from '../db/database';
import type { HandlersBySource } from '../events/handlers';
import type { Log } from '../log';
import type { Instant } from '../time';
import { type Cron, lastDue } from './calendar';
import { type ClockState, readClock } from './clock-row';
import { type DeploymentClock, shownAt } from './deployment-clock';

/**
 * Leaves the jobs in the queue that the calendar wants up to the moment that the clock shows, and lets the queue see time come
 * so far. In one transaction, so that each entry comes once, whoever else of the house does the same.
 */
export async function letTimersGo(database: Database, cron: readonly Cron[]): Promise<void> {
  await database.orm.transaction(async tx => {
    await tx.execute(sql`/* kernel.holdClock */ select 1 from deployment_clock for update`);
    const clock = await readClock(tx);
    const until = shownAt(clock);
    if (until <= clock.timersAt) return;
    for (const entry of cron) {
      const due = lastDue(entry, clock.timersAt, until);
      if (due) await leaveJob(tx, entry.job, due);
    }
    await tx.execute(sql`/* kernel.timersGo */ update deployment_clock set timers_at = ${until.toISOString()}::timestamptz`);
    await tx.execute(sql`/* kernel.wakeQueue */ select pg_notify('jobs:insert', '{"count":8}')`);
  });
}

type Executor = Pick<Database['orm'], 'execute'>;

/** An entry that has not started since it last came due is not left a second time. */
const leaveJob = (tx: Executor, job: string, due: Instant) =>
  tx.execute(sql`/* kernel.leaveCalendarJob */
    select graphile_worker.add_job(${job}, payload := '{}'::json, run_at := ${due.toISOString()}::timestamptz, max_attempts := 25,
      job_key := ${`calendar/${job}`}) is not null`);

/** Where a house stands at a stop of the clock: whether anything is still to be done there, and when the next timer is due. */
export interface Standing {
  readonly house: string;
  /** The movement that its clock has followed. */
  readonly number: number;
  /** Jobs that are due or run, and events that wait for their place in the log. */
  readonly unfinished: number;
  /** The last position of its own log, and of each type in what was said since the last stop. */
  readonly newest: number;
  readonly said: Readonly<Record<string, number>>;
  /** How far it has heard each neighbour. What it does not listen to moves its place only now and then. */
  readonly heard: readonly Heard[];
  readonly nextJobAt: Instant | null;
}

export interface Heard {
  readonly source: string;
  readonly position: number;
  readonly types: readonly string[];
}

export interface StandingOf {
  readonly house: string;
  readonly database: Database;
  readonly clock: ClockState;
  readonly handlers: HandlersBySource;
  /** Up to here everybody had heard its log at the last stop. */
  readonly since: number;
  /** A job that may be running all the while: the one that asks. */
  readonly exceptJob?: string | undefined;
}

interface StandingRow extends Record<string, unknown> {
  readonly unfinished: string;
  readonly newest: string;
  readonly said: Readonly<Record<string, number>> | null;
  readonly heard: Readonly<Record<string, number>> | null;
  readonly next_job_at: string | null;
}

/** Looks once, in one statement: a job that ends while it looks has left its events before. */
export async function standingOf({ house, database, clock, handlers, since, exceptJob = '' }: StandingOf): Promise<Standing> {
  const until = shownAt(clock).toISOString();
  const [row] = await database.orm.execute<StandingRow>(sql`/* kernel.standing */
    with jobs as (
      select run_at, locked_at from graphile_worker._private_jobs as job where (attempts < max_attempts or locked_at is not null)
        and task_id is distinct from (select id from graphile_worker._private_tasks where identifier = ${exceptJob})
    ) select
      (select count(*) from jobs where locked_at is not null or run_at <= ${until}::timestamptz)
        + (select count(*) from event_log where position is null) as unfinished,
      (select coalesce(max(position), 0) from event_log) as newest,
      (select json_object_agg(type, position) from
        (select type, max(position) as position from event_log where position > ${since} group by type) as spoken) as said,
      (select json_object_agg(source, position) from reader_position) as heard,
      (select min(run_at) from jobs where locked_at is null and run_at > ${until}::timestamptz) as next_job_at`);
  const positions = row!.heard ?? {};
  return {
    house,
    number: clock.number,
    unfinished: Number(row!.unfinished),
    newest: Number(row!.newest),
    said: row!.said ?? {},
    heard: Object.entries(handlers).map(([source, byType]) => ({
      source,
      position: Number(positions[source] ?? 0),
      types: Object.keys(byType),
    })),
    nextJobAt: row!.next_job_at === null ? null : new Date(row!.next_job_at),
  };
}

/** True when nothing happens any more until time goes on: no job is due, and what anybody said was heard by all who listen. */
export function isAtRest(standings: readonly Standing[], number: number): boolean {
  const said = new Map(standings.map(standing => [standing.house, standing.said]));
  const hasHeard = ({ source, position, types }: Heard) => types.every(type => position >= (said.get(source)?.[type] ?? 0));
  return standings.every(({ number: followed, unfinished, heard }) => followed >= number && unfinished === 0 && heard.every(hasHeard));
}

const LOOK_EVERY_MS = 1_000;
const MINUTE_MS = 60_000;

/** While the clock runs, the calendar is followed by the minute. While it stands, whoever moves it lets the timers go. */
export function followCalendar(
  { database, cron, clock, log }: { database: Database; cron: readonly Cron[]; clock: DeploymentClock; log: Log },
  signal: AbortSignal,
): Promise<void> {
  return (async () => {
    let followed = 0;
    while (!signal.aborted) {
      const minute = Math.floor(clock.now().getTime() / MINUTE_MS);
      if (clock.state.standsAt === null && minute !== followed) {
        await letTimersGo(database, cron).then(
          () => {
            followed = minute;
          },
          fault => log.warn('the calendar could not be followed', { fault }),
        );
      }
      await pause(LOOK_EVERY_MS, null, { signal }).catch(() => {});
    }
  })();
}
