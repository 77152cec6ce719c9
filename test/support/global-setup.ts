import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../kernel/db/embedded';
import { createTemplates } from './cluster';

/** Nothing in a test database has to survive a power cut. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } as const;

export default async function setUp(): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), 'purchasing-tests-'));
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
