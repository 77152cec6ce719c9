/** One PostgreSQL for a whole run of tests; each test file gets databases of its own, copied from a template. */
import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { createHouseDatabases, houseDatabase } from '../../kernel/db/cluster';
import { migrate } from '../../kernel/db/migrate';

const TEMPLATE_PREFIX = 'template_';
const ROLE_SECRET = 'yes_for_tests_only';

/** The server that the global set-up has started. */
export function clusterUrl(): string {
  const url = process.env.TEST_CLUSTER_URL;
  if (!url) throw new Error('No test database: run the tests with jest, whose global set-up starts one.');
  return url;
}

/** Migrates one empty database for each house, to be copied. */
export async function createTemplates(adminUrl: string, houses: readonly string[]): Promise<void> {
  const databases = await createHouseDatabases({ adminUrl, prefix: TEMPLATE_PREFIX, roleSecret: ROLE_SECRET }, houses);
  for (const { house, ownerUrl, appRole } of databases) await migrate({ url: ownerUrl, migrationsPath: 'drizzle', house, appRole });
}

export interface FreshDatabase {
  /** As the role the house runs as. */
  readonly url: string;
  /** As the superuser: for looking behind the scenes. */
  readonly adminUrl: string;
  drop(): Promise<void>;
}

/** A fresh, migrated database for a house: a copy of its template. */
export async function freshDatabase(house: string): Promise<FreshDatabase> {
  const admin = postgres(clusterUrl(), { max: 1, onnotice: () => {} });
  const name = `test_${house}_${randomBytes(5).toString('hex')}`;
  const template = `${TEMPLATE_PREFIX}${house}`;
  try {
    await copyTemplate(admin, name, template);
    await admin.unsafe(`grant connect on database ${name} to ${template}_app`);
  } finally {
    await admin.end();
  }
  const { appUrl } = houseDatabase({ adminUrl: clusterUrl(), prefix: TEMPLATE_PREFIX, roleSecret: ROLE_SECRET }, house);
  return {
    url: withDatabase(appUrl, name),
    adminUrl: withDatabase(clusterUrl(), name),
    drop: async () => {
      const sql = postgres(clusterUrl(), { max: 1, onnotice: () => {} });
      await sql.unsafe(`drop database if exists ${name} with (force)`).finally(() => sql.end());
    },
  };
}

const ATTEMPTS_MAX = 50;

async function copyTemplate(admin: postgres.Sql, name: string, template: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await admin.unsafe(`create database ${name} template ${template} owner ${template}_owner strategy file_copy`);
      return;
    } catch (fault) {
      // Another file copies the same template at this moment.
      if (attempt === ATTEMPTS_MAX || !(fault instanceof postgres.PostgresError && fault.code === '55006')) throw fault;
      await new Promise(resume => setTimeout(resume, 40));
    }
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}
