import { type PlannerAnswer, type PlannerKind, PlannerWorker } from './planner-worker';

/** A planner has no plan for a document. */
export class PlannerFault extends Error {
  override readonly name: string = 'PlannerFault';
}

/** There is no plan within the time that planning may take. */
export class PlanTooCostly extends PlannerFault {
  override readonly name = 'PlanTooCostly';
}

/** A usual plan takes a few milliseconds, and its process serves nobody else; a machine that is busy with other things takes its time. */
export const PLAN_MS_MAX = 2_000;
/** Who takes longer than this goes on beside the line, so that nobody waits behind a document that is made to take long. */
const IN_LINE_MS_MAX = 200;
/** So many go on beside the line, each in a process of its own. While there are as many, the next one has less time. */
const BESIDE_MAX = 2;
const CROWDED_MS_MAX = 500;
/** The process loads its planner, which reads the supergraph, before its first plan. */
const START_MS_MAX = 15_000;
const WAITING_MAX = 200;
/** A planner that never became ready so often has no library for this machine, or cannot read the supergraph. */
const STARTS_MAX = 3;

interface Job {
  readonly document: string;
  readonly resolve: (plan: string) => void;
  readonly reject: (fault: PlannerFault) => void;
}

interface Running {
  readonly job: Job;
  timer: NodeJS.Timeout | undefined;
}

/**
 * A planner in a process of its own. A plan that takes too long cannot be interrupted, and a native planner that comes
 * upon its own fault ends the process it is in: that process must not be the one that serves. Whatever ends it costs one
 * document its plan; the next document gets a new process.
 */
export class PlannerProcess {
  /** The process that takes the next document, and the document it is at. */
  private worker: PlannerWorker | null = null;
  private current: Running | null = null;
  private readonly beside = new Map<PlannerWorker, Running>();
  private readonly waiting: Job[] = [];
  private failedStarts = 0;
  private isClosing = false;

  constructor(
    private readonly kind: PlannerKind,
    private readonly supergraphSdl: string,
  ) {
    this.start();
  }

  /** Documents that have no plan yet. */
  get pending(): number {
    return this.waiting.length + (this.current ? 1 : 0) + this.beside.size;
  }

  plan(document: string): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.failedStarts >= STARTS_MAX) return reject(this.doesNotStart());
      if (this.waiting.length >= WAITING_MAX) return reject(new PlanTooCostly('Too many documents wait for their plan.'));
      this.waiting.push({ document, resolve, reject });
      this.next();
    });
  }

  /** Ends when the plans that are being made are done. */
  close(): void {
    this.isClosing = true;
    this.next();
  }

  private start(): PlannerWorker {
    this.worker = new PlannerWorker(this.kind, this.supergraphSdl, {
      heard: (worker, answer) => this.take(worker, answer),
      ended: worker => this.ended(worker, new PlannerFault(`The ${this.kind} planner ended.`)),
    });
    return this.worker;
  }

  private next(): void {
    if (this.current) return;
    const job = this.waiting.shift();
    if (!job) {
      if (this.isClosing) this.worker?.end();
      return;
    }
    this.current = { job, timer: undefined };
    const worker = this.worker ?? this.start();
    worker.hold();
    if (worker.isReady) this.send(worker, this.current);
    else this.limit(this.current, START_MS_MAX, () => this.giveUp(worker, this.doesNotStart()));
  }

  private send(worker: PlannerWorker, running: Running): void {
    this.limit(running, IN_LINE_MS_MAX, () => this.stepAside(worker, running));
    worker.send(running.job.document);
  }

  /** Whoever waits in line gets a new process; this one finishes what it is at, or runs out of time. */
  private stepAside(worker: PlannerWorker, running: Running): void {
    if (this.beside.size >= BESIDE_MAX) {
      this.limit(running, CROWDED_MS_MAX - IN_LINE_MS_MAX, () => this.giveUp(worker, outOfTime()));
      return;
    }
    this.beside.set(worker, running);
    worker.stepBack();
    this.limit(running, PLAN_MS_MAX - IN_LINE_MS_MAX, () => this.giveUp(worker, outOfTime()));
    this.worker = null;
    this.current = null;
    if (!this.isClosing) this.start();
    this.next();
  }

  private limit(running: Running, ms: number, late: () => void): void {
    clearTimeout(running.timer);
    running.timer = setTimeout(late, ms);
  }

  private take(worker: PlannerWorker, { ready, plan, fault }: PlannerAnswer): void {
    if (ready) {
      this.failedStarts = 0;
      if (this.current && worker === this.worker) this.send(worker, this.current);
      return;
    }
    const isBeside = this.beside.has(worker);
    const job = this.settle(worker);
    if (isBeside) worker.end();
    if (plan === undefined) job?.reject(new PlannerFault(fault ?? 'There is no plan.'));
    else job?.resolve(plan);
    this.next();
  }

  private giveUp(worker: PlannerWorker, fault: PlannerFault): void {
    worker.end();
    this.ended(worker, fault);
  }

  private ended(worker: PlannerWorker, fault: PlannerFault): void {
    if (!worker.isReady) this.failedStarts += 1;
    const job = this.settle(worker);
    if (worker === this.worker) this.worker = null;
    job?.reject(fault);
    this.next();
  }

  /** Takes the document from a process, and its time with it. */
  private settle(worker: PlannerWorker): Job | null {
    const running = this.beside.get(worker) ?? (worker === this.worker ? this.current : null);
    if (!running) return null;
    clearTimeout(running.timer);
    if (!this.beside.delete(worker)) this.current = null;
    worker.release();
    return running.job;
  }

  private doesNotStart(): PlannerFault {
    return new PlannerFault(`The ${this.kind} planner does not start.`);
  }
}

const outOfTime = () => new PlanTooCostly('The planner ran out of time.');
