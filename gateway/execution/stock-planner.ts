import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PLAN_MS_MAX, type Planner, PlanTooCostly } from './planner';
import type { PlannedNode } from './steps';

/** What the thread answers. */
interface Answer {
  readonly id: number;
  readonly node?: PlannedNode;
  readonly fault?: string;
}

interface Waiting {
  readonly resolve: (node: PlannedNode | undefined) => void;
  readonly reject: (fault: Error) => void;
}

/** The thread reads the supergraph before its first plan. */
const START_MS_MAX = 10_000;

/**
 * Apollo's planner, on a thread of its own that is started when it is first needed. It cannot be interrupted: a plan
 * that takes too long ends the thread, and the next one gets a new thread.
 */
export function openStockPlanner(supergraphSdl: string): Planner {
  let thread: PlanningThread | null = null;
  return {
    plan(document) {
      thread ??= new PlanningThread(supergraphSdl, () => {
        thread = null;
      });
      return thread.plan(document);
    },
    close: async () => thread?.end(new Error('The planner is closed.')),
  };
}

class PlanningThread {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private readonly ready: Promise<void>;
  private asked = 0;

  constructor(
    supergraphSdl: string,
    private readonly onEnd: () => void,
  ) {
    // Beside the sources runs the source, beside the build the build.
    this.worker = new Worker(join(__dirname, `stock-planner-thread${extname(__filename)}`), { workerData: { supergraphSdl } });
    this.worker.unref();
    this.worker.on('error', fault => void this.end(fault instanceof Error ? fault : new Error(String(fault))));
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ready = promise;
    this.worker.on('message', (answer: Answer | 'ready') => (answer === 'ready' ? resolve() : this.settle(answer)));
  }

  async plan(document: string): Promise<PlannedNode | undefined> {
    this.asked += 1;
    const id = this.asked;
    const { promise, resolve, reject } = Promise.withResolvers<PlannedNode | undefined>();
    this.waiting.set(id, { resolve, reject });
    const tooLate = () => void this.end(new PlanTooCostly('The stock planner ran out of time.'));
    let timer = setTimeout(tooLate, START_MS_MAX);
    void this.ready.then(() => {
      clearTimeout(timer);
      if (!this.waiting.has(id)) return;
      timer = setTimeout(tooLate, PLAN_MS_MAX * (this.waiting.size + 1));
      this.worker.postMessage({ id, document });
    });
    return promise.finally(() => clearTimeout(timer));
  }

  async end(fault: Error): Promise<void> {
    this.onEnd();
    for (const { reject } of this.waiting.values()) reject(fault);
    this.waiting.clear();
    await this.worker.terminate();
  }

  private settle({ id, node, fault }: Answer): void {
    const asker = this.waiting.get(id);
    this.waiting.delete(id);
    if (fault === undefined) asker?.resolve(node);
    else asker?.reject(new Error(fault));
  }
}
