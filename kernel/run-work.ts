import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Database, Transaction } from './db/database';
import { isLostConnection, isTransient } from './db/faults';
import type { EventEnvelope } from './events/event';
import { appendEvents } from './events/log';
import type { NewId } from './ids';
import type { Result } from './result';
import { traced } from './telemetry';
import { addMs, dayOf, type Instant } from './time';
import type { JobOptions, Work } from './work';

/** When a unit of work happens, and the ids it may make. */
export interface Timing {
  readonly now: Instant;
  /** Where a history is told afterwards: the moment on the wall, from which the delays of its jobs count. */
  readonly toldAt?: Instant;
  /** Begins again for each attempt, so that a second attempt makes the same ids as the first. */
  readonly newIds: () => NewId;
}

/** Who works, when, and as a part of what: everything about a unit of work that is not in its request. */
export interface WorkContext extends Timing {
  readonly house: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId: string;
}

/** Rolls back on purpose and carries the answer out of the transaction. */
class Undo<T> extends Error {
  constructor(readonly answer: T) {
    super('rolled back on purpose');
  }
}

const ATTEMPTS_MAX = 6;
const RETRY_BASE_MS = 15;
const RETRY_MS_MAX = 500;
/** A database that was killed is back within seconds; whoever asked is still waiting by then. */
const LOST_MS_MAX = 8_000;

/**
 * Runs one transaction: what it saves, announces and enqueues is kept together or not at all. Collisions and lost
 * connections are tried again, so `body` must be safe to repeat: what it did before was rolled back, or its idempotency
 * key or its inbox entry tells the second attempt.
 */
export async function runWork<T>(database: Database, context: WorkContext, body: (work: Work<never>) => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await traced('transaction', { house: context.house, attempt }, () =>
        database.orm.transaction(tx => inTransaction(tx, context, body)),
      );
      database.kept.units++;
      return answer;
    } catch (fault) {
      if (fault instanceof Undo) return fault.answer;
      const isLost = isLostConnection(fault);
      const isGivenUp = isLost ? performance.now() - startedAt > LOST_MS_MAX : attempt >= ATTEMPTS_MAX;
      if (isGivenUp || !isTransient(fault)) throw fault;
      // Spread out, or those who collided once collide again.
      await pause(Math.min(RETRY_BASE_MS * 2 ** attempt, RETRY_MS_MAX) * (0.5 + Math.random()));
    }
  }
}

/** One of several pieces of work that share a transaction. */
export interface Piece {
  readonly context: WorkContext;
  readonly body: (work: Work<never>) => Promise<void>;
}

/** Runs pieces one after the other in one transaction: all are kept or none. It is not tried again. */
export const runTogether = (database: Database, piecesOf: (tx: Transaction) => Promise<readonly Piece[]>): Promise<void> =>
  traced('transaction', {}, () =>
    database.orm.transaction(async tx => {
      const announced: EventEnvelope[] = [];
      for (const { context, body } of await piecesOf(tx)) await body(unitOf(tx, context, announced));
      await appendEvents(tx, announced);
      database.kept.units++;
    }),
  );

/** As `runWork`, for a decision: a refusal is rolled back and answered; so is everything, when it is only a rehearsal. */
export function decide<T>(
  database: Database,
  context: WorkContext,
  isDryRun: boolean,
  body: (work: Work<never>) => Promise<Result<T>>,
): Promise<Result<T>> {
  return runWork(database, context, async work => {
    const result = await body(work);
    if (!result.ok || isDryRun) throw new Undo(result);
    return result;
  });
}

async function inTransaction<T>(tx: Transaction, context: WorkContext, body: (work: Work<never>) => Promise<T>): Promise<T> {
  const announced: EventEnvelope[] = [];
  const answer = await body(unitOf(tx, context, announced));
  await appendEvents(tx, announced);
  return answer;
}

/** A unit of work in a transaction; what it announces is written down for whoever ends the transaction. */
function unitOf(tx: Transaction, context: WorkContext, announced: EventEnvelope[]): Work<never> {
  const newId = context.newIds();
  const work: Work = {
    tx,
    now: context.now,
    today: dayOf(context.now),
    newId,
    correlationId: context.correlationId,
    actor: context.actor,
    announce: (type, about, data) =>
      void announced.push({
        id: newId('event'),
        source: context.house,
        type,
        subject: about.subject,
        accountId: about.accountId,
        time: context.now.toISOString(),
        correlationId: about.correlationId ?? context.correlationId,
        causationId: about.correlationId ? `request:${about.correlationId}` : context.causationId,
        data,
      }),
    enqueue: (job, payload, options) => enqueue(tx, context, job, payload, options),
  };
  return work as Work<never>;
}

/** What a job carries beside its payload: the thread it belongs to. */
export interface JobEnvelope {
  readonly correlationId: string;
  readonly causationId: string;
  readonly at: string;
  readonly payload: object;
}

const JOB_ATTEMPTS_MAX = 12;

async function enqueue(tx: Transaction, context: WorkContext, job: string, payload: object, options: JobOptions = {}): Promise<void> {
  const at = options.runAt ?? context.now;
  const runAt = context.toldAt ? addMs(context.toldAt, at.getTime() - context.now.getTime()) : at;
  const envelope: JobEnvelope = { correlationId: context.correlationId, causationId: context.causationId, at: at.toISOString(), payload };
  await tx.execute(sql`/* kernel.enqueue */
    select graphile_worker.add_job(${job}, payload := ${JSON.stringify(envelope)}::json, run_at := ${runAt.toISOString()}::timestamptz,
      max_attempts := ${options.attemptsMax ?? JOB_ATTEMPTS_MAX}, job_key := ${options.key ?? null}, queue_name := ${options.line ?? null}) is not null`);
}
