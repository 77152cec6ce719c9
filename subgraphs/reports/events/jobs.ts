import { z } from 'zod';
import { type Id, isId } from '#kernel/ids';
import type { Cron, Jobs } from '#kernel/jobs';
import { removeExpiredExports } from '../actions/remove-expired-exports';
import { areSnapshotsTaken, takeSnapshots } from '../actions/take-snapshots';
import { type Writing, writeExport } from '../actions/write-export';
import { expiredExports } from '../store/exports';
import type { ReportsEvents } from './published';

const exportPayload = z.object({
  exportId: z.custom<Id<'reportExport'>>(value => typeof value === 'string' && isId('reportExport', value)),
});

/** What reports do outside of a request. */
export const jobs: Jobs<ReportsEvents, Writing> = {
  writeExport: (job, payload) => writeExport(job, exportPayload.parse(payload).exportId),
  removeExpiredExports: job => removeExpiredExports(job),
  takeSnapshots: job => takeSnapshots(job),
};

/** Snapshots are looked after every day, so that one that was missed on the first of a month is taken on the second. */
export const cron: readonly Cron[] = [
  {
    job: 'removeExpiredExports',
    match: '20 3 * * *',
    isIdleUntil: async (db, until) => (await expiredExports(db, until, 1)).length === 0,
  },
  { job: 'takeSnapshots', match: '40 0 * * *', isIdleUntil: areSnapshotsTaken },
];
