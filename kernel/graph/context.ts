import type { Viewer } from '../auth/viewer';
import type { Queryable } from '../db/database';
import type { Loader } from '../db/loader';
import type { EventMap } from '../events/event';
import type { Result } from '../result';
import type { Instant } from '../time';
import type { Work } from '../work';

/** What a resolver has at hand for one request: who asks, the store to read, and one way to write. */
export interface HouseContext<Events extends EventMap = EventMap, Services = unknown> {
  readonly viewer: Viewer;
  /** For reads. Writes go through `write`. */
  readonly db: Queryable;
  /** One moment for the whole request. */
  readonly now: Instant;
  readonly correlationId: string;
  /** Aborts when the caller has left or its deadline has passed. */
  readonly signal: AbortSignal;
  readonly services: Services;
  /** Loads by key, in one query with all who ask during the same tick; each key once for each request. */
  load<Key, Answer>(loader: Loader<Key, Answer>, key: Key): Promise<Answer>;
  /** Runs one action in one transaction; see `WriteRequest` for what makes it safe to repeat. */
  write<Answer>(request: WriteRequest, action: (work: Work<Events>) => Promise<Result<Answer>>): Promise<Result<Answer>>;
}

/** A write as the client asked for it. */
export interface WriteRequest {
  /** The mutation's name. */
  readonly operation: string;
  /** The client's idempotency key; null where the request is idempotent by its own nature. */
  readonly key: string | null;
  /** The whole input: the same key with another request is refused. */
  readonly request: object;
  /** True: the same path, rolled back at its end. */
  readonly isDryRun?: boolean | null;
}
