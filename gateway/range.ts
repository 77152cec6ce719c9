import type { IncomingHttpHeaders } from 'node:http';

/** The first and the last byte that are wanted. */
export type ByteRange = readonly [first: number, last: number];

/**
 * What part of something `length` bytes long a request wants (RFC 9110, §14): null for all of it. More than one range, and one of
 * something that has changed since, are answered with all of it, as the standard allows.
 */
export function rangeOf(headers: IncomingHttpHeaders, length: number, etag: string): ByteRange | 'unsatisfiable' | null {
  const condition = headers['if-range'];
  if (condition !== undefined && condition !== etag) return null;
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.range ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return null;
  if (from === '') return Number(to) > 0 && length > 0 ? [Math.max(length - Number(to), 0), length - 1] : 'unsatisfiable';
  if (to !== '' && Number(to) < Number(from)) return null;
  if (Number(from) >= length) return 'unsatisfiable';
  return [Number(from), to === '' ? length - 1 : Math.min(Number(to), length - 1)];
}
