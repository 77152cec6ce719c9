import { addMs, type Instant } from '#kernel/time';
import type { Definition, MetricId } from './definitions';
import type { ReportPart, SettledQuestion } from './report-question';

export const EXPORT_FORMATS = ['CSV', 'JSON_LINES', 'PARQUET'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const EXPORT_STATUSES = ['WAITING', 'WRITING', 'READY', 'FAILED'] as const;
export type ExportStatus = (typeof EXPORT_STATUSES)[number];

/** Policy values: how many files one person may have in the making, and for how long a file is kept. */
export const EXPORTS_UNFINISHED_MAX = 5;
export const EXPORT_KEPT_DAYS = 7;

const DAY_MS = 86_400_000;
/** When a file that is asked for now is removed. */
export const expiryOf = (requestedAt: Instant): Instant => addMs(requestedAt, EXPORT_KEPT_DAYS * DAY_MS);

const ENDINGS: Readonly<Record<ExportFormat, string>> = { CSV: 'csv', JSON_LINES: 'jsonl', PARQUET: 'parquet' };
const CONTENT_TYPES: Readonly<Record<ExportFormat, string>> = {
  CSV: 'text/csv; charset=utf-8; header=present',
  JSON_LINES: 'application/x-ndjson; charset=utf-8',
  PARQUET: 'application/vnd.apache.parquet',
};
/** What a file calls itself over HTTP. */
export const contentTypeOf = (format: ExportFormat): string => CONTENT_TYPES[format];

/** A file's name, which tells what is in it: `arr-rows-2026-06-01.csv`. */
export function fileNameOf(format: ExportFormat, metric: MetricId, { part, startsOn }: { part: ReportPart; startsOn: string }): string {
  return `${metric}${part === 'ROWS' ? '-rows' : ''}-${startsOn}.${ENDINGS[format]}`;
}

/** Where a file is downloaded. */
export const downloadPathOf = (exportId: string, format: ExportFormat): string => `/exports/${exportId}.${ENDINGS[format]}`;

/** What a file says about itself: whose numbers these are, and what was asked. */
export type Provenance = readonly (readonly [name: string, value: string])[];

/** Where the numbers of a file come from. */
export function provenanceOf(question: SettledQuestion, definition: Definition, rows: number): Provenance {
  const { report, part, days, by, asOf } = question;
  return [
    ['report', part === 'ROWS' ? `${report} (rows)` : report],
    ['definition', `${definition.id} version ${definition.version}`],
    ['formula', definition.formula],
    ['currency', definition.currencyRule],
    ['as of', asOf.toISOString()],
    ['first day', days.startsOn],
    ['day after the last', days.endsOn],
    ['by', by.length > 0 ? by.join(' ') : 'as a whole'],
    ['rows', `${rows}`],
  ];
}
