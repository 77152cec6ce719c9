import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Operation } from './generated';

export interface PartnerClientOptions {
  /** Where the graph is, without a path: `https://graph.example.com`. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Fewer scopes than the client has, separated by spaces. */
  readonly scope?: string;
  /** How often a request is sent in all. */
  readonly attemptsMax?: number;
  /** The wait before the second try; each further one is twice as long, give or take a half. */
  readonly backoffMs?: number;
  /** How long one try may take. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
}

/** A request that was not answered, or not with what was asked for. `code` is one to branch on. */
export class PartnerRequestError extends Error {
  override readonly name = 'PartnerRequestError';

  constructor(
    readonly code: string,
    message: string,
    readonly requestId: string | null = null,
  ) {
    super(message);
  }
}

interface Answer<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string; readonly requestId?: string };
  }[];
}

interface Token {
  readonly text: string;
  readonly endsAt: number;
}

const ATTEMPTS_MAX = 6;
const BACKOFF_MS = 200;
const BACKOFF_MS_MAX = 20_000;
const TIMEOUT_MS = 30_000;
/** A token is replaced before it ends: a request may be on its way for a while. */
const TOKEN_SPARE_MS = 30_000;
const AGAIN_CODES = new Set(['HOUSE_UNAVAILABLE', 'TIMEOUT', 'RATE_LIMITED', 'INTERNAL_SERVER_ERROR', 'CONFLICT']);

/**
 * Sends operations with a token of its own. What fails for a while is sent again, with growing waits: that is safe for mutations too,
 * since each carries an idempotency key, the same with every try. A refusal of the business is an answer and stands in `userErrors`.
 */
export class PartnerClient {
  readonly #options: Required<Omit<PartnerClientOptions, 'scope'>> & { readonly scope: string | undefined };
  #token: Promise<Token> | null = null;

  constructor({ scope, ...options }: PartnerClientOptions) {
    this.#options = { attemptsMax: ATTEMPTS_MAX, backoffMs: BACKOFF_MS, timeoutMs: TIMEOUT_MS, fetch, ...options, scope };
  }

  async run<Result, Variables extends object>(operation: Operation<Result, Variables>, variables: Variables): Promise<Result> {
    const body = JSON.stringify({ query: operation.text, operationName: operation.name, variables: withKey(operation, variables) });
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#attempt<Result>(body);
      if ('result' in outcome) return outcome.result;
      if (!outcome.isWorthAnotherTry || attempt >= this.#options.attemptsMax) throw outcome.fault;
      const wait = Math.min(this.#options.backoffMs * 2 ** (attempt - 1), BACKOFF_MS_MAX) * (0.5 + Math.random());
      await pause(Math.max(wait, outcome.waitMs));
    }
  }

  async #attempt<Result>(body: string): Promise<Outcome<Result>> {
    try {
      const token = await this.#signedIn();
      const { url, timeoutMs } = this.#options;
      const response = await this.#options.fetch(`${url}/partner/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
        body,
        signal: AbortSignal.timeout(timeoutMs),
      });
      return this.#outcomeOf<Result>(response, (await response.json()) as Answer<Result>);
    } catch (fault) {
      if (fault instanceof PartnerRequestError) return { fault, isWorthAnotherTry: fault.code === 'TOKEN_UNAVAILABLE', waitMs: 0 };
      return { fault: new PartnerRequestError('NOT_ANSWERED', String(fault)), isWorthAnotherTry: true, waitMs: 0 };
    }
  }

  #outcomeOf<Result>(response: Response, { data, errors }: Answer<Result>): Outcome<Result> {
    const [error] = errors ?? [];
    if (!error && data) return isToSendAgain(data) ? again('CONFLICT', 'The same request still runs.') : { result: data };
    const code = error?.extensions?.code ?? `HTTP_${response.status}`;
    const fault = new PartnerRequestError(code, error?.message ?? 'Nothing was answered.', error?.extensions?.requestId ?? null);
    if (code === 'UNAUTHENTICATED') this.#token = null;
    const isWorthAnotherTry = AGAIN_CODES.has(code) || code === 'UNAUTHENTICATED' || (!error && response.status >= 500);
    return { fault, isWorthAnotherTry, waitMs: Number(response.headers.get('retry-after') ?? 0) * 1_000 };
  }

  async #signedIn(): Promise<string> {
    const held = await this.#token?.catch(() => null);
    if (held && held.endsAt > Date.now()) return held.text;
    this.#token = this.#signIn();
    return (await this.#token).text;
  }

  async #signIn(): Promise<Token> {
    const { url, clientId, clientSecret, scope, timeoutMs } = this.#options;
    const response = await this.#options.fetch(`${url}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope && { scope }) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status >= 500 || response.status === 429) throw new PartnerRequestError('TOKEN_UNAVAILABLE', 'There is no token now.');
    if (!response.ok) throw new PartnerRequestError('TOKEN_REFUSED', 'The client is unknown, or its secret is not valid.');
    const granted = (await response.json()) as { readonly access_token: string; readonly expires_in: number };
    return { text: granted.access_token, endsAt: Date.now() + granted.expires_in * 1_000 - TOKEN_SPARE_MS };
  }
}

type Outcome<Result> =
  | { readonly result: Result }
  | { readonly fault: PartnerRequestError; readonly isWorthAnotherTry: boolean; readonly waitMs: number };

const again = (code: string, message: string) => ({ fault: new PartnerRequestError(code, message), isWorthAnotherTry: true, waitMs: 0 });

/** True for the one refusal that goes away by itself: another request of the same key still runs. */
const isToSendAgain = (data: object): boolean =>
  Object.values(data).some(payload => (payload?.userErrors ?? []).some(({ code }: { readonly code: string }) => code === 'CONFLICT'));

/** A mutation without a key gets one: chosen once, before the first try. */
function withKey(operation: Operation<unknown, never>, variables: object): object {
  if (operation.kind !== 'mutation' || !('input' in variables)) return variables;
  return { ...variables, input: { idempotencyKey: randomUUID(), ...(variables.input as object) } };
}
