import { type ChildProcess, fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { extname, join } from 'node:path';

export type PlannerKind = 'native' | 'stock';

/** What the process answers: that it is ready, a plan as JSON text, or why there is none. */
export interface PlannerAnswer {
  readonly ready?: true;
  readonly plan?: string;
  readonly fault?: string;
}

/** Who started it hears what it says, and when it ended by itself. */
export interface PlannerListener {
  heard(worker: PlannerWorker, answer: PlannerAnswer): void;
  ended(worker: PlannerWorker): void;
}

/** One process with a planner in it, which makes one plan at a time. */
export class PlannerWorker {
  isReady = false;
  private readonly process: ChildProcess;
  private isOver = false;

  constructor(kind: PlannerKind, supergraphSdl: string, listener: PlannerListener) {
    // Beside the sources runs the source, whose types Node erases itself; beside the build runs the build.
    this.process = fork(join(__dirname, `planner-program.m${extname(__filename).slice(1)}`), [kind], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.process.unref();
    this.process.channel?.unref();
    this.process.on('message', (answer: PlannerAnswer) => {
      if (this.isOver) return;
      if (answer.ready) this.isReady = true;
      listener.heard(this, answer);
    });
    this.process.once('error', () => this.process.kill('SIGKILL'));
    this.process.once('exit', () => {
      if (!this.isOver) listener.ended(this);
    });
    this.process.send({ supergraphSdl }, () => {});
  }

  send(document: string): void {
    this.process.send({ document }, () => {});
  }

  /** While somebody waits for it, this process does not end. */
  hold(): void {
    this.process.channel?.ref();
  }

  release(): void {
    this.process.channel?.unref();
  }

  /** Lets everything else that runs on this machine go first. */
  stepBack(): void {
    try {
      if (this.process.pid) setPriority(this.process.pid, constants.priority.PRIORITY_LOW);
    } catch {
      // It has ended, or the machine does not let us: then it goes on as it is.
    }
  }

  end(): void {
    this.isOver = true;
    this.process.kill('SIGKILL');
  }
}
