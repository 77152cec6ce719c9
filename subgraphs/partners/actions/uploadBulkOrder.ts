import type { Id, PartnerId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { type BulkFormat, type BulkLineState, takePart } from '../domain/bulk-order';
import { externalIdFrom } from '../domain/partner-order';
import type { PartnersEvents } from '../events/published';
import { beginBulkOrder, insertBulkLines, referencesInFile, updateBulkOrder } from '../store/bulk-orders';
import type { BulkLineRow, BulkOrderRow } from '../store/tables';
import { fingerprintOf } from './accept-order';
import { type ReadLine, readBulkPart } from './read-bulk-part';

/** A part of a file of orders, as it was sent. */
export interface UploadBulkOrder {
  readonly partnerId: PartnerId;
  readonly externalId: string;
  readonly format: BulkFormat;
  readonly part: number;
  readonly content: string;
  readonly isLast: boolean;
}

/** A file; one of which a part was taken in this request has the lines of that part with it: after a dry run nothing is stored. */
export interface UploadedBulkOrder extends BulkOrderRow {
  readonly taken?: readonly BulkLineRow[];
}

/**
 * Takes a part of a file, and reads every line of it. Once the last part is here, a job places the orders, so that nothing is
 * placed of a file that never came whole.
 */
export async function uploadBulkOrder(work: Work<PartnersEvents>, asked: UploadBulkOrder): Promise<Result<UploadedBulkOrder>> {
  const { partnerId, format, part, content, isLast } = asked;
  const reference = externalIdFrom(asked.externalId);
  if (!reference.ok) return reference;
  const read = readBulkPart(format, content);
  if (!read.ok) return read;

  const bulkOrder = await beginBulkOrder(work.tx, {
    id: work.newId('bulkImport'),
    partnerId,
    externalId: reference.value,
    format,
    partHashes: [],
    lineCount: 0,
    isComplete: false,
    uploadedBy: work.actor,
    startedAt: work.now,
    finishedAt: null,
  });
  const hash = fingerprintOf({ content, isLast });
  const decision = takePart(bulkOrder, { part, hash, format, lineCount: read.value.length });
  if (!decision.ok) return decision;
  if (!decision.value.isNew) return accept(bulkOrder);

  const lines = await linesFrom(work, bulkOrder, read.value);
  await insertBulkLines(work.tx, lines);
  const saved = await updateBulkOrder(work.tx, bulkOrder.id, {
    partHashes: [...bulkOrder.partHashes, hash],
    lineCount: bulkOrder.lineCount + lines.length,
    isComplete: isLast,
  });
  if (isLast) await enqueuePlacing(work, saved.id, 0);
  return accept({ ...saved, taken: lines });
}

/** Leaves the placing of the lines after this one to a job. */
export const enqueuePlacing = (work: Work<PartnersEvents>, bulkOrderId: Id<'bulkImport'>, after: number): Promise<void> =>
  work.enqueue('placeBulkLines', { bulkOrderId, after }, { key: `bulk ${bulkOrderId} ${after}` });

/** The lines with their numbers. Of several with one reference the first is placed. */
async function linesFrom(work: Work<PartnersEvents>, { id, lineCount }: BulkOrderRow, read: readonly ReadLine[]) {
  const references = new Set(
    await referencesInFile(
      work.tx,
      id,
      read.flatMap(({ externalId }) => externalId ?? []),
    ),
  );
  return read.map((line, index): BulkLineRow => {
    const row = { bulkOrderId: id, line: lineCount + index + 1, externalId: line.externalId, partnerOrderId: null };
    const { fault } = line;
    if (fault) return { ...row, ...REFUSED, code: 'LINE_UNREADABLE', message: fault.message, path: [...fault.path] };
    if (line.externalId !== null && references.has(line.externalId)) {
      const message = 'An earlier line of this file has the same reference.';
      return { ...row, ...REFUSED, code: 'EXTERNAL_ID_REPEATED', message, path: ['externalId'] };
    }
    if (line.externalId !== null) references.add(line.externalId);
    return { ...row, state: 'PENDING', entry: line.entry, code: null, message: null, path: [] };
  });
}

const REFUSED = { state: 'REFUSED', entry: null } as const satisfies { readonly state: BulkLineState; readonly entry: null };
