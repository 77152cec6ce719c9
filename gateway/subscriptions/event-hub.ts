import { setTimeout as pause } from 'node:timers/promises';
import type { LoggedEvent } from '#kernel/events/event';
import type { Log } from '#kernel/log';
import { type EventFollower, followEvents } from '../event-follower';
import type { Positions } from './position';

/** What a follower of the graph listens to: events of one thing, or of one account. */
export type Topic = `subject:${string}` | `account:${string}`;

/** Brings what the houses say to those who listen. */
export interface EventHub {
  /** Calls for each event on a topic from now on, in the order of each house. Answers how to stop. */
  listen(topic: Topic, hear: (event: LoggedEvent) => void): () => void;
  /** How far every house has been heard. Waits for houses that are heard for the first time, but not for long. */
  positions(): Promise<Positions>;
  /** What was said on a topic after a position, oldest first; null when that is too long ago to be told. */
  past(topic: Topic, house: string, after: number): Promise<readonly LoggedEvent[] | null>;
  close(): Promise<void>;
}

export interface HubOptions {
  readonly houses: Readonly<Record<string, string>>;
  readonly hopSecret: string;
  readonly log: Log;
}

const FIRST_HEARD_MS = 2_000;
/** Who was away for longer than so many pages of events reads the present state instead. */
const PAST_PAGES_MAX = 40;
const PAGE = 500;
/** Events of each house that are kept in memory: most connections break for a moment only. */
const RECENT_MAX = 1_000;

/**
 * Follows every house's log with one connection each, however many listen; the first listener starts it. A replica hears
 * by itself, so it does not matter which one a client comes back to.
 */
export function openEventHub({ houses, hopSecret, log }: HubOptions): EventHub {
  const listeners = new Map<Topic, Set<(event: LoggedEvent) => void>>();
  let followers: ReadonlyMap<string, EventFollower> | null = null;
  const tell = (topic: Topic, event: LoggedEvent) => {
    for (const hear of listeners.get(topic) ?? []) hear(event);
  };
  const recent = new RecentEvents();
  const onEvents = (house: string, events: readonly LoggedEvent[]) => {
    recent.add(house, events);
    for (const event of events) for (const topic of topicsOf(event)) tell(topic, event);
  };
  const follow = () =>
    new Map(
      Object.entries(houses).map(([house, address]) => [
        house,
        followEvents({ house, address, hopSecret, types: null, from: 'next', onEvents: events => onEvents(house, events), log }),
      ]),
    );
  const started = () => {
    followers ??= follow();
    return followers;
  };
  return {
    listen(topic, hear) {
      started();
      const all = listeners.get(topic) ?? new Set();
      listeners.set(topic, all.add(hear));
      return () => {
        all.delete(hear);
        if (all.size === 0) listeners.delete(topic);
      };
    },
    async positions() {
      const all = [...started()];
      const heard = Promise.all(all.map(([, follower]) => follower.caughtUp));
      await Promise.race([heard, pause(FIRST_HEARD_MS, null, { ref: false })]);
      return new Map(all.map(([house, follower]) => [house, follower.position()]));
    },
    async past(topic, house, after) {
      const known = recent.after(house, after);
      if (known) return known.filter(event => isOn(event, topic));
      const follower = started().get(house);
      return follower ? pastOf(follower, topic, after) : [];
    },
    async close() {
      await Promise.all([...(followers?.values() ?? [])].map(follower => follower.stop()));
    },
  };
}

/** The last events of each house. */
class RecentEvents {
  private readonly byHouse = new Map<string, LoggedEvent[]>();

  add(house: string, events: readonly LoggedEvent[]): void {
    const recent = [...(this.byHouse.get(house) ?? []), ...events];
    this.byHouse.set(house, recent.slice(-RECENT_MAX));
  }

  /** What followed a position, or null when not all of it is here. Positions have no gaps, so the first one tells. */
  after(house: string, position: number): readonly LoggedEvent[] | null {
    const recent = this.byHouse.get(house) ?? [];
    const [first] = recent;
    return first && first.position <= position + 1 ? recent.filter(event => event.position > position) : null;
  }
}

const topicsOf = ({ subject, accountId }: LoggedEvent): readonly Topic[] => [
  `subject:${subject}`,
  ...(accountId ? [`account:${accountId}` as const] : []),
];

const isOn = (event: LoggedEvent, topic: Topic): boolean => topicsOf(event).includes(topic);

async function pastOf(follower: EventFollower, topic: Topic, after: number): Promise<readonly LoggedEvent[] | null> {
  const found: LoggedEvent[] = [];
  for (let from = after, pages = 0; ; pages += 1) {
    const page = await follower.past(from);
    found.push(...page.filter(event => isOn(event, topic)));
    const last = page.at(-1);
    if (!last || page.length < PAGE) return found;
    if (pages >= PAST_PAGES_MAX) return null;
    from = last.position;
  }
}
