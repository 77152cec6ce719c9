import { type DocumentNode, execute } from 'graphql';
import type { LoggedEvent } from '#kernel/events/event';
import { EXPIRED, endWith, type Following, type FollowingOptions } from './following';
import { positionText } from './position';

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
export class FollowedAccount implements Following {
  private readonly topic: `account:${string}`;
  private readonly positions = new Map<string, number>();
  private readonly checkEveryMs = ACCESS_MS * (0.75 + Math.random() / 2);
  private seenAt = Number.NEGATIVE_INFINITY;
  /** Events wait here until what was missed has been told. */
  private early: LoggedEvent[] | null = [];
  private line: Promise<void> = Promise.resolve();
  readonly stop: () => void;

  constructor(private readonly options: FollowingOptions) {
    this.topic = `account:${options.asked.id}`;
    this.stop = options.hub.listen(this.topic, event => (this.early ? void this.early.push(event) : this.queue(event)));
  }

  async start(): Promise<void> {
    await this.catchUp();
    const waiting = this.early ?? [];
    this.early = null;
    for (const event of waiting) this.queue(event);
    this.options.stream.beat();
  }

  check(): Promise<void> {
    return this.checkAfter(this.checkEveryMs);
  }

  /** One after the other, in the order in which they were heard. */
  private queue(event: LoggedEvent): void {
    this.line = this.line.then(() => this.tell(event)).catch(() => this.options.stream.end());
  }

  private async catchUp(): Promise<void> {
    const { hub, resumeAt } = this.options;
    await this.checkAfter(0);
    for (const [house, newest] of await hub.positions()) {
      const from = resumeAt?.get(house);
      this.positions.set(house, from ?? newest);
      if (from === undefined || from >= newest) continue;
      const missed = await hub.past(this.topic, house, from);
      if (!missed) return endWith(this.options, 'LIMIT_EXCEEDED', TOO_LONG_AGO);
      for (const event of missed) await this.tell(event);
    }
  }

  private async tell(event: LoggedEvent): Promise<void> {
    const { stream, isTrusted, onUpdate } = this.options;
    if (stream.isOver || event.position <= (this.positions.get(event.source) ?? 0)) return;
    if (!(await isTrusted())) return endWith(this.options, 'UNAUTHENTICATED', EXPIRED);
    await this.checkAfter(ACCESS_MS_MAX);
    this.positions.set(event.source, event.position);
    stream.next(textOf(this.options, event), positionText(this.positions));
    onUpdate();
  }

  private async checkAfter(ms: number): Promise<void> {
    if (performance.now() - this.seenAt < ms) return;
    const answer: unknown = JSON.parse(await this.options.read(this.options.asked, ''));
    this.seenAt = performance.now();
    if (!isSeen(answer)) endWith(this.options, 'NOT_FOUND', NO_ACCOUNT);
  }
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
