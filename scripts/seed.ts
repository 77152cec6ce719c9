/** Tells the demonstration's history into the databases of `DATA_DIR`, without starting the product. */
import './platform/as-shipped';
import { z } from 'zod';
import { readConfig } from '../kernel/config';
import { generateSigningKeys } from '../subgraphs/licenses/ports/signing-keys';
import { openDatabaseServer, prepareDatabases } from './platform/databases';
import { openDataFolder } from './platform/deployment-folder';
import { houseNames } from './platform/houses';
import { step } from './platform/progress';
import { isSeeded, seedDemo } from './seed/seed-demo';

async function main(): Promise<void> {
  const config = readConfig({ DATA_DIR: z.string().min(1).default('.data'), DATABASE_URL: z.string().optional() });
  const folder = openDataFolder(config.DATA_DIR);
  folder.secret('license-signing-keys.json', () => JSON.stringify(generateSigningKeys()));
  const server = await step(
    'PostgreSQL',
    () => openDatabaseServer(folder, config.DATABASE_URL),
    opened => opened.description,
  );
  try {
    const databases = await step(
      'Databases',
      () => prepareDatabases(server, folder, houseNames()),
      made => `${made.size}, migrated`,
    );
    if (await isSeeded(databases)) process.stdout.write('  The story is there already.\n');
    else
      await step(
        'Demonstration data',
        onProgress => seedDemo({ databases, folder, onProgress }),
        made => made,
      );
  } finally {
    await server.stop();
    folder.release();
  }
}

main().catch(fault => {
  process.stderr.write(`\n  ${fault instanceof Error ? fault.message : String(fault)}\n\n`);
  process.exit(1);
});
