import { type DocumentNode, execute, type GraphQLSchema } from 'graphql';
import type { LoggedEvent } from '#kernel/events/event';
import type { ErrorCode } from '#kernel/graph/error-codes';
import { refusalText } from '../errors';
import type { EventHub } from './event-hub';
import type { EventStream } from './event-stream';
import type { LiveRequest } from './live-document';
import { type Positions, positionText } from './position';

/** One client that follows something. */
export interface Following {
  /** Tells what there is to tell at first, and listens from then on. */
  start(): Promise<void>;
  /** Looks, now and then, whether the viewer may still see what it follows. */
  check(): Promise<void>;
  stop(): void;
}

export interface FollowingOptions {
  readonly asked: LiveRequest;
  readonly document: DocumentNode;
  readonly schema: GraphQLSchema;
  readonly hub: EventHub;
  readonly stream: EventStream;
  readonly requestId: string;
  /** Where a broken connection ended, or null for a new one. */
  readonly resumeAt: Positions | null;
  /** Asks the graph for the viewer, as any of its reads, for what is so since an event. */
  readonly read: (asked: LiveRequest, since: string) => Promise<string>;
  /** Whether the viewer's token is still good. */
  readonly isTrusted: () => Promise<boolean>;
  readonly onUpdate: () => void;
}

/** Ends a stream with the reason, in the words of any other refusal. */
export function endWith({ stream, requestId }: Pick<FollowingOptions, 'stream' | 'requestId'>, code: ErrorCode, message: string): void {
  stream.next(refusalText({ status: 200, code, message }, requestId), '');
  stream.complete();
}

/**
 * Follows one order: its present state at first and after each event, read by the viewer through the graph, so that the
 * house that owns it decides each time. Events that come while it is read are told together.
 */
export function followOrder(options: FollowingOptions): Following {
  const { asked, hub, stream, read, isTrusted, onUpdate } = options;
  const positions = new Map<string, number>();
  let isReading = false;
  let isAskedAgain = false;
  const nothing = JSON.stringify({ data: { [asked.responseKey]: null } });

  async function tell(): Promise<void> {
    isAskedAgain = true;
    if (isReading) return;
    isReading = true;
    while (isAskedAgain && !stream.isOver) {
      isAskedAgain = false;
      const id = positionText(positions);
      if (!(await isTrusted())) endWith(options, 'UNAUTHENTICATED', EXPIRED);
      const answer = await read(asked, id);
      stream.next(answer, id);
      onUpdate();
      if (answer === nothing) stream.complete();
    }
    isReading = false;
  }

  const stop = hub.listen(`subject:${asked.id}`, event => {
    positions.set(event.source, event.position);
    void tell();
  });
  return {
    stop,
    // Each update is a read, and each read is decided.
    check: async () => {},
    async start() {
      for (const [house, position] of await hub.positions()) positions.set(house, Math.max(position, positions.get(house) ?? 0));
      await tell();
    },
  };
}

export const EXPIRED = 'The token that this subscription was opened with is no longer accepted. Sign in again.';
const NO_ACCOUNT = 'There is no such account, or it may not be seen by this caller.';
const TOO_LONG_AGO = 'Too much has happened since. Read the present state, and follow from now on.';

/**
 * The right to see an account is asked for again after this, each follower a little earlier or later than the others, so
 * that they do not all ask at once. Events do not wait for that, unless it has taken too long. Tokens are looked at for
 * each event.
 */
const ACCESS_MS = 5_000;
const ACCESS_MS_MAX = 15_000;

/** Follows one account: each event once, from where a broken connection ended or from now on. */
export function followAccount(options: FollowingOptions): Following {
  const { asked, hub, stream, resumeAt, read, isTrusted } = options;
  const topic = `account:${asked.id}` as const;
  const positions = new Map<string, number>();
  const checkEveryMs = ACCESS_MS * (0.75 + Math.random() / 2);
  let seenAt = Number.NEGATIVE_INFINITY;
  // Events wait here until what was missed has been told, and then for each other.
  let line: Promise<void> = Promise.resolve();

  async function maySee(): Promise<boolean> {
    const answer: unknown = JSON.parse(await read(asked, ''));
    seenAt = performance.now();
    return isSeen(answer);
  }

  async function check(everyMs: number): Promise<void> {
    if (performance.now() - seenAt >= everyMs && !(await maySee())) endWith(options, 'NOT_FOUND', NO_ACCOUNT);
  }

  async function tell(event: LoggedEvent): Promise<void> {
    if (stream.isOver || event.position <= (positions.get(event.source) ?? 0)) return;
    if (!(await isTrusted())) return endWith(options, 'UNAUTHENTICATED', EXPIRED);
    await check(ACCESS_MS_MAX);
    positions.set(event.source, event.position);
    stream.next(textOf(options, event), positionText(positions));
    options.onUpdate();
  }

  async function catchUp(): Promise<void> {
    await check(ACCESS_MS);
    for (const [house, newest] of await hub.positions()) {
      const from = resumeAt?.get(house);
      positions.set(house, from ?? newest);
      if (from === undefined || from >= newest) continue;
      const missed = await hub.past(topic, house, from);
      if (!missed) return endWith(options, 'LIMIT_EXCEEDED', TOO_LONG_AGO);
      for (const event of missed) await tell(event);
    }
  }

  const early: LoggedEvent[] = [];
  let hear = (event: LoggedEvent) => void early.push(event);
  const stop = hub.listen(topic, event => hear(event));
  return {
    stop,
    check: () => check(checkEveryMs),
    async start() {
      await catchUp();
      hear = event => {
        line = line.then(() => tell(event)).catch(() => stream.end());
      };
      for (const event of early) hear(event);
      stream.beat();
    },
  };
}

/** Only a clear no is a no: a house that is silent for a moment ends nobody's subscription. */
function isSeen(answer: unknown): boolean {
  if (typeof answer !== 'object' || answer === null) return false;
  if ('errors' in answer) return true;
  return 'data' in answer && !JSON.stringify(answer.data).includes('"billingAccount":null');
}

/** The last event that was told, by the document that selected it: a thousand followers of one account send the same one. */
const lastTold = new WeakMap<DocumentNode, { readonly key: string; readonly text: string }>();

/** The event as the client selected it. */
function textOf({ schema, document, asked }: FollowingOptions, event: LoggedEvent): string {
  const { id, type, source, subject, time, correlationId } = event;
  const { given: variableValues, operationName, responseKey } = asked;
  const key = JSON.stringify([id, operationName, responseKey, variableValues]);
  const last = lastTold.get(document);
  if (last?.key === key) return last.text;
  const told = { id, kind: type.replace(/\.v\d+$/, ''), house: source, subject, at: time, correlationId };
  const text = JSON.stringify(execute({ schema, document, rootValue: { accountEvents: told }, variableValues, operationName }));
  lastTold.set(document, { key, text });
  return text;
}
