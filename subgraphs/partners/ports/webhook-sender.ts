import { createHmac } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Webhook } from 'standardwebhooks';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { type Environment, readConfig } from '#kernel/config';
import type { Instant } from '#kernel/time';

/** Sends signed events to partners' receivers, and to nobody inside our own network. */
export interface WebhookSender {
  /** What is wrong with an address, in a sentence; null when it may be tried. Where its name leads is looked at with each try. */
  faultOf(url: string): string | null;
  /** The key with which a webhook's events are signed: made from its id, and stored nowhere. */
  secretOf(webhookId: string): string;
  send(event: {
    readonly id: string;
    readonly webhookId: string;
    readonly url: string;
    readonly body: string;
    readonly at: Instant;
  }): Promise<{
    readonly status: number | null;
    readonly error: string | null;
  }>;
}

const TRY_MS_MAX = 10_000;
const SECRET_LENGTH_MIN = 32;
const SHAPE = {
  WEBHOOK_SECRET: z.string().min(SECRET_LENGTH_MIN).optional(),
  WEBHOOKS_TO_LOOPBACK: z.enum(['dangerously_yes_for_development_only']).optional(),
};

/** Opens the sender. Production needs `WEBHOOK_SECRET`, the same in every process, and never sends to its own machine. */
export function openWebhookSender({
  environment,
  variables,
  resolve = name => lookup(name, { all: true }),
  tryMs = TRY_MS_MAX,
}: {
  readonly environment: Environment;
  readonly variables: NodeJS.ProcessEnv;
  /** Looks up where a name leads; the system's own resolver unless a test has another. */
  readonly resolve?: Resolve;
  /** How long one try may take, from the look-up to the answer's head. */
  readonly tryMs?: number;
}): WebhookSender {
  const config = readConfig(SHAPE, variables);
  const isProduction = environment === 'production';
  const isLoopbackOpen = config.WEBHOOKS_TO_LOOPBACK !== undefined && !isProduction;
  const key = config.WEBHOOK_SECRET ?? (isProduction ? null : 'a development key that signs webhooks, never in production');
  const secretOf = (webhookId: string) =>
    `whsec_${createHmac('sha256', key ?? '')
      .update(webhookId)
      .digest('base64')}`;
  const isOpen = (address: string) => isPublic(address) || (isLoopbackOpen && isLoopback(address));
  return {
    secretOf,
    faultOf: url => (key === null ? 'Webhooks are not offered here yet.' : faultOf(url, isOpen, isLoopbackOpen)),
    send: async ({ id, webhookId, url, body, at }) => {
      const fault = faultOf(url, isOpen, isLoopbackOpen);
      if (fault) return { status: null, error: fault };
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'purchasing-graph-webhooks/1',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'webhook-signature': new Webhook(secretOf(webhookId)).sign(id, at, body),
      };
      return post({ url, headers, body }, { isOpen, resolve, tryMs });
    },
  };
}

function faultOf(url: string, isOpen: (address: string) => boolean, isLoopbackOpen: boolean): string | null {
  const { protocol, hostname } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const isPlain = protocol === 'http:' && isLoopbackOpen && isIP(host) !== 0 && isOpen(host);
  if (protocol !== 'https:' && !isPlain) return 'A webhook is told over https.';
  if (isIP(host) !== 0 && !isOpen(host)) return REFUSED;
  return null;
}

const REFUSED = 'This address is not one of the public internet.';

type Resolve = (name: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

interface Letter {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Means {
  readonly isOpen: (address: string) => boolean;
  readonly resolve: Resolve;
  readonly tryMs: number;
}

/** Looks the name up once, refuses where it leads inside, and connects to exactly the address that was looked at. Redirects are not followed. */
async function post({ url, headers, body }: Letter, { isOpen, resolve, tryMs }: Means) {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const signal = AbortSignal.timeout(tryMs);
  let agent: Agent | null = null;
  try {
    const found = isIP(host) ? [{ address: host, family: isIP(host) }] : await Promise.race([resolve(host), late(signal)]);
    const [first] = found;
    if (!first || found.some(({ address }) => !isOpen(address))) return { status: null, error: REFUSED };
    agent = new Agent({
      connect: {
        // The deadline is the signal's, so that whatever was late is called so.
        timeout: 2 * tryMs,
        lookup: (_name, options, done) => (options.all ? done(null, [first]) : done(null, first.address, first.family)),
      },
    });
    const answer = await request(url, { method: 'POST', headers, body, dispatcher: agent, signal });
    // Whatever a receiver says is of no interest, and may be without end.
    answer.body.on('error', () => {}).destroy();
    const { statusCode } = answer;
    return { status: statusCode, error: statusCode < 300 ? null : `It answered ${statusCode}.` };
  } catch {
    return { status: null, error: signal.aborted ? 'It did not answer in time.' : 'It could not be reached.' };
  } finally {
    await agent?.destroy();
  }
}

const late = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
const isLoopback = (address: string): boolean => address === '127.0.0.1' || address === '::1';

/** True for an address of the public internet: not private, loopback, link-local (where clouds keep metadata), shared, mapped or reserved. */
function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}
