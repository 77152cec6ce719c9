import type { Database } from '../db/database';
import { type Loader, loadersOf } from '../db/loader';
import type { EventMap } from '../events/event';
import type { HouseContext, WriteRequest } from '../graph/context';
import { once } from '../idempotency';
import { newIdAt } from '../new-id';
import type { Result } from '../result';
import { decide } from '../run-work';
import type { Clock } from '../time';
import type { Work } from '../work';
import type { Asking } from './definition';

/** What a request runs on; shared by all requests of a house. */
export interface ContextGround<Services> {
  readonly house: string;
  readonly database: Database;
  readonly clock: Clock;
  readonly services: Services;
}

/** The context of one request. */
export function contextFor<Events extends EventMap, Services>(
  ground: ContextGround<Services>,
  asking: Asking,
): HouseContext<Events, Services> {
  const now = ground.clock.now();
  let load = loadersOf(() => ground.database.orm);
  return {
    ...asking,
    now,
    services: ground.services,
    get db() {
      return ground.database.orm;
    },
    load: <Key, Answer>(loader: Loader<Key, Answer>, key: Key) => load(loader, key),
    write: async <Answer>(request: WriteRequest, action: (work: Work<Events>) => Promise<Result<Answer>>) => {
      const context = {
        house: ground.house,
        now,
        newIds: () => newIdAt(now),
        actor: asking.viewer.subject,
        correlationId: asking.correlationId,
        causationId: `request:${asking.correlationId}`,
      };
      const isDryRun = request.isDryRun ?? false;
      const result = await decide(ground.database, context, isDryRun, work => {
        const decision = () => action(work as unknown as Work<Events>);
        return isDryRun || request.key === null
          ? decision()
          : once(work, { ...request, key: request.key, scope: asking.viewer.subject }, decision);
      });
      // What was loaded before the write may have changed with it.
      load = loadersOf(() => ground.database.orm);
      return result;
    },
  };
}
