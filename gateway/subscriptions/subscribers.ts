import type { Viewer } from '#kernel/auth/viewer';
import type { GatewayTelemetry } from '../telemetry';
import type { EventStream } from './event-stream';
import { EXPIRED, endWith, type Following } from './following';

/** A client that is following something. */
export interface Subscriber {
  readonly viewer: Viewer;
  readonly field: string;
  readonly stream: EventStream;
  readonly following: Following;
  readonly requestId: string;
  readonly signal: AbortSignal;
  readonly isTrusted: () => Promise<boolean>;
}

const TICK_MS = 1_000;
/** Proxies close connections on which nothing has moved for half a minute. */
const BEAT_EVERY = 12;
const SUBSCRIBERS_MAX = 10_000;

/** All who follow something: counted for each viewer, and looked after once a second with one timer for all. */
export class Subscribers {
  private readonly all = new Set<Subscriber>();
  private readonly byViewer = new Map<string, number>();
  private readonly timer = setInterval(() => this.tick(), TICK_MS).unref();
  private ticks = 0;

  constructor(
    private readonly telemetry: GatewayTelemetry,
    private readonly perViewerMax: number,
  ) {}

  hasRoomFor({ subject }: Viewer): boolean {
    return this.all.size < SUBSCRIBERS_MAX && (this.byViewer.get(subject) ?? 0) < this.perViewerMax;
  }

  /** Counts a subscriber until its client leaves. */
  enter(subscriber: Subscriber): void {
    const { viewer, field, signal } = subscriber;
    this.all.add(subscriber);
    this.byViewer.set(viewer.subject, (this.byViewer.get(viewer.subject) ?? 0) + 1);
    this.telemetry.subscriptions.inc({ field });
    if (signal.aborted) this.leave(subscriber);
    else signal.addEventListener('abort', () => this.leave(subscriber));
  }

  close(): void {
    clearInterval(this.timer);
    for (const { stream } of this.all) stream.end();
  }

  private leave(subscriber: Subscriber): void {
    const { viewer, field, following } = subscriber;
    following.stop();
    this.all.delete(subscriber);
    const left = (this.byViewer.get(viewer.subject) ?? 1) - 1;
    if (left > 0) this.byViewer.set(viewer.subject, left);
    else this.byViewer.delete(viewer.subject);
    this.telemetry.subscriptions.dec({ field });
  }

  private tick(): void {
    this.ticks += 1;
    for (const subscriber of this.all) void lookAfter(subscriber, this.ticks % BEAT_EVERY === 0);
  }
}

async function lookAfter(subscriber: Subscriber, isBeat: boolean): Promise<void> {
  if (subscriber.stream.isOver) return;
  if (!(await subscriber.isTrusted())) return endWith(subscriber, 'UNAUTHENTICATED', EXPIRED);
  if (isBeat) subscriber.stream.beat();
  // A house that is silent for a moment ends nobody's subscription; it is asked again a second later.
  await subscriber.following.check().catch(() => {});
}
