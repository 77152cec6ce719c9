/**
 * Creates and migrates each house's database on the server that `DATABASE_URL` names, as an operator does before a
 * deployment. `ROLE_SECRET` is what the roles' passwords are derived from; the addresses to configure the houses with
 * are printed without them.
 */
import { z } from 'zod';
import { postgresUrl, readConfig } from '../kernel/config';
import { createHouseDatabases } from '../kernel/db/cluster';
import { migrate } from '../kernel/db/migrate';
import { houseNames } from './platform/houses';

async function main(): Promise<void> {
  const config = readConfig({ DATABASE_URL: postgresUrl, ROLE_SECRET: z.string({ error: 'at least 32 random characters' }).min(32) });
  for (const { house, ownerUrl, appUrl, appRole } of await createHouseDatabases({ adminUrl: config.DATABASE_URL, roleSecret: config.ROLE_SECRET }, houseNames())) {
    const applied = await migrate({ url: ownerUrl, migrationsPath: 'drizzle', house, appRole });
    const { host, pathname, username } = new URL(appUrl);
    process.stdout.write(`${house.padEnd(15)} ${host}${pathname} as ${username}: ${applied.length === 0 ? 'up to date' : applied.join(', ')}\n`);
  }
}

main().catch(fault => {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exit(1);
});
