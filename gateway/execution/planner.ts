import type { Log } from '#kernel/log';
import { PlannerFault, PlannerProcess, PlanTooCostly } from './planner-process';
import { withoutRootNames } from './root-names';
import type { PlannedNode } from './steps';

/** Finds out which house is asked what, and in which order. */
export interface Planner {
  /** The plan of a document with one operation, or nothing when no house has to be asked. Throws `PlanTooCostly`. */
  plan(document: string): Promise<PlannedNode | undefined>;
  /** Documents that wait for their plan. */
  readonly pending: number;
  /** Ends its processes when the plans that are being made are done. */
  close(): void;
}

/**
 * The native planner, and behind it Apollo's. The second makes a plan where the first's library does not load, where it
 * cannot read this supergraph, and where it fails on one document.
 */
export function openPlanner(supergraphSdl: string, log: Log): Planner {
  const names = withoutRootNames(supergraphSdl);
  const native = new PlannerProcess('native', names.supergraphSdl);
  let stock: PlannerProcess | null = null;
  return {
    async plan(document) {
      try {
        return nodeOf(names.restore(await native.plan(names.hide(document))));
      } catch (fault) {
        if (!(fault instanceof PlannerFault) || fault instanceof PlanTooCostly) throw fault;
        log.warn('The native planner has no plan; the stock planner makes it.', { fault });
        stock ??= new PlannerProcess('stock', supergraphSdl);
        return nodeOf(await stock.plan(document));
      }
    },
    get pending() {
      return native.pending + (stock?.pending ?? 0);
    },
    close() {
      native.close();
      stock?.close();
    },
  };
}

function nodeOf(plan: string): PlannedNode | undefined {
  return JSON.parse(plan) ?? undefined;
}
