import { Directive, ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graph/connection';
import { enumOf } from '#kernel/graph/enum';
import { Node } from '#kernel/graph/node';
import { DateTime } from '#kernel/graph/scalars';
import type { Id } from '#kernel/ids';
import { always, Publishes, sometimes } from '#kernel/published';
import type { Instant } from '#kernel/time';
import { EXPORT_FORMATS, EXPORT_STATUSES, type ExportFormat, type ExportStatus } from '../domain/report-export';
import { REPORT_PARTS, REPORTS, type ReportName } from '../domain/report-question';
import type { ReportExportRow } from '../store/export-tables';

export const ReportNameEnum = enumOf('ReportName', REPORTS, {
  ARR: 'Annual recurring revenue of a month.',
  MRR_ROLLFORWARD: 'How monthly recurring revenue moved, month by month.',
  ARR_MOVEMENTS: 'How annual recurring revenue moved from the month before, and why.',
  RETENTION: 'Net and gross retention over a year.',
  BOOKINGS: 'What was booked in a fiscal quarter or year.',
  AVAILABLE_TO_RENEW: 'The terms that end in a fiscal quarter, and what became of them.',
  AR_AGING: 'What is owed on a day, by how long it has been due.',
  SEAT_UTILISATION: 'How seats are used on a day.',
  LICENSE_ACTIVATIONS: 'What became of the activation codes of a month.',
  TRIAL_CONVERSION: 'What became of the trials of a month.',
  ORDER_TO_CASH: 'How long orders took.',
});

export const ReportPartEnum = enumOf('ReportPart', REPORT_PARTS, {
  ANSWER: 'The numbers themselves, a line for each group.',
  ROWS: 'The rows that the numbers are counted from. They sum to them.',
});

export const ExportFormatEnum = enumOf('ExportFormat', EXPORT_FORMATS, {
  CSV: 'Comma-separated values, for spreadsheets.',
  JSON_LINES: 'One JSON object a line.',
  PARQUET: 'Parquet, for notebooks and warehouses.',
});

export const ExportStatusEnum = enumOf('ExportStatus', EXPORT_STATUSES, {
  WAITING: 'Nobody has begun to write it.',
  WRITING: 'It is written; `rows` and `bytes` tell how far it is.',
  READY: 'It can be downloaded.',
  FAILED: 'It could not be written. Ask for it anew.',
});

@Publishes<ReportExportRow>()
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: 'A report as a file. Only whoever asked for it can see and download it.',
})
export class ReportExport {
  @always(() => ID, { description: 'Its id.' })
  readonly id!: Id<'reportExport'>;

  @always(() => ReportNameEnum, { description: 'Which report it is.' })
  readonly report!: ReportName;

  @always(() => ExportFormatEnum, { description: 'How it is written.' })
  readonly format!: ExportFormat;

  @always(() => ExportStatusEnum, { description: 'How far it is.' })
  readonly status!: ExportStatus;

  @always(() => DateTime, { description: 'The moment as of which it is counted.' })
  readonly asOf!: Instant;

  @always(() => Int, { description: 'The rows in it; so far, while it is written.' })
  readonly rows!: number;

  @always(() => Int, { description: 'Its length in bytes; so far, while it is written.' })
  readonly bytes!: number;

  @sometimes(() => String, { description: 'The SHA-256 of the whole file, to compare with what was downloaded. Null until it is ready.' })
  readonly sha256!: string | null;

  @always(() => DateTime, { description: 'When it was asked for.' })
  readonly requestedAt!: Instant;

  @sometimes(() => DateTime, { description: 'When it was ready, or given up.' })
  readonly finishedAt!: Instant | null;

  @always(() => DateTime, { description: 'When it is removed.' })
  readonly expiresAt!: Instant;
}

export const ReportExportConnection = connectionType(ReportExport, 'ReportExport');
