import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** A fast shutdown: running statements are cut off, everything committed is kept. */
export async function stopServer(pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  for (let waited = 0; isAlive(pid) && waited < 10_000; waited += 25) await pause(25);
  if (isAlive(pid)) signal(pid, 'SIGQUIT');
}

/** Settles when a process that is not our child has ended. */
export async function endOf(pid: number): Promise<void> {
  while (isAlive(pid)) await pause(200);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself in the meantime, which is what was wanted.
  }
}

/** True while a process runs; one that has ended and was not collected yet does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch {
    return false;
  }
}

/** A process that has ended but was not yet collected still answers to a signal. */
function isZombie(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && /\) Z /.test(readFileSync(stat, 'utf8'));
}
