import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { type HttpRequest, type HttpResponse, json, type Served, serve } from '#kernel/serve';

/** How the service behaves until it is told otherwise. */
export const MOODS = ['up', 'slow', 'fails', 'hangs', 'forgets'] as const;
export type Mood = (typeof MOODS)[number];

/** What one key has, with every revision that was carried out, once each. */
export interface Held {
  readonly revision: number;
  readonly content: Readonly<Record<string, unknown>>;
  readonly carriedOut: readonly number[];
}

export interface DevelopmentProduct {
  readonly url: string;
  /** What it holds, for those who look behind the scenes. */
  held(collection: string, key: string): Held | null;
  /** How it behaves from now on: also `POST /mood`. */
  behave(mood: Mood): void;
  /** Loses what it holds under a key, as if an older backup had been restored. */
  forget(collection: string, key: string): Promise<void>;
  close(): Promise<void>;
}

const BODY_MAX = 100_000;
const KEYS_MAX = 500;
const SLOW_MS = 1_000;
const HANG_MS = 120_000;
const ORDER = z.object({ revision: z.number().int().positive(), content: z.record(z.string(), z.unknown()) });
const LOOK = z.object({ keys: z.array(z.string()).max(KEYS_MAX) });
const MOOD = z.object({ mood: z.enum(MOODS) });
const HELD = z.object({ revision: z.number().int(), content: z.record(z.string(), z.unknown()), carriedOut: z.array(z.number().int()) });

/**
 * The hosted product as development knows it: a small HTTP service that keeps what it is told as files, a revision once, and that
 * can be slow, fail, hang or forget. Production is pointed at the real one instead.
 */
export async function openDevelopmentProduct(directory: string, port = 0): Promise<DevelopmentProduct> {
  const held = await readAll(directory);
  let mood: Mood = 'up';

  async function put(path: string, body: string): Promise<HttpResponse> {
    const order = ORDER.safeParse(parsed(body));
    if (!order.success) return json(422, { message: 'A revision and a content are needed.' });
    const known = held.get(path);
    if (known && known.revision >= order.data.revision) return json(200, known);
    if (mood === 'forgets') return json(200, order.data);
    const next = { ...order.data, carriedOut: [...(known?.carriedOut ?? []), order.data.revision] };
    held.set(path, next);
    await save(directory, path, next);
    return json(200, next);
  }

  async function handle({ method, path, body, signal }: HttpRequest): Promise<HttpResponse> {
    const [, collection = '', key = ''] = path.split('/').map(decodeURIComponent);
    if (method === 'POST' && collection === 'mood') {
      const told = MOOD.safeParse(parsed(body));
      if (told.success) mood = told.data.mood;
      return json(told.success ? 200 : 422, { mood });
    }
    if (mood === 'fails') return json(503, { message: 'It is down.' });
    if (mood === 'slow' || mood === 'hangs') await pause(mood === 'slow' ? SLOW_MS : HANG_MS, null, { signal }).catch(() => {});
    if (method === 'POST' && key === 'look') return look(held, collection, body);
    return method === 'PUT' && key !== '' ? put(`${collection}/${key}`, body) : json(404, { message: 'There is nothing here.' });
  }

  const served: Served = await serve({ port, bodyMax: BODY_MAX, handle, onFault: () => {} });
  return {
    url: served.url,
    held: (collection, key) => held.get(`${collection}/${key}`) ?? null,
    behave: next => {
      mood = next;
    },
    forget: async (collection, key) => {
      held.delete(`${collection}/${key}`);
      await save(directory, `${collection}/${key}`, null);
    },
    close: () => served.close(0),
  };
}

/** What it has under each of these keys. */
function look(held: ReadonlyMap<string, Held>, collection: string, body: string): HttpResponse {
  const asked = LOOK.safeParse(parsed(body));
  if (!asked.success) return json(422, { message: `Name at most ${KEYS_MAX} keys.` });
  const found = asked.data.keys.flatMap(key => {
    const one = held.get(`${collection}/${key}`);
    return one ? [{ key, revision: one.revision, content: one.content }] : [];
  });
  return json(200, { found });
}

async function readAll(directory: string): Promise<Map<string, Held>> {
  await mkdir(directory, { recursive: true });
  const files = (await readdir(directory)).filter(name => name.endsWith('.json'));
  const entries = files.map(async name => {
    const kept = HELD.safeParse(parsed(await readFile(join(directory, name), 'utf8')));
    return kept.success ? [[decodeURIComponent(name.slice(0, -5)), kept.data] as const] : [];
  });
  return new Map((await Promise.all(entries)).flat());
}

/** Written beside and moved, so that nobody reads half a file. */
async function save(directory: string, path: string, held: Held | null): Promise<void> {
  const file = join(directory, `${encodeURIComponent(path)}.json`);
  await writeFile(`${file}.part`, JSON.stringify(held));
  await rename(`${file}.part`, file);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
