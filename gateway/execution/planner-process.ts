import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';

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

/** What the process answers: that it is ready, a plan as JSON text, or why there is none. */
interface Answer {
  readonly ready?: true;
  readonly plan?: string;
  readonly fault?: string;
}

/**
 * A planner in a process of its own. A plan that takes too long cannot be interrupted, and a native planner that comes
 * upon its own fault ends the process it is in: that process must not be the one that serves. Whatever ends it costs one
 * document its plan; the next document gets a new process.
 */
export class PlannerProcess {
  private process: ChildProcess | null = null;
  private isReady = false;
  private failedStarts = 0;
  private isClosing = false;
  private current: Job | null = null;
  private timer: NodeJS.Timeout | undefined;
  private readonly waiting: Job[] = [];

  constructor(
    private readonly kind: 'native' | 'stock',
    private readonly supergraphSdl: string,
  ) {
    this.start();
  }

  plan(document: string): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.failedStarts >= STARTS_MAX) return reject(new PlannerFault(`The ${this.kind} planner does not start.`));
      if (this.waiting.length >= WAITING_MAX) return reject(new PlanTooCostly('Too many documents wait for their plan.'));
      this.waiting.push({ document, resolve, reject });
      this.next();
    });
  }

  close(): void {
    this.isClosing = true;
    this.next();
  }

  private start(): void {
    // Beside the sources runs the source, whose types Node erases itself; beside the build runs the build.
    const started = fork(join(__dirname, `planner-program.m${extname(__filename).slice(1)}`), [this.kind], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.process = started;
    this.isReady = false;
    started.unref();
    started.channel?.unref();
    started.on('message', (answer: Answer) => this.take(answer));
    started.once('error', () => started.kill('SIGKILL'));
    started.once('exit', () => this.process === started && this.ended(new PlannerFault(`The ${this.kind} planner ended.`)));
    started.send({ supergraphSdl: this.supergraphSdl }, () => {});
  }

  private next(): void {
    if (this.current) return;
    const job = this.waiting.shift();
    if (!job) {
      if (this.isClosing) this.end();
      return;
    }
    this.current = job;
    if (!this.process) this.start();
    this.process?.channel?.ref();
    if (this.isReady) this.send(job);
    else this.timer = setTimeout(() => this.giveUp(new PlannerFault(`The ${this.kind} planner does not start.`)), START_MS_MAX);
  }

  private send({ document }: Job): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.giveUp(new PlanTooCostly('The planner ran out of time.')), PLAN_MS_MAX);
    this.process?.send({ document }, () => {});
  }

  private take({ ready, plan, fault }: Answer): void {
    if (ready) {
      this.isReady = true;
      this.failedStarts = 0;
      if (this.current) this.send(this.current);
      return;
    }
    const job = this.settle();
    if (plan === undefined) job?.reject(new PlannerFault(fault ?? 'There is no plan.'));
    else job?.resolve(plan);
    this.next();
  }

  private giveUp(fault: PlannerFault): void {
    this.end();
    this.ended(fault);
  }

  private ended(fault: PlannerFault): void {
    if (!this.isReady) this.failedStarts += 1;
    this.process = null;
    this.settle()?.reject(fault);
    this.next();
  }

  private end(): void {
    const { process } = this;
    this.process = null;
    process?.kill('SIGKILL');
  }

  private settle(): Job | null {
    const job = this.current;
    this.current = null;
    clearTimeout(this.timer);
    this.process?.channel?.unref();
    return job;
  }
}
