import type { Transaction } from './db/database';
import type { EventMap, EventTypeOf } from './events/event';
import type { AccountId, NewId } from './ids';
import type { Instant, PlainDate } from './time';

/**
 * One transaction and everything a decision in it may need: the moment, new ids, the events it announces and the jobs
 * it leaves behind. All of it is saved together or not at all.
 */
export interface Work<Events extends EventMap = EventMap> {
  readonly tx: Transaction;
  /** One moment for the whole transaction. */
  readonly now: Instant;
  readonly today: PlainDate;
  readonly newId: NewId;
  /** One for everything that follows from one request; it is the thread through every house's log. */
  readonly correlationId: string;
  /** Who acts, for timelines and audits: `usr_…`, `house:billing`, `partner:pcl_…`. */
  readonly actor: string;
  /** Writes to the event log when the transaction commits. */
  announce<Type extends EventTypeOf<Events>>(type: Type, about: Subject, data: Events[Type]): void;
  /** Leaves a job that starts after the commit. A job with the same key replaces one that has not started. */
  enqueue(job: string, payload: object, options?: JobOptions): Promise<void>;
}

/** What an event is about, and the billing account it belongs to. */
export interface Subject {
  readonly subject: string;
  readonly accountId: AccountId | null;
  /** Where one transaction serves many requests: the thread of the one that this event comes from. */
  readonly correlationId?: string;
}

export interface JobOptions {
  readonly runAt?: Instant;
  readonly key?: string;
  /** Jobs of one line run one after the other, so that however long they take, they keep one place and no more. */
  readonly line?: string;
  readonly attemptsMax?: number;
}
