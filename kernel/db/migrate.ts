import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger, runMigrations as migrateJobs } from 'graphile-worker';
import postgres from 'postgres';

export interface MigrateOptions {
  /** Connects as the owner of the database. */
  readonly url: string;
  /** The folder that holds `kernel/` and a folder for each house. */
  readonly migrationsPath: string;
  readonly house: string;
  /** The role the house runs as; it gets rows, never tables. */
  readonly appRole: string;
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly hash: string;
}

/** Any number will do, as long as every migrator of this product takes the same lock. */
const MIGRATION_LOCK = 7_242_001;

/**
 * Brings a house's database up to date: the kernel's tables, the job queue, then the house's own, each file in its own
 * transaction and once. Two migrators at the same time queue. A file that changed after it ran, or one that should have
 * run earlier, stops the house with a sentence: a database is never half understood.
 */
export async function migrate(options: MigrateOptions): Promise<readonly string[]> {
  const sql = postgres(options.url, { max: 1, onnotice: () => {}, connection: { application_name: `migrate ${options.house}` } });
  const applied: string[] = [];
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await sql`create table if not exists schema_migration (name text primary key, hash text not null, applied_at timestamptz not null default now())`;
    await sql.unsafe(`alter default privileges in schema public grant select, insert, update, delete on tables to ${options.appRole}`);
    await sql.unsafe(`alter default privileges in schema public grant usage, select on sequences to ${options.appRole}`);
    await sql.unsafe(`grant usage on schema public to ${options.appRole}`);
    for (const folder of ['kernel', options.house]) {
      applied.push(...(await applyFolder(sql, folder, migrationsIn(join(options.migrationsPath, folder), folder))));
    }
    await prepareJobs(sql, options);
    return applied;
  } finally {
    await sql.end();
  }
}

function migrationsIn(path: string, folder: string): readonly Migration[] {
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter(file => /^\d{4}_\w+\.sql$/.test(file))
    .sort()
    .map(file => {
      const text = readFileSync(join(path, file), 'utf8');
      return { name: `${folder}/${file}`, sql: text, hash: createHash('sha256').update(text).digest('hex') };
    });
}

async function applyFolder(sql: postgres.Sql, folder: string, migrations: readonly Migration[]): Promise<readonly string[]> {
  const rows = await sql<{ name: string; hash: string }[]>`select name, hash from schema_migration where name like ${`${folder}/%`}`;
  const hashByName = new Map(rows.map(row => [row.name, row.hash]));
  const newest = [...hashByName.keys()].sort().at(-1) ?? '';
  const applied: string[] = [];
  for (const migration of migrations) {
    const known = hashByName.get(migration.name);
    if (known === migration.hash) continue;
    if (known) throw new Error(`The migration ${migration.name} changed after it ran. Restore it and add a new one.`);
    if (migration.name < newest)
      throw new Error(`The migration ${migration.name} comes before ${newest}, which already ran. Number it after.`);
    await sql.begin(async tx => {
      await tx.unsafe(migration.sql);
      await tx`insert into schema_migration (name, hash) values (${migration.name}, ${migration.hash})`;
    });
    applied.push(migration.name);
  }
  return applied;
}

/** The queue's tables are its own; the house's role may use them, which its row-level security must be told. */
async function prepareJobs(sql: postgres.Sql, { url, appRole }: MigrateOptions): Promise<void> {
  const had = await sql`select 1 from schema_migration where name = ${`jobs for ${appRole}`}`;
  await migrateJobs({ connectionString: url, logger: quiet });
  if (had.length > 0) return;
  await sql.begin(async tx => {
    await tx.unsafe(`grant usage on schema graphile_worker to ${appRole}`);
    await tx.unsafe(`grant select, insert, update, delete on all tables in schema graphile_worker to ${appRole}`);
    await tx.unsafe(`grant usage, select on all sequences in schema graphile_worker to ${appRole}`);
    await tx.unsafe(`grant execute on all functions in schema graphile_worker to ${appRole}`);
    const guardedTables = await tx<{ relname: string }[]>`
      select relname from pg_class where relnamespace = 'graphile_worker'::regnamespace and relkind = 'r' and relrowsecurity`;
    for (const { relname } of guardedTables) {
      await tx.unsafe(`create policy house on graphile_worker.${relname} to ${appRole} using (true) with check (true)`);
    }
    await tx`insert into schema_migration (name, hash) values (${`jobs for ${appRole}`}, '')`;
  });
}

const silence = () => {};
const quiet = new Logger(() => silence);
