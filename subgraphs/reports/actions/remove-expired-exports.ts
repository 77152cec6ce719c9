import type { JobContext } from '#kernel/jobs';
import type { ReportsEvents } from '../events/published';
import { deleteExport, expiredExports } from '../store/exports';

/** Removed one by one, so that a long file keeps nobody waiting. */
const REMOVED_AT_ONCE = 100;

/** Removes the files whose time is over. */
export async function removeExpiredExports(job: JobContext<ReportsEvents>): Promise<void> {
  for (;;) {
    const expired = await expiredExports(job.db, job.now, REMOVED_AT_ONCE);
    for (const { id } of expired) await job.write(work => deleteExport(work.tx, id));
    if (expired.length < REMOVED_AT_ONCE) return;
  }
}
