/**
 * Creates and migrates each house's database on the server that `DATABASE_URL` names, as an operator does before a
 * deployment. `ROLE_SECRET` is what the roles' passwords are derived from. What is printed holds no password; with
 * `ADDRESSES_DIR` each house's whole address is written to a file there, for its `DATABASE_URL_FILE`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { postgresUrl, readConfig } from '../kernel/config';
import { createHouseDatabases } from '../kernel/db/cluster';
import { migrate } from '../kernel/db/migrate';
import { houseNames } from './platform/houses';

const SHAPE = {
  DATABASE_URL: postgresUrl,
  ROLE_SECRET: z.string({ error: 'at least 32 random characters' }).min(32, 'at least 32 random characters'),
  ADDRESSES_DIR: z.string().min(1).optional(),
};

async function main(): Promise<void> {
  const config = readConfig(SHAPE);
  if (config.ADDRESSES_DIR) mkdirSync(config.ADDRESSES_DIR, { recursive: true });
  for (const { house, ownerUrl, appUrl, appRole } of await createHouseDatabases(
    { adminUrl: config.DATABASE_URL, roleSecret: config.ROLE_SECRET },
    houseNames(),
  )) {
    const applied = await migrate({ url: ownerUrl, migrationsPath: 'drizzle', house, appRole });
    if (config.ADDRESSES_DIR) writeFileSync(join(config.ADDRESSES_DIR, house), appUrl, { mode: 0o600 });
    const { host, pathname, username } = new URL(appUrl);
    process.stdout.write(
      `${house.padEnd(15)} ${host}${pathname} as ${username}: ${applied.length === 0 ? 'up to date' : applied.join(', ')}\n`,
    );
  }
}

main().catch(fault => {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exit(1);
});
