import { bearer } from '../session';

interface Wanted {
  readonly downloadPath: string;
  readonly bytes: number;
}

const RESUMES_MAX = 5;

/** Fetches a file of a known length. Where the connection breaks, it goes on from the last byte that arrived. */
export async function downloaded(
  { downloadPath, bytes }: Wanted,
  token: string | null,
  onReceived: (bytes: number) => void,
): Promise<Blob> {
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  for (let attempts = 0; received < bytes; attempts += 1) {
    if (attempts > RESUMES_MAX) throw new Error('The download broke off again and again. Try it later: the file is kept.');
    const range = received > 0 ? { range: `bytes=${received}-` } : {};
    const response = await fetch(downloadPath, { headers: { ...bearer(token), ...range } });
    if (!response.ok || !response.body) throw new Error(`The gateway answered ${response.status}.`);
    if (response.status !== PARTIAL_CONTENT) [pieces, received] = [[], 0];
    const reader = response.body.getReader();
    for (let piece = await next(reader); piece; piece = await next(reader)) {
      pieces.push(piece);
      received += piece.length;
      onReceived(received);
    }
  }
  return new Blob(pieces);
}

const PARTIAL_CONTENT = 206;

/** The next piece; null at the end, and where the connection broke, which looks the same from here. */
const next = async (reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer> | null> =>
  reader.read().then(
    ({ value }) => value ?? null,
    () => null,
  );
