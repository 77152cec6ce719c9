import { rmSync } from 'node:fs';
import type { EmbeddedPostgres } from '../../kernel/db/embedded';

export default async function tearDown(): Promise<void> {
  const { testCluster } = globalThis as unknown as { testCluster?: { server: EmbeddedPostgres; path: string } };
  await testCluster?.server.stop();
  if (testCluster) rmSync(testCluster.path, { recursive: true, force: true });
}
