import { createHash } from 'node:crypto';
import type { Database, Queryable, Transaction } from '#kernel/db/database';
import type { Id } from '#kernel/ids';
import type { JobContext } from '#kernel/jobs';
import { day, period } from '#kernel/time';
import type { Columns, Value } from '../domain/columns';
import { DEFINITIONS } from '../domain/definitions';
import { type ExportFormat, provenanceOf } from '../domain/report-export';
import { metricOf, type SettledQuestion } from '../domain/report-question';
import { csvFile, type FileForm, jsonLinesFile } from '../domain/text-file';
import type { ReportsEvents } from '../events/published';
import type { ReportExportRow } from '../store/export-tables';
import { changeExport, exportById, insertPart } from '../store/exports';
import { batchesOf } from '../store/row-set';
import { rowSetOf } from '../store/row-sets';
import { answerTable } from './answer-table';

/** What writing a file needs beside the house's own pool, whose deadlines are for answers that somebody waits for. */
export interface Writing {
  readonly longReads: Database;
  readonly parquetFile: (columns: Columns) => FileForm;
}

/** A piece is kept when it has grown to this; a file of any size takes no more memory than a few of them. */
const PART_BYTES = 1_048_576;

/**
 * Writes a file in one transaction, from rows as they were at one moment: a reader sees all of it or nothing. Killed on the way, it
 * leaves nothing, and the job begins anew.
 */
export async function writeExport(job: JobContext<ReportsEvents, Writing>, exportId: Id<'reportExport'>): Promise<void> {
  const wanted = await exportById(job.db, exportId);
  if (!wanted || wanted.status === 'READY' || wanted.status === 'FAILED') return;
  await changeExport(job.db, exportId, { status: 'WRITING', rows: 0, bytes: 0 });
  try {
    await job.services.longReads.orm.transaction(async tx => {
      const written = await writeParts(tx, job, wanted);
      await changeExport(tx, exportId, { ...written, status: 'READY', finishedAt: job.now });
    });
  } catch (fault) {
    if (job.attempt >= job.attemptsMax) await changeExport(job.db, exportId, { status: 'FAILED', finishedAt: job.now });
    throw fault;
  }
}

/** The question that a file was asked for with. */
export function questionOf({ report, question, asOf }: Pick<ReportExportRow, 'report' | 'question' | 'asOf'>): SettledQuestion {
  const { part, startsOn, endsOn, by } = question;
  return { report, part, metric: metricOf(report), days: period(day(startsOn), day(endsOn)), by, asOf };
}

async function writeParts(tx: Transaction, { db, signal, services }: JobContext<ReportsEvents, Writing>, wanted: ReportExportRow) {
  const question = questionOf(wanted);
  const { columns, batches } = await sourceOf(tx, question);
  const form = formOf(wanted.format, columns, services);
  const parts = new Parts(tx, wanted.id);
  let rows = 0;
  await parts.add(form.begin());
  for await (const batch of batches) {
    // Whoever stops the house need not wait for a long file.
    signal.throwIfAborted();
    rows += batch.length;
    if (await parts.add(form.rows(batch))) await changeExport(db, wanted.id, { rows, bytes: parts.bytes });
  }
  await parts.add(form.end(provenanceOf(question, DEFINITIONS[question.metric], rows)));
  return { rows, ...(await parts.end()) };
}

async function sourceOf(tx: Transaction, question: SettledQuestion): Promise<{ columns: Columns; batches: Batches }> {
  if (question.part === 'ROWS') {
    const set = rowSetOf(question);
    return { columns: set.columns, batches: batchesOf(tx, set) };
  }
  const { columns, rows } = await answerTable(tx, question);
  return { columns, batches: [rows] };
}

type Batch = readonly (readonly Value[])[];
type Batches = AsyncIterable<Batch> | readonly Batch[];

const formOf = (format: ExportFormat, columns: Columns, { parquetFile }: Writing): FileForm =>
  format === 'PARQUET' ? parquetFile(columns) : format === 'CSV' ? csvFile(columns) : jsonLinesFile(columns);

/** Gathers bytes and keeps them in pieces. */
class Parts {
  bytes = 0;
  private readonly hash = createHash('sha256');
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;

  constructor(
    private readonly db: Transaction & Queryable,
    private readonly exportId: Id<'reportExport'>,
  ) {}

  /** True when a piece was kept. */
  async add(content: Uint8Array): Promise<boolean> {
    this.hash.update(content);
    this.waiting.push(content);
    this.waitingBytes += content.length;
    if (this.waitingBytes < PART_BYTES) return false;
    await this.keep();
    return true;
  }

  async end(): Promise<{ readonly bytes: number; readonly sha256: string }> {
    await this.keep();
    return { bytes: this.bytes, sha256: this.hash.digest('hex') };
  }

  private async keep(): Promise<void> {
    if (this.waitingBytes === 0) return;
    await insertPart(this.db, { exportId: this.exportId, firstByte: this.bytes, content: Buffer.concat(this.waiting) });
    this.bytes += this.waitingBytes;
    this.waiting = [];
    this.waitingBytes = 0;
  }
}
