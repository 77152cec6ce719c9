import { QueryPlanner } from '@graphql-hive/router-query-planner';
import type { Log } from '#kernel/log';
import type { PlannedNode } from './steps';
import { openStockPlanner } from './stock-planner';

/** Finds out which house is asked what, and in which order. */
export interface Planner {
  /** The plan of a document with one operation, or nothing when no house has to be asked. Throws `PlanTooCostly`. */
  plan(document: string): Promise<PlannedNode | undefined>;
  close(): Promise<void>;
}

/** There is no plan within the time that planning may take. */
export class PlanTooCostly extends Error {
  override readonly name = 'PlanTooCostly';
}

/** A usual plan takes one or two milliseconds; a machine that is busy with other things takes its time. */
export const PLAN_MS_MAX = 1_000;
/** Plans being made at once: each occupies a thread that files and name lookups need too. */
const PLANNING_MAX = 2;
const WAITING_MAX = 200;

/**
 * The native planner, off the event loop and within its time. Where its library does not load, where it cannot read this
 * supergraph, or where it fails on one document, the stock planner makes the plan, on a thread of its own.
 */
export function openPlanner(supergraphSdl: string, log: Log): Planner {
  const native = openNative(supergraphSdl, log);
  const stock = openStockPlanner(supergraphSdl);
  const places = openPlaces();
  return {
    async plan(document) {
      if (!native) return stock.plan(document);
      const leave = await places.enter();
      try {
        return await planNatively(native, document);
      } catch (fault) {
        if (fault instanceof PlanTooCostly) throw fault;
        log.warn('The native planner has no plan; the stock planner makes it.', { fault });
        return await stock.plan(document);
      } finally {
        leave();
      }
    },
    close: stock.close,
  };
}

function openNative(supergraphSdl: string, log: Log): QueryPlanner | null {
  try {
    return new QueryPlanner(supergraphSdl);
  } catch (fault) {
    log.warn('The native planner cannot be used; the stock planner makes all plans.', { fault });
    return null;
  }
}

/** No labels, no share of requests: which `@override` holds is settled when the supergraph is composed. */
const NO_LABELS = new Set<string>();

async function planNatively(native: QueryPlanner, document: string): Promise<PlannedNode | undefined> {
  const signal = AbortSignal.timeout(PLAN_MS_MAX);
  try {
    const { node } = await native.planAsync(document, undefined, NO_LABELS, 0, signal);
    return node;
  } catch (fault) {
    if (signal.aborted) throw new PlanTooCostly('The native planner ran out of time.', { cause: fault });
    throw fault;
  }
}

/** Lets so many in at once, the rest in turn, and turns away whom there is no room to wait for. */
function openPlaces() {
  const waiting: (() => void)[] = [];
  let taken = 0;
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else taken -= 1;
  };
  return {
    async enter(): Promise<() => void> {
      if (taken < PLANNING_MAX) {
        taken += 1;
        return leave;
      }
      if (waiting.length >= WAITING_MAX) throw new PlanTooCostly('Too many documents wait for their plan.');
      await new Promise<void>(enter => waiting.push(enter));
      return leave;
    },
  };
}
