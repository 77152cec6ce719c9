import { randomUUID } from 'node:crypto';
import { type Batches, gather } from '#kernel/batches';
import type { Surroundings } from '#kernel/house';
import { newIdAt } from '#kernel/new-id';
import type { Result } from '#kernel/result';
import { runWork } from '#kernel/run-work';
import type { Work } from '#kernel/work';
import type { QueuedReport, SyncAnswer } from '../domain/sync';

/** Where reports of instances wait to be taken together: at three in the morning all of them come at once. */
export type SyncQueue = Batches<QueuedReport, Result<SyncAnswer>>;

const BATCH_MAX = 250;
const LANES = 2;
/** About as much as is done in ten seconds: an instance that waited longer would have hung up. */
const WAITING_MAX = 10_000;
const GATHER_MS = 2;

/** Opens the queue in front of what takes reports. */
export const openSyncQueue = (
  { database, clock }: Pick<Surroundings, 'database' | 'clock'>,
  take: (work: Work<never>, batch: readonly QueuedReport[]) => Promise<readonly Result<SyncAnswer>[]>,
): SyncQueue =>
  gather({
    batchMax: BATCH_MAX,
    lanes: LANES,
    waitingMax: WAITING_MAX,
    gatherMs: GATHER_MS,
    elapsedMs: () => performance.now(),
    run: batch => {
      const now = clock.now();
      const thread = `syncs:${randomUUID()}`;
      const context = {
        house: 'licenses',
        now,
        newIds: () => newIdAt(now),
        actor: 'house:licenses',
        correlationId: thread,
        causationId: thread,
      };
      return runWork(database, context, work => take(work, batch));
    },
  });
