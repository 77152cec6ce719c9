import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../kernel/db/embedded';
import { createTemplates } from './cluster';

/** Nothing in a test database has to survive a power cut. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '128MB' } as const;

const PREFIX = 'purchasing-tests-';
const MEMORY = '/dev/shm';
const MEMORY_BYTES_MIN = 2_000_000_000;
/** No run takes as long; what a killed one has left is in nobody's use any more. */
const LEFT_BEHIND_MS = 2 * 3_600_000;

/**
 * Memory where there is plenty of it, or the disk. Each test file makes a database of some hundred files and drops it, and
 * a journaling file system looks long for names that were not in use a moment ago: half of the time of all tests.
 */
function folderForFiles(): string {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > MEMORY_BYTES_MIN ? MEMORY : tmpdir();
}

function clearLeftovers(folder: string): void {
  for (const name of readdirSync(folder).filter(name => name.startsWith(PREFIX))) {
    const path = join(folder, name);
    if (Date.now() - statSync(path).mtimeMs > LEFT_BEHIND_MS) rmSync(path, { recursive: true, force: true });
  }
}

export default async function setUp(): Promise<void> {
  const folder = folderForFiles();
  clearLeftovers(folder);
  const path = mkdtempSync(join(folder, PREFIX));
  const server = await startPostgres({ path, settings: SETTINGS });
  process.env.TEST_CLUSTER_URL = server.url;
  Object.assign(globalThis, { testCluster: { server, path } });
  try {
    await createTemplates(server.url, readdirSync('subgraphs').sort());
  } catch (fault) {
    // The tear-down is not called after a failed set-up.
    await server.stop();
    throw fault;
  }
}
