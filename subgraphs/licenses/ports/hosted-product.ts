import { Agent, request } from 'undici';
import { z } from 'zod';
import { BadConfiguration, readConfig } from '#kernel/config';
import type { Surroundings } from '#kernel/house';
import { Declined, type FoundOutside, type Placeable } from '../domain/placement';

const SHAPE = {
  HOSTED_PRODUCT_URL: z.url({ protocol: /^https?$/ }).optional(),
  HOSTED_PRODUCT_TOKEN: z.string().min(1).optional(),
  HOSTED_PRODUCT_DEADLINE_MS: z.coerce.number().int().min(10).max(60_000).default(5_000),
};
const FOUND = z.object({
  found: z.array(z.object({ key: z.string(), revision: z.number().int(), content: z.record(z.string(), z.unknown()) })),
});

interface Asking {
  readonly signal: AbortSignal;
}

/** Where and how the product that we host is told what its customers have. */
export interface HostedProductSettings {
  readonly url: string | null;
  readonly token: string | null;
  readonly deadlineMs: number;
}

/** Reads and checks the settings. In production the address must have been said. */
export function hostedProductSettings({ environment, variables }: Pick<Surroundings, 'environment' | 'variables'>): HostedProductSettings {
  const config = readConfig(SHAPE, variables);
  if (environment === 'production' && !config.HOSTED_PRODUCT_URL)
    throw new BadConfiguration('HOSTED_PRODUCT_URL: where the hosted product takes the plans of its namespaces and tenants.');
  const { HOSTED_PRODUCT_URL: url = null, HOSTED_PRODUCT_TOKEN: token = null, HOSTED_PRODUCT_DEADLINE_MS: deadlineMs } = config;
  return { url, token, deadlineMs };
}

/**
 * One collection of the hosted product: `PUT /<collection>/<key>` with a revision, which it carries out once, and
 * `POST /<collection>/look` for what it has. It is given a deadline, for it may hang; 4xx is its word, all else may pass.
 */
export function hostedProduct({ url, token, deadlineMs }: HostedProductSettings, collection: 'namespaces' | 'tenants') {
  const agent = new Agent({ connections: 16, pipelining: 1 });
  const call = async (method: 'PUT' | 'POST', path: string, body: object, signal: AbortSignal): Promise<string> => {
    if (!url) throw new Error('No hosted product is connected.');
    const deadline = AbortSignal.timeout(deadlineMs);
    try {
      const answer = await request(`${url}/${collection}/${path}`, {
        method,
        dispatcher: agent,
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify(body),
        signal: AbortSignal.any([signal, deadline]),
      });
      const text = await answer.body.text();
      if (answer.statusCode < 300) return text;
      if (answer.statusCode === 422) throw new Declined('The hosted product declined it.');
      throw new Error(`The hosted product answered ${answer.statusCode}.`);
    } catch (fault) {
      if (deadline.aborted) throw new Error(`The hosted product did not answer within ${deadlineMs / 1_000} s.`);
      if (fault instanceof Error && 'code' in fault) throw new Error('The hosted product cannot be reached.', { cause: fault });
      throw fault;
    }
  };
  return {
    place: async ({ key, revision, content }: Pick<Placeable, 'revision' | 'content'> & { readonly key: string }, { signal }: Asking) =>
      void (await call('PUT', encodeURIComponent(key), { revision, content }, signal)),
    look: async (keys: readonly string[], { signal }: Asking): Promise<ReadonlyMap<string, FoundOutside>> => {
      const { found } = FOUND.parse(JSON.parse(await call('POST', 'look', { keys }, signal)));
      return new Map<string, FoundOutside>(found.map(({ key, ...one }) => [key, one]));
    },
  };
}
