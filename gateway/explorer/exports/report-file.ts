import { saveFile } from '../save-file';
import { bearer, type GraphqlAnswer } from '../session';
import type { Session } from '../session-context';
import { downloaded } from './download';
import type { ReportQuestion } from './report-question';

export const FORMATS = { CSV: 'CSV', JSON_LINES: 'JSON Lines', PARQUET: 'Parquet' } as const;
export type Format = keyof typeof FORMATS;
export type Part = 'ANSWER' | 'ROWS';

/** How far a file is, from being asked for to lying in the reader's downloads. */
export interface Progress {
  readonly state: 'asked' | 'writing' | 'downloading' | 'saved' | 'failed';
  readonly rows: number;
  readonly bytes: number;
  /** The bytes that have arrived here. */
  readonly received: number;
  readonly fileName: string;
  readonly problem?: string;
}

const BEGINNING: Progress = { state: 'asked', rows: 0, bytes: 0, received: 0, fileName: '' };
const PAUSE_MS = 500;
const POLLS_MAX = 3_600;

interface Wanted {
  readonly question: ReportQuestion;
  readonly part: Part;
  readonly format: Format;
}

/** Asks for a file, waits until it is written, and downloads it; a download that breaks goes on where it stopped. */
export async function takeAway({ question, part, format }: Wanted, session: Session, tell: (progress: Progress) => void): Promise<void> {
  let progress = BEGINNING;
  const now = (next: Partial<Progress>) => {
    progress = { ...progress, ...next };
    tell(progress);
  };
  try {
    now({});
    const id = await requested({ idempotencyKey: crypto.randomUUID(), format, report: { ...question, part } }, session);
    const file = await written(id, session, now);
    now({ state: 'downloading', ...file });
    const blob = await downloaded(file, await session.token(), received => now({ received }));
    saveFile(file.fileName, blob);
    now({ state: 'saved', received: file.bytes });
  } catch (fault) {
    now({ state: 'failed', problem: fault instanceof Error ? fault.message : 'It could not be made.' });
  }
}

async function requested(body: object, session: Session): Promise<string> {
  const headers = { 'content-type': 'application/json', ...bearer(await session.token()) };
  const response = await fetch('/exports', { method: 'POST', headers, body: JSON.stringify(body) });
  const answer: { readonly id?: string; readonly errors?: GraphqlAnswer['errors'] } = await response.json();
  if (!answer.id) throw new Error(answer.errors?.[0]?.message ?? `The gateway answered ${response.status}.`);
  return answer.id;
}

interface WrittenFile {
  readonly fileName: string;
  readonly downloadPath: string;
  readonly bytes: number;
  readonly rows: number;
}

const HOW_FAR = 'query HowFar($id: ID!) { reportExport(id: $id) { status rows bytes fileName downloadPath } }';

async function written(id: string, session: Session, now: (next: Partial<Progress>) => void): Promise<WrittenFile> {
  for (let polls = 0; polls < POLLS_MAX; polls += 1) {
    const { data, errors } = await session.ask({ query: HOW_FAR, variables: { id } });
    const file = exportIn(data);
    if (!file) throw new Error(errors?.[0]?.message ?? 'The file is not there any more.');
    const { status, downloadPath, ...far } = file;
    if (status === 'FAILED') throw new Error('It could not be written. Ask for it anew.');
    if (status === 'READY' && downloadPath) return { ...far, downloadPath };
    now({ state: 'writing', ...far });
    await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error('It takes very long. It will be among your files when it is ready: ask `reportExports`.');
}

type ExportState = Omit<WrittenFile, 'downloadPath'> & { readonly status: string; readonly downloadPath: string | null };

const exportIn = (data: unknown): ExportState | null =>
  typeof data === 'object' && data !== null && 'reportExport' in data && isExport(data.reportExport) ? data.reportExport : null;

const isExport = (value: unknown): value is ExportState => typeof value === 'object' && value !== null && 'status' in value;
