import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CannotStart } from './deployment-folder';

export interface ProcessOptions {
  readonly name: string;
  /** From the root of the project, without its extension: `subgraphs/orders/server`. */
  readonly module: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly logs: string;
  /** Where the process answers when it is ready. */
  readonly url: string;
  /** True runs what was built, false the sources. */
  readonly isBuilt: boolean;
}

/** A process of ours that is started again when it ends without having been asked to. */
export interface Supervised {
  readonly name: string;
  readonly url: string;
  pid(): number | undefined;
  stop(): Promise<void>;
}

const READY_TIMEOUT_MS = 90_000;
const RESTART_MS = [100, 250, 500, 1_000, 2_000, 5_000] as const;
const STEADY_MS = 10_000;
/** A process drains within 25 seconds; after that it is not going to. */
const STOP_TIMEOUT_MS = 26_000;
/** What is started runs as whoever starts it does: built from built files, sources from sources. */
export const isBuilt = __filename.endsWith('.js');

/** Starts a process and answers when it is ready. From the built product it runs built files, from the sources the sources. */
export async function supervise(options: ProcessOptions): Promise<Supervised> {
  const logPath = join(options.logs, `${options.name}.log`);
  const log = createWriteStream(logPath);
  let isStopping = false;
  let child = launch();
  let restarts = 0;

  function launch(): ChildProcess {
    const startedAt = performance.now();
    const started = spawn(process.execPath, [...argumentsFor(options)], {
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...options.variables },
      // The channel tells a child that its parent is gone, however the parent ended.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    started.stdout?.pipe(log, { end: false });
    started.stderr?.pipe(log, { end: false });
    started.once('exit', (code, signal) => {
      if (isStopping) return;
      log.write(`${JSON.stringify({ name: options.name, msg: 'ended unasked', code, signal })}\n`);
      if (performance.now() - startedAt > STEADY_MS) restarts = 0;
      void pause(RESTART_MS[Math.min(restarts++, RESTART_MS.length - 1)]).then(() => {
        if (!isStopping) child = launch();
      });
    });
    return started;
  }

  await untilReady(options, logPath, () => restarts < 3);
  return {
    name: options.name,
    url: options.url,
    pid: () => child.pid,
    stop: async () => {
      isStopping = true;
      if (child.exitCode === null && child.signalCode === null) {
        const ended = new Promise<void>(done => child.once('exit', () => done()));
        child.kill('SIGTERM');
        const isLate = await Promise.race([ended.then(() => false), pause(STOP_TIMEOUT_MS, true, { ref: false })]);
        if (isLate) child.kill('SIGKILL');
      }
      log.end();
    },
  };
}

function argumentsFor({ module, isBuilt: fromBuilt }: ProcessOptions): readonly string[] {
  return fromBuilt
    ? ['--enable-source-maps', join('dist', `${module}.js`)]
    : ['--conditions=development', '--import', 'tsx', `${module}.ts`];
}

async function untilReady(options: ProcessOptions, logPath: string, mayRecover: () => boolean): Promise<void> {
  const until = performance.now() + READY_TIMEOUT_MS;
  while (performance.now() < until && mayRecover()) {
    const isReady = await fetch(`${options.url}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
      response => response.ok,
      () => false,
    );
    if (isReady) return;
    await pause(40);
  }
  const said = existsSync(logPath)
    ? readFileSync(logPath, 'utf8')
        .trim()
        .split('\n')
        .filter(line => !line.startsWith('{"name"'))
        .slice(-1)[0]
    : '';
  throw new CannotStart(`${options.name} did not start${said ? `: ${said}` : ''} (its log: ${logPath}).`);
}
