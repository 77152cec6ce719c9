import { accept, refuse } from '#kernel/result';
import type { EndCustomerEntry } from './end-customer';
import type { OrderedLine } from './partner-order';

/** How a file of orders is written: with columns, or with one JSON object on each line. */
export const BULK_FORMATS = ['CSV', 'JSON_LINES'] as const;
export type BulkFormat = (typeof BULK_FORMATS)[number];

/** What became of a line of the file. */
export const BULK_LINE_STATES = ['PENDING', 'ACCEPTED', 'REJECTED', 'REFUSED'] as const;
export type BulkLineState = (typeof BULK_LINE_STATES)[number];

/** How far a file is. */
export const BULK_STATUSES = ['RECEIVING', 'PLACING', 'DONE'] as const;
export type BulkStatus = (typeof BULK_STATUSES)[number];

/** Policy values. */
export const BULK_LINES_MAX = 10_000;
export const PART_LINES_MAX = 5_000;

/** One order of a file: what `placePartnerOrder` takes, with the amount as it was written. */
export interface BulkEntry {
  readonly externalId: string;
  readonly resellerId: string | null;
  readonly endCustomer: EndCustomerEntry;
  readonly lines: readonly OrderedLine[];
  readonly po: { readonly number: string; readonly amount: { readonly amount: string; readonly currency: string } };
  readonly dealRegistrationId: string | null;
  readonly termsAccepted: boolean;
  readonly marketplace: { readonly offerId: string; readonly agreementId: string } | null;
}

interface Received {
  readonly format: BulkFormat;
  readonly partHashes: readonly string[];
  readonly lineCount: number;
  readonly isComplete: boolean;
}

/** A part of a file: its number from 1 on, its fingerprint, and how many orders it holds. */
export interface Part {
  readonly part: number;
  readonly hash: string;
  readonly format: BulkFormat;
  readonly lineCount: number;
}

/**
 * Decides whether a part is taken. Parts come in their order; one that was taken already and is the same changes nothing, so that
 * a part whose answer was lost is simply sent again.
 */
export function takePart({ format, partHashes, lineCount, isComplete }: Received, asked: Part) {
  const at = { path: ['part'] };
  const next = partHashes.length + 1;
  if (Number.isInteger(asked.part) && asked.part >= 1 && asked.part < next) {
    if (partHashes[asked.part - 1] === asked.hash) return accept({ isNew: false });
    return refuse('BULK_PART_REUSED', `Part ${asked.part} was sent already, with something else in it.`, at);
  }
  if (isComplete) return refuse('BULK_COMPLETE', 'This file is complete: please begin another one under a new reference.', at);
  if (asked.part !== next) return refuse('BULK_PART_OUT_OF_ORDER', `Part ${next} comes next.`, at);
  if (asked.format !== format) return refuse('BULK_FORMAT_CHANGED', 'All parts of a file are written alike.', { path: ['format'] });
  if (asked.lineCount < 1 || asked.lineCount > PART_LINES_MAX) {
    return refuse('BULK_LINES_OUT_OF_RANGE', `A part holds 1 to ${PART_LINES_MAX} orders.`, { path: ['content'] });
  }
  if (lineCount + asked.lineCount > BULK_LINES_MAX) {
    return refuse('BULK_LINES_OUT_OF_RANGE', `A file holds at most ${BULK_LINES_MAX} orders.`, { path: ['content'] });
  }
  return accept({ isNew: true });
}

/** How far a file is: it is placed once its last part is there. */
export const statusOf = ({ isComplete, finishedAt }: { readonly isComplete: boolean; readonly finishedAt: Date | null }): BulkStatus =>
  finishedAt ? 'DONE' : isComplete ? 'PLACING' : 'RECEIVING';
