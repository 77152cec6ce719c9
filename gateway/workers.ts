import cluster, { type Worker } from 'node:cluster';
import { setTimeout as pause } from 'node:timers/promises';
import { RateLimiterClusterMaster } from 'rate-limiter-flexible';
import type { Log } from '#kernel/log';
import { answerMetrics } from './worker-metrics';

export interface WorkersOptions {
  readonly count: number;
  /** A worker that has grown beyond this is replaced. */
  readonly memoryMaxMb: number;
  readonly log: Log;
}

/** A worker that ends sooner than this after its start waits before it is replaced, so that a fault does not spin. */
const SHORT_LIFE_MS = 2_000;
/** Time that a worker has to finish what runs; it gives up a little earlier by itself. */
const DRAIN_MS_MAX = 25_000;
const MEMORY_EVERY_MS = 2_000;

interface MemoryReport {
  readonly kind: 'memory';
  readonly mb: number;
}

/**
 * Keeps so many gateways on one address, each in a process of its own: one that dies is replaced, one that has grown too
 * large is replaced once its successor listens, and SIGHUP replaces all of them one after the other. Does not return until
 * SIGTERM has drained them; answers with the process's exit code.
 */
export async function runWorkers(options: WorkersOptions): Promise<number> {
  const { count, log } = options;
  // Counts for all of them what partners' systems use up.
  new RateLimiterClusterMaster();
  const crew = new Crew(options);
  const over = Promise.withResolvers<number>();
  const stop = () => void crew.stop().then(() => over.resolve(0));
  cluster.on('exit', (worker, code) => {
    if (crew.isExpected(worker)) return;
    if (!crew.hasListened && code !== 0) return over.resolve(1);
    log.error('A worker died and is replaced.', { count: worker.process.pid ?? 0, code: String(code) });
    void crew.replaceDead(worker);
  });
  cluster.on('message', (worker, message) => {
    if (isMemoryReport(message) && message.mb > options.memoryMaxMb) void crew.replace(worker, 'memory');
    answerMetrics(worker, message);
  });
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('SIGHUP', () => void crew.replaceAll());
  // A parent that was killed cannot say so.
  if (process.send) process.once('disconnect', stop);
  for (let started = 0; started < count; started += 1) void crew.start();
  return over.promise;
}

class Crew {
  hasListened = false;
  private isStopping = false;
  private readonly startedAt = new WeakMap<Worker, number>();
  private readonly leaving = new WeakSet<Worker>();
  // One after the other: never more than one is missing.
  private line: Promise<void> = Promise.resolve();

  constructor(private readonly options: WorkersOptions) {}

  /** Resolves when the new worker listens; false when it never did. */
  async start(): Promise<boolean> {
    const worker = cluster.fork();
    this.startedAt.set(worker, performance.now());
    const isListening = await new Promise<boolean>(done => {
      worker.once('listening', () => done(true));
      worker.once('exit', () => done(false));
    });
    this.hasListened ||= isListening;
    return isListening;
  }

  isExpected(worker: Worker): boolean {
    return this.isStopping || this.leaving.has(worker);
  }

  async replaceDead(worker: Worker): Promise<void> {
    const lived = performance.now() - (this.startedAt.get(worker) ?? 0);
    if (lived < SHORT_LIFE_MS) await pause(SHORT_LIFE_MS);
    if (!this.isStopping) await this.start();
  }

  replace(worker: Worker, reason: string): Promise<void> {
    if (this.leaving.has(worker) || this.isStopping) return this.line;
    this.leaving.add(worker);
    this.line = this.line.then(async () => {
      if (this.isStopping || worker.isDead()) return;
      this.options.log.info('A worker is replaced.', { count: worker.process.pid ?? 0, reason });
      if (await this.start()) await dismiss(worker);
      else this.leaving.delete(worker);
    });
    return this.line;
  }

  async replaceAll(): Promise<void> {
    await Promise.all(workers().map(worker => this.replace(worker, 'restart')));
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await Promise.all(workers().map(dismiss));
  }
}

const workers = (): readonly Worker[] => Object.values(cluster.workers ?? {}).filter(worker => worker !== undefined);

async function dismiss(worker: Worker): Promise<void> {
  if (worker.isDead()) return;
  const gone = new Promise<void>(done => worker.once('exit', () => done()));
  worker.process.kill('SIGTERM');
  const late = pause(DRAIN_MS_MAX, null, { ref: false }).then(() => void worker.process.kill('SIGKILL'));
  await Promise.race([gone, late]);
}

/** In a worker: tells the first process how large this one is. */
export function reportMemory(): void {
  const report = () => process.send?.({ kind: 'memory', mb: Math.round(process.memoryUsage.rss() / 1024 / 1024) } satisfies MemoryReport);
  setInterval(report, MEMORY_EVERY_MS).unref();
}

const isMemoryReport = (message: unknown): message is MemoryReport =>
  typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'memory';
