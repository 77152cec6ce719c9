import type { Queryable } from '#kernel/db/database';
import type { JobContext } from '#kernel/jobs';
import { decimalOf } from '#kernel/money';
import type { Instant } from '#kernel/time';
import { columnName, type Value } from '../domain/columns';
import { DEFINITIONS } from '../domain/definitions';
import { lastMonthBefore, questionsAtEndOf } from '../domain/month-end';
import type { ReportsEvents } from '../events/published';
import { insertSnapshot, LINES_MAX, snapshotLines } from '../store/snapshots';
import { answerTable } from './answer-table';
import type { Writing } from './write-export';

/** Writes down what the reports said when the last month ended, where that has not been done. It is never written anew. */
export async function takeSnapshots(job: JobContext<ReportsEvents, Writing>): Promise<void> {
  const month = lastMonthBefore(job.now);
  for (const question of questionsAtEndOf(month)) {
    const { report, metric, asOf } = question;
    if ((await snapshotLines(job.db, report, month)).length > 0) continue;
    const { columns, rows } = await answerTable(job.services.longReads.orm, question);
    const names = Object.keys(columns).map(columnName);
    const lines = [names, ...rows.slice(0, LINES_MAX - 1).map(row => row.map(shown))];
    const common = { report, month, definitionVersion: DEFINITIONS[metric].version, asOf, takenAt: job.now };
    await job.write(work =>
      insertSnapshot(
        work.tx,
        lines.map((values, line) => ({ ...common, line, values })),
      ),
    );
  }
}

/** Whether what the last month before a moment came to is all written down. */
export async function areSnapshotsTaken(db: Queryable, at: Instant): Promise<boolean> {
  const month = lastMonthBefore(at);
  for (const { report } of questionsAtEndOf(month)) {
    if ((await snapshotLines(db, report, month)).length === 0) return false;
  }
  return true;
}

function shown(value: Value): string {
  if (value === null) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? decimalOf(value) : `${value}`;
}
