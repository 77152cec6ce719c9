import { z } from 'zod';
import { hasRole } from '#kernel/auth/viewer';
import type { Route } from '#kernel/house';
import { type HttpResponse, json } from '#kernel/serve';
import { type PlainDate, plainDateFrom } from '#kernel/time';
import { requestExport } from '../actions/request-export';
import type { Writing } from '../actions/write-export';
import { contentTypeOf, EXPORT_FORMATS, fileNameOf } from '../domain/report-export';
import { MOVING_PERIODS, metricOf, REPORT_PARTS, REPORTS, type ReportQuestion } from '../domain/report-question';
import type { ReportsEvents } from '../events/published';
import { partWith } from '../store/exports';
import type { ReportsContext } from './context';
import { ownExport } from './report-export.resolver';

type ExportRoute = Route<ReportsEvents, Writing>;

const date = z.string().transform((text, check): PlainDate => {
  const on = plainDateFrom(text);
  if (on) return on;
  check.addIssue({ code: 'custom', message: 'A day is written 2026-06-15.' });
  return z.NEVER;
});
const question = z.strictObject({
  name: z.enum(REPORTS),
  part: z.enum(REPORT_PARTS).default('ANSWER'),
  period: z.enum(MOVING_PERIODS).nullish(),
  month: date.nullish(),
  from: date.nullish(),
  to: date.nullish(),
  on: date.nullish(),
  fiscalQuarter: z.string().max(20).nullish(),
  fiscalYear: z.int().nullish(),
  by: z.array(z.string().max(40)).max(10).default([]),
  asOf: z.iso.datetime({ offset: true }).nullish(),
});
const body = z.strictObject({ idempotencyKey: z.string(), format: z.enum(EXPORT_FORMATS), report: question });

/**
 * Asks for a file of a report. It is no mutation of the graph: it changes nothing that anybody else can see, so that analysts, who may
 * change nothing, can take their numbers away.
 */
const askForExport: ExportRoute = {
  method: 'POST',
  path: '/exports',
  handle: async (request, ctx) => {
    if (!mayExport(ctx)) return forbidden;
    const read = body.safeParse(parsed(request.body));
    if (!read.success) {
      const [issue] = read.error.issues;
      return refused(400, 'INPUT_INVALID', issue?.message ?? 'The request cannot be read.', (issue?.path ?? []).map(String));
    }
    const { idempotencyKey, format, report } = read.data;
    const wanted = { question: questionFrom(report), format, requestedBy: ctx.viewer.subject };
    const result = await ctx.write({ operation: 'requestExport', key: idempotencyKey, request: read.data }, work =>
      requestExport(work, wanted),
    );
    if (result.ok) return json(202, { id: result.value.exportId, correlationId: ctx.correlationId });
    const { code, message, path = [] } = result.refusal;
    return refused(STATUS_BY_CODE[code] ?? 400, code, message, path);
  },
};

const STATUS_BY_CODE: Readonly<Record<string, number>> = { CONFLICT: 409, IDEMPOTENCY_KEY_REUSED: 409, EXPORTS_LIMIT_REACHED: 429 };

const questionFrom = ({ name, asOf, ...given }: z.infer<typeof question>): ReportQuestion => ({
  report: name,
  part: given.part,
  by: given.by,
  period: given.period ?? null,
  month: given.month ?? null,
  from: given.from ?? null,
  to: given.to ?? null,
  on: given.on ?? null,
  fiscalQuarter: given.fiscalQuarter ?? null,
  fiscalYear: given.fiscalYear ?? null,
  asOf: asOf ? new Date(asOf) : null,
});

/** A piece of a file, from a byte on; `x-file-bytes` tells how long the whole is. The gateway asks for one after the other. */
const pieceOfExport: ExportRoute = {
  method: 'GET',
  path: '/exports/piece',
  handle: async ({ query }, ctx) => {
    const found = mayExport(ctx) ? await ownExport(ctx, query.get('id') ?? '') : null;
    const from = Number(query.get('from') ?? Number.NaN);
    if (found?.status !== 'READY' || !Number.isSafeInteger(from) || from < 0) return notFound;
    const part = from < found.bytes ? await partWith(ctx.db, found.id, from) : null;
    const piece = part ? Buffer.from(part.content).subarray(from - part.firstByte) : Buffer.alloc(0);
    return {
      status: 200,
      headers: {
        'content-type': contentTypeOf(found.format),
        'content-disposition': `attachment; filename="${fileNameOf(found.format, metricOf(found.report), found.question)}"`,
        etag: `"${found.sha256}"`,
        'x-file-bytes': `${found.bytes}`,
      },
      body: piece,
    };
  },
};

export const exportRoutes: readonly ExportRoute[] = [askForExport, pieceOfExport];

const mayExport = ({ viewer }: Pick<ReportsContext, 'viewer'>): boolean => hasRole(viewer, 'FINANCE', 'ANALYST');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const refused = (status: number, code: string, message: string, path: readonly string[] = []): HttpResponse =>
  json(status, { errors: [{ message, extensions: { code, path } }] });
const forbidden = refused(403, 'FORBIDDEN', 'Reports are for finance and analysts.');
const notFound = refused(404, 'NOT_FOUND', 'There is no such file, or not yet, or it is not yours.');
