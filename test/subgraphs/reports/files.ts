/** Files of reports, asked for and fetched as the gateway does. */
import { randomUUID } from 'node:crypto';
import { hopHeader, signHop } from '../../../kernel/auth/hop-token';
import type { Viewer } from '../../../kernel/auth/viewer';
import { wallClock } from '../../../kernel/time';
import { HOP_SECRET } from '../../support/house';
import { finance } from '../../support/viewers';
import type { Scene } from './scene';

export interface AskedFile {
  readonly format: 'CSV' | 'JSON_LINES' | 'PARQUET';
  readonly report: object;
  readonly idempotencyKey?: string;
}

const headersFor = (viewer: Viewer, body: string) => ({
  'content-type': 'application/json',
  authorization: hopHeader(signHop(HOP_SECRET, { audience: 'reports', body, viewer, correlationId: 'a test', now: wallClock.now() })),
});

/** Asks for a file. */
export async function askForFile({ house }: Scene, asked: AskedFile, viewer: Viewer = finance) {
  const body = JSON.stringify({ idempotencyKey: randomUUID(), ...asked });
  const response = await fetch(`${house.url}/exports`, { method: 'POST', body, headers: headersFor(viewer, body) });
  return { status: response.status, answer: await response.json() };
}

/** One piece of a file after the other, from a byte on, until its end. */
export async function fetchFile({ house }: Scene, id: string, viewer: Viewer = finance, from = 0): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  for (let next = from; ; ) {
    const target = `/exports/piece?id=${id}&from=${next}`;
    const response = await fetch(`${house.url}${target}`, { headers: headersFor(viewer, target) });
    if (response.status !== 200) return null;
    const piece = Buffer.from(await response.arrayBuffer());
    pieces.push(piece);
    next += piece.length;
    if (piece.length === 0 || next >= Number(response.headers.get('x-file-bytes'))) return Buffer.concat(pieces);
  }
}

/** Asks for a file, lets it be written, and fetches it. */
export async function fileOf(scene: Scene, asked: AskedFile): Promise<Buffer> {
  const { answer } = await askForFile(scene, asked);
  await scene.house.runJobs();
  const content = await fetchFile(scene, answer.id);
  if (!content) throw new Error(`The file was not made: ${JSON.stringify(answer)}`);
  return content;
}
