import type { Id } from '#kernel/ids';
import { accept, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { DEFINITIONS } from '../domain/definitions';
import { EXPORTS_UNFINISHED_MAX, type ExportFormat, expiryOf } from '../domain/report-export';
import { type ReportQuestion, settle } from '../domain/report-question';
import type { ReportsEvents } from '../events/published';
import { countUnfinished, insertExport } from '../store/exports';

export interface RequestExport {
  readonly question: ReportQuestion;
  readonly format: ExportFormat;
  /** The login of whoever asks: the file will be theirs, and nobody else's. */
  readonly requestedBy: string;
}

/** A writer that fails this often has met something that trying again does not mend. */
const ATTEMPTS_MAX = 6;

/** Settles what is asked, as it is known now, and leaves the writing to a job. */
export async function requestExport(
  work: Work<ReportsEvents>,
  { question, format, requestedBy }: RequestExport,
): Promise<Result<{ readonly exportId: Id<'reportExport'> }>> {
  const settled = settle(question, work.now);
  if (!settled.ok) return settled;
  if ((await countUnfinished(work.tx, requestedBy)) >= EXPORTS_UNFINISHED_MAX) {
    return refuse('EXPORTS_LIMIT_REACHED', `At most ${EXPORTS_UNFINISHED_MAX} files are made for you at once. Wait for one of them.`, {
      retryable: true,
    });
  }
  const { report, part, metric, days, by, asOf } = settled.value;
  const exportId = work.newId('reportExport');
  await insertExport(work.tx, {
    id: exportId,
    requestedBy,
    report,
    question: { part, startsOn: days.startsOn, endsOn: days.endsOn, by },
    asOf,
    definitionVersion: DEFINITIONS[metric].version,
    format,
    status: 'WAITING',
    rows: 0,
    bytes: 0,
    sha256: null,
    savedReportId: null,
    requestedAt: work.now,
    finishedAt: null,
    expiresAt: expiryOf(work.now),
  });
  await work.enqueue('writeExport', { exportId }, { key: exportId, attemptsMax: ATTEMPTS_MAX });
  return accept({ exportId });
}
