import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Why the product cannot start here, in one sentence that says what to do. */
export class CannotStart extends Error {}

/** Where one deployment on this machine keeps everything: its database, its secrets, its logs and its mail. */
export interface DataFolder {
  readonly path: string;
  readonly postgres: string;
  readonly logs: string;
  readonly mail: string;
  readonly secrets: string;
  readonly demo: string;
  readonly personas: string;
  /** A secret of this folder: made once, kept, never shown. */
  secret(name: string, make?: () => string): string;
  /** The path of the file that keeps a secret. */
  secretPath(name: string): string;
  /** Lets another start use the folder. */
  release(): void;
}

const FREE_BYTES_MIN = 500_000_000;

/** Takes a folder for one running deployment. A lock left by a start that was killed is taken over. */
export function openDataFolder(at: string): DataFolder {
  const path = resolve(at);
  const inFolder = (name: string) => join(path, name);
  try {
    for (const folder of [path, inFolder('postgres'), inFolder('logs'), inFolder('mail'), inFolder('secrets')])
      mkdirSync(folder, { recursive: true });
  } catch (fault) {
    throw new CannotStart(`The folder ${path} cannot be written (${reasonOf(fault)}): set DATA_DIR to one that can.`);
  }
  const { bavail, bsize } = statfsSync(path);
  if (bavail * bsize < FREE_BYTES_MIN) {
    throw new CannotStart(
      `The disk below ${path} is almost full: free at least ${FREE_BYTES_MIN / 1_000_000} MB, or set DATA_DIR to another disk.`,
    );
  }
  const lock = inFolder('start.pid');
  takeLock(lock, path);
  const secretPath = (name: string) => join(path, 'secrets', name);
  return {
    path,
    postgres: inFolder('postgres'),
    logs: inFolder('logs'),
    mail: inFolder('mail'),
    secrets: inFolder('secrets'),
    demo: inFolder('demo.json'),
    personas: inFolder('personas.json'),
    secretPath,
    secret: (name, make = () => randomBytes(32).toString('hex')) => {
      if (!existsSync(secretPath(name))) writeFileSync(secretPath(name), make(), { mode: 0o600 });
      return readFileSync(secretPath(name), 'utf8').trim();
    },
    release: () => rmSync(lock, { force: true }),
  };
}

function takeLock(lock: string, path: string): void {
  const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  if (holder > 0 && holder !== process.pid && isOurs(holder)) {
    throw new CannotStart(
      `Process ${holder} already runs the product on ${path}: stop it, or set DATA_DIR and PORT to run another beside it.`,
    );
  }
  writeFileSync(lock, `${process.pid}`);
}

/** A number in a stale lock may long belong to somebody else. */
function isOurs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const commandLine = `/proc/${pid}/cmdline`;
    return !existsSync(commandLine) || /start\.(js|ts)/.test(readFileSync(commandLine, 'utf8'));
  } catch {
    return false;
  }
}

const reasonOf = (fault: unknown): string => (fault instanceof Error && 'code' in fault ? String(fault.code) : String(fault));
