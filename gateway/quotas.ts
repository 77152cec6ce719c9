import cluster from 'node:cluster';
import { RateLimiterCluster, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { hasRole, type Viewer } from '#kernel/auth/viewer';
import { granted, type OrRefused, refused } from './errors';

/** How much a partner's system may ask for in each minute. */
export interface QuotaSizes {
  readonly requestsPerMinute: number;
  readonly costPerMinute: number;
}

/** What a client is told of its quotas with each answer. */
export type QuotaHeaders = Readonly<Record<string, string>>;

/**
 * Quotas of partners' systems: so many requests and so much cost in a minute, for each client. The processes on one address count together,
 * in the first of them; machines count by themselves.
 */
export interface Quotas {
  /** The quota that a viewer's requests count against; null for whoever is no partner's system. */
  of(viewer: Viewer): Quota | null;
}

export interface Quota {
  /** Counts one request, whatever comes of it. */
  takeRequest(): Promise<OrRefused<null>>;
  /** Counts the cost of an operation that is about to run. */
  takeCost(cost: number): Promise<OrRefused<null>>;
  headers(): QuotaHeaders;
}

const WINDOW_SECONDS = 60;
/** The first process answers at once; when it does not, nobody is kept waiting or sent away for it. */
const FIRST_PROCESS_MS_MAX = 1_000;

export function openQuotas({ requestsPerMinute, costPerMinute }: QuotaSizes): Quotas {
  const limits = {
    requests: limitOf('requests', requestsPerMinute),
    cost: limitOf('cost', costPerMinute),
  };
  return {
    of: viewer => (viewer.clientId !== null && hasRole(viewer, 'PARTNER') ? new ClientQuota(viewer.clientId, limits) : null),
  };
}

interface Limit {
  readonly name: string;
  readonly max: number;
  readonly limiter: RateLimiterMemory | RateLimiterCluster;
}

type Limits = Readonly<Record<'requests' | 'cost', Limit>>;

function limitOf(name: string, max: number): Limit {
  const options = { keyPrefix: `quota-${name}`, points: max, duration: WINDOW_SECONDS };
  const limiter = cluster.isWorker
    ? new RateLimiterCluster({ ...options, timeoutMs: FIRST_PROCESS_MS_MAX })
    : new RateLimiterMemory(options);
  return { name, max, limiter };
}

class ClientQuota implements Quota {
  private readonly seen = new Map<string, { readonly left: number; readonly seconds: number }>();

  constructor(
    private readonly clientId: string,
    private readonly limits: Limits,
  ) {}

  takeRequest(): Promise<OrRefused<null>> {
    return this.take(this.limits.requests, 1);
  }

  takeCost(cost: number): Promise<OrRefused<null>> {
    return this.take(this.limits.cost, cost);
  }

  /** As the HTTP working group's draft names them (draft-ietf-httpapi-ratelimit-headers-10): each quota with what is left of it. */
  headers(): QuotaHeaders {
    const policies = Object.values(this.limits).map(({ name, max }) => `"${name}";q=${max};w=${WINDOW_SECONDS}`);
    const states = [...this.seen].map(([name, { left, seconds }]) => `"${name}";r=${left};t=${seconds}`);
    return { 'ratelimit-policy': policies.join(', '), ...(states.length > 0 && { ratelimit: states.join(', ') }) };
  }

  private async take({ name, max, limiter }: Limit, points: number): Promise<OrRefused<null>> {
    const { state, isSpent } = await consumed(limiter, this.clientId, points);
    if (!state) return granted(null);
    const seconds = Math.max(1, Math.ceil(state.msBeforeNext / 1_000));
    this.seen.set(name, { left: Math.max(0, state.remainingPoints), seconds });
    if (!isSpent) return granted(null);
    const sentence = `This client has used up its ${name} of the minute. Go on in ${seconds} s.`;
    return refused(429, 'RATE_LIMITED', sentence, {
      headers: { 'retry-after': String(seconds) },
      limit: { name: `${name}PerMinute`, max, found: state.consumedPoints },
    });
  }
}

async function consumed(limiter: Limit['limiter'], key: string, points: number) {
  try {
    return { state: await limiter.consume(key, points), isSpent: false };
  } catch (fault) {
    return fault instanceof RateLimiterRes ? { state: fault, isSpent: true } : { state: null, isSpent: false };
  }
}
