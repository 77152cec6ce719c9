/**
 * Writes the next migration of a house: `npm run migrations -- orders add_purchase_order_number`. It compares the tables
 * in `subgraphs/<house>/store/tables.ts` with the snapshot of the last migration, and writes the SQL that leads from
 * one to the other. `npm run migrations -- --check` writes nothing and fails when a house's tables are ahead.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type DrizzleSnapshotJSON, generateDrizzleJson, generateMigration } from 'drizzle-kit/api';

const NAME = /^[a-z][a-z0-9_]*$/;
/** A snapshot's id is random; a fixed one keeps the file the same for the same tables. */
const FIXED_ID = '00000000-0000-0000-0000-000000000000';

/** The houses that keep tables. */
export const housesWithTables = (): readonly string[] =>
  readdirSync('subgraphs')
    .filter(house => existsSync(join('subgraphs', house, 'store/tables.ts')))
    .toSorted();

/** The SQL statements that lead from a house's last migration to its tables as the code has them now. */
export async function pendingStatements(house: string): Promise<{ readonly statements: readonly string[]; readonly tables: object }> {
  const tables: Record<string, unknown> = await import(resolve('subgraphs', house, 'store/tables.ts'));
  const current = { ...generateDrizzleJson(tables, FIXED_ID, ['public'], 'snake_case'), id: FIXED_ID };
  return { statements: await generateMigration(snapshotOf(house), current), tables: current };
}

function snapshotOf(house: string): DrizzleSnapshotJSON {
  const path = join('drizzle', house, 'snapshot.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : generateDrizzleJson({}, FIXED_ID, ['public'], 'snake_case');
}

async function writeNext(house: string, name: string): Promise<void> {
  const { statements, tables } = await pendingStatements(house);
  if (statements.length === 0) return console.log(`${house}: the tables are as the last migration left them; nothing to write.`);
  const folder = join('drizzle', house);
  mkdirSync(folder, { recursive: true });
  const last = readdirSync(folder).reduce((max, file) => Math.max(max, Number(/^(\d{4})_.*\.sql$/.exec(file)?.[1] ?? 0)), 0);
  const path = join(folder, `${String(last + 1).padStart(4, '0')}_${name}.sql`);
  writeFileSync(path, `${statements.join('\n')}\n`);
  writeFileSync(join(folder, 'snapshot.json'), `${JSON.stringify(tables, null, 2)}\n`);
  console.log(`${path}: ${statements.length} statements. Read it: a migration must be safe while the version before it still runs.`);
}

async function check(): Promise<void> {
  for (const house of housesWithTables()) {
    const { statements } = await pendingStatements(house);
    if (statements.length === 0) continue;
    console.error(`${house}: the tables have changes without a migration. Run: npm run migrations -- ${house} <name>`);
    process.exitCode = 1;
  }
}

async function main([house, name]: readonly string[]): Promise<void> {
  if (house === '--check') return check();
  if (house && name && NAME.test(name) && housesWithTables().includes(house)) return writeNext(house, name);
  console.error(`Use: npm run migrations -- <house> <name_in_snake_case>\nHouses with tables: ${housesWithTables().join(', ')}`);
  process.exitCode = 2;
}

if (require.main === module) void main(process.argv.slice(2));
