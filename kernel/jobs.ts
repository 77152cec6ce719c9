import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { type CronItem, Logger, parseCronItems, type Runner, run, runOnce, type TaskList, type WorkerEvents } from 'graphile-worker';
import { Pool } from 'pg';
import { watchAbandonedJobs } from './abandoned-jobs';
import type { Cron } from './clock/calendar';
import type { Database, Orm } from './db/database';
import type { EventMap } from './events/event';
import type { Log } from './log';
import { type JobEnvelope, runWork, type Timing, type WorkContext } from './run-work';
import type { Telemetry } from './telemetry';
import type { Instant } from './time';
import type { Work } from './work';

/** What a job has at hand. Unlike an action it may call out; what it learned it saves with `write`. */
export interface JobContext<Events extends EventMap = EventMap, Services = unknown> {
  readonly db: Orm;
  readonly now: Instant;
  readonly services: Services;
  readonly signal: AbortSignal;
  readonly correlationId: string;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly attemptsMax: number;
  /** One transaction; a job may run several, and each must be safe to repeat. */
  write<T>(action: (work: Work<Events>) => Promise<T>): Promise<T>;
}

/** A job throws to be tried again, with growing delays; it returns when it is done, or when trying again is useless. */
export type Job<Events extends EventMap = EventMap, Services = unknown> = (
  job: JobContext<Events, Services>,
  payload: unknown,
) => Promise<void>;
export type Jobs<Events extends EventMap = EventMap, Services = unknown> = Readonly<Record<string, Job<Events, Services>>>;

export type { Cron } from './clock/calendar';

export interface JobsOptions {
  readonly house: string;
  readonly databaseUrl: string;
  readonly database: Database;
  readonly jobs: Jobs<never, never>;
  readonly cron: readonly Cron[];
  readonly services: unknown;
  readonly log: Log;
  readonly telemetry: Telemetry;
  readonly surroundings: (job: { readonly id: string; readonly at: string }) => Timing;
  /** True: the queue sees the time of a clock that can be moved, and whoever moves it follows the calendar. */
  readonly hasTestClock?: boolean;
}

export interface JobRunner {
  stop(): Promise<void>;
}

const CONCURRENCY = 8;
const RESTART_MS = 1_000;
/**
 * Jobs that end together leave the queue together, and the queue waits for that before it stops. Without a batch it waits
 * for nobody, and a job that leaves too late is a fault which no one can catch.
 */
const PRESET = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } } as const;

/** Runs jobs until it is stopped; a database that was away is tried again until it is back. */
export function startJobs(options: JobsOptions): JobRunner {
  const pool = poolOf(options, CONCURRENCY + 4);
  const stopped = new AbortController();
  const events: WorkerEvents = new EventEmitter();
  let runner: Runner | null = null;
  let runnerId: string | null = null;
  events.on('pool:create', ({ workerPool }) => {
    runnerId = workerPool.id;
  });

  async function keepRunning(): Promise<void> {
    while (!stopped.signal.aborted) {
      try {
        runner = await run({
          pgPool: pool,
          taskList: tasksOf(options, stopped.signal),
          parsedCronItems: cronOf(options.hasTestClock ? [] : options.cron),
          concurrency: CONCURRENCY,
          // Jobs start by notification; this only finds those whose time has come.
          pollInterval: 1_000,
          noHandleSignals: true,
          logger: quietLogger,
          events,
          preset: PRESET,
        });
        // Asked to stop while it was starting: whoever asked found no runner to stop.
        if (stopped.signal.aborted) await runner.stop();
        await runner.promise;
      } catch (fault) {
        if (stopped.signal.aborted) return;
        options.log.warn('the job queue lost its database', { house: options.house, fault });
      }
      await pause(RESTART_MS, null, { signal: stopped.signal }).catch(() => {});
    }
  }

  const running = keepRunning();
  const watching = watchAbandonedJobs(pool, () => runnerId, options.log, stopped.signal);
  return {
    stop: async () => {
      stopped.abort();
      await runner?.stop().catch(() => {});
      await Promise.all([running, watching]);
      await pool.end();
    },
  };
}

/** Runs a job of the calendar here and now, past the queue: where time is moved within one process. */
export async function runCalendarJob(options: JobsOptions, name: string, due: Instant): Promise<void> {
  const id = `${name}/${due.toISOString()}`;
  const task = taskOf(options, name, options.jobs[name] as unknown as Job, new AbortController().signal);
  await task({}, { job: { id, run_at: due, attempts: 1, max_attempts: 1 } });
}

/** Runs what is due and returns: for tests. */
export async function runDueJobs(options: JobsOptions): Promise<void> {
  const pool = poolOf(options, 4);
  try {
    await runOnce({
      pgPool: pool,
      taskList: tasksOf(options, new AbortController().signal),
      noHandleSignals: true,
      logger: quietLogger,
      preset: PRESET,
    });
  } finally {
    await pool.end();
  }
}

function poolOf(options: JobsOptions, max: number): Pool {
  const pool = new Pool({
    connectionString: options.databaseUrl,
    max,
    application_name: `${options.house} jobs`,
    // The queue's statements find the deployment's `now()` before the catalogue's.
    ...(options.hasTestClock && { options: '-c search_path=deployment,public,pg_catalog' }),
    // A busy machine is waited for; giving up here would end the runner.
    connectionTimeoutMillis: 30_000,
    query_timeout: 10_000,
  });
  // Idle connections of a server that went away; the next query says so to whoever asks it.
  pool.on('error', fault => options.log.warn('the job queue lost a connection', { house: options.house, fault }));
  pool.on('connect', client => client.on('error', () => {}));
  return pool;
}

function tasksOf(options: JobsOptions, signal: AbortSignal): TaskList {
  return Object.fromEntries(
    Object.entries(options.jobs).map(([name, job]) => [name, taskOf(options, name, job as unknown as Job, signal)]),
  );
}

/** As much of a job in the queue as running it needs. */
interface Queued {
  readonly job: { readonly id: string; readonly run_at: Date; readonly attempts: number; readonly max_attempts: number };
}

function taskOf(options: JobsOptions, name: string, job: Job, signal: AbortSignal): (envelope: unknown, queued: Queued) => Promise<void> {
  return async (envelope, { job: row }) => {
    const { correlationId, causationId, at, payload } = envelopeOf(envelope, row.id, row.run_at);
    const surroundings = options.surroundings({ id: `${name}/${causationId}/${JSON.stringify(payload)}`, at });
    const work: WorkContext = { house: options.house, ...surroundings, actor: `house:${options.house}`, correlationId, causationId };
    const context: JobContext = {
      db: options.database.orm,
      now: surroundings.now,
      services: options.services,
      signal,
      correlationId,
      attempt: row.attempts,
      attemptsMax: row.max_attempts,
      write: action => runWork(options.database, work, unit => action(unit as unknown as Work)),
    };
    try {
      await job(context, payload);
      options.telemetry.jobs.inc({ job: name, outcome: 'done' });
    } catch (fault) {
      options.telemetry.jobs.inc({ job: name, outcome: 'failed' });
      options.log.warn('a job failed and will be tried again', {
        house: options.house,
        job: name,
        attempt: row.attempts,
        correlationId,
        fault,
      });
      throw fault;
    }
  };
}

/** Jobs of the calendar have no envelope of ours: they begin a thread of their own. */
function envelopeOf(envelope: unknown, jobId: string, runAt: Date): JobEnvelope {
  if (isEnvelope(envelope)) return envelope;
  return { correlationId: `job:${jobId}`, causationId: `job:${jobId}`, at: runAt.toISOString(), payload: {} };
}

const isEnvelope = (value: unknown): value is JobEnvelope =>
  typeof value === 'object' && value !== null && 'payload' in value && 'correlationId' in value && 'at' in value;

const cronOf = (cron: readonly Cron[]) =>
  parseCronItems(cron.map((item): CronItem => ({ task: item.job, match: item.match, options: { backfillPeriod: 24 * 3600 * 1000 } })));

/** The queue's own chatter is dropped; what concerns us is logged and counted by the tasks. */
const quietLogger = new Logger(() => () => {});
