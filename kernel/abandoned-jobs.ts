import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { Log } from './log';

const LOOK_EVERY_MS = 2_000;
/** A runner that has just begun may not have shown yet that it is alive. Counted here: the queue's time may stand still. */
const YOUNGEST_MS = 3_000;
const RUNNERS_MAX = 100;

/**
 * Takes jobs back from runners that were killed. The queue itself would wait for hours; here each runner holds an
 * advisory lock named after itself for as long as its connection lives, so a lock that can be had proves that its
 * runner is gone. A job may therefore run twice, and each is made for that.
 */
export function watchAbandonedJobs(pool: Pool, runnerId: () => string | null, log: Log, signal: AbortSignal): Promise<void> {
  return (async () => {
    while (!signal.aborted) {
      const client = await pool.connect().catch(() => null);
      if (client) await watch(client, runnerId, log, signal).finally(() => client.release(true));
      await pause(LOOK_EVERY_MS, null, { signal }).catch(() => {});
    }
  })();
}

async function watch(client: PoolClient, runnerId: () => string | null, log: Log, signal: AbortSignal): Promise<void> {
  let shownId: string | null = null;
  const firstSeen = new Map<string, number>();
  try {
    while (!signal.aborted) {
      const id = runnerId();
      if (id && id !== shownId) {
        // A runner that this process has given up may be taken for gone.
        await client.query('/* kernel.hideRunners */ select pg_advisory_unlock_all()');
        await client.query('/* kernel.showRunner */ select pg_advisory_lock_shared(hashtextextended($1, 0))', [id]);
        shownId = id;
      }
      const taken = await takeBack(client, shownId, firstSeen);
      if (taken > 0) log.info('jobs of a runner that is gone were taken back', { count: taken });
      await pause(LOOK_EVERY_MS, null, { signal }).catch(() => {});
    }
  } catch (fault) {
    // The connection is gone, and our own lock with it; the next connection shows us again.
    if (!signal.aborted) log.warn('abandoned jobs could not be looked for', { fault });
  }
}

async function takeBack(client: PoolClient, ownId: string | null, firstSeen: Map<string, number>): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `/* kernel.runnersWithJobs */ select distinct locked_by as id from graphile_worker._private_jobs
      where locked_by is distinct from $2 and locked_by is not null limit $1`,
    [RUNNERS_MAX, ownId],
  );
  const now = performance.now();
  for (const id of firstSeen.keys()) if (!rows.some(row => row.id === id)) firstSeen.delete(id);
  const gone: string[] = [];
  for (const { id } of rows) {
    const seenAt = firstSeen.get(id) ?? now;
    firstSeen.set(id, seenAt);
    if (now - seenAt < YOUNGEST_MS) continue;
    const { rows: tried } = await client.query<{ free: boolean }>(
      '/* kernel.isRunnerGone */ select pg_try_advisory_lock(hashtextextended($1, 0)) as free',
      [id],
    );
    if (!tried[0]?.free) continue;
    gone.push(id);
    await client.query('/* kernel.runnerSeen */ select pg_advisory_unlock(hashtextextended($1, 0))', [id]);
  }
  if (gone.length > 0) await client.query('/* kernel.takeJobsBack */ select graphile_worker.force_unlock_workers($1)', [gone]);
  return gone.length;
}
