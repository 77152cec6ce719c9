/**
 * Takes over accounts, subscriptions and open invoices of another system: `npm run import './platform/as-shipped';
import -- --dry-run accounts.csv …`.
 * docs/import.md describes the files. Run again after it was stopped or killed, it goes on where it was; what is there
 * already is not taken over twice. It ends with 1 when a record was refused, and says which and why.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readConfig } from '../kernel/config';
import { openDatabase } from '../kernel/db/database';
import { wallClock } from '../kernel/time';
import { generateSigningKeys } from '../subgraphs/licenses/ports/signing-keys';
import type { Houses } from './import/act';
import { importRecords, type Outcome } from './import/import-records';
import { readFiles } from './import/read-files';
import { openDatabaseServer, prepareDatabases } from './platform/databases';
import { openDataFolder } from './platform/deployment-folder';
import { houseNames } from './platform/houses';
import { openStage } from './seed/stage';

const SETTINGS = {
  ADDRESSES_DIR: z.string().min(1).optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z.string().optional(),
  /** How long billing may take to hear of a new account. */
  PATIENCE_MS: z.coerce.number().int().min(0).default(60_000),
};
const USAGE = 'Name the files: npm run import -- [--dry-run] [--source NAME] FILE.jsonl FILE.csv …';

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false }, source: { type: 'string', default: 'import' } },
  });
  const missing = positionals.find(path => !existsSync(path));
  if (positionals.length === 0 || missing) throw new Error(missing ? `There is no file ${missing}.` : USAGE);
  const found = readFiles(positionals);
  const settings = readConfig(SETTINGS);
  const place = settings.ADDRESSES_DIR ? openAddresses(settings.ADDRESSES_DIR) : await openFolder(settings.DATA_DIR, settings.DATABASE_URL);
  const counts = { taken: 0, refused: 0 };
  const onDone = ({ place: at, kind, reference, refusal }: Outcome) => {
    counts[refusal ? 'refused' : 'taken']++;
    process.stdout.write(
      refusal ? `refused  ${at}  ${kind} ${reference}  ${refusal.code}: ${refusal.message}\n` : `taken    ${at}  ${kind} ${reference}\n`,
    );
  };
  try {
    await importRecords(found, {
      houses: place.houses,
      clock: wallClock,
      source: values.source,
      actor: `import:${values.source}`,
      isDryRun: values['dry-run'],
      patienceMs: settings.PATIENCE_MS,
      onDone,
    });
    await place.settled();
  } finally {
    await place.close();
  }
  const { taken, refused } = counts;
  process.stdout.write(
    `\n${values['dry-run'] ? 'Would take over' : 'Took over'} ${taken} of ${taken + refused} records; refused ${refused}.\n`,
  );
  return refused === 0 ? 0 : 1;
}

interface Place {
  readonly houses: Houses;
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** A running product, by the files with its databases' addresses that `migrate` has left. Its own houses hear of what comes. */
function openAddresses(folder: string): Place {
  const open = (house: string) =>
    openDatabase({ url: readFileSync(join(folder, house), 'utf8').trim(), applicationName: 'import', connectionsMax: 2 });
  const houses = { customers: open('customers'), subscriptions: open('subscriptions'), billing: open('billing') };
  return { houses, settled: async () => {}, close: async () => void (await Promise.all(Object.values(houses).map(one => one.close()))) };
}

/** The databases of a folder that `npm start` uses, while it is stopped: the houses run here until all is heard. */
async function openFolder(path: string, databaseUrl: string | undefined): Promise<Place> {
  const folder = openDataFolder(path);
  folder.secret('license-signing-keys.json', () => JSON.stringify(generateSigningKeys()));
  const server = await openDatabaseServer(folder, databaseUrl);
  const stage = await openStage(await prepareDatabases(server, folder, houseNames()), folder);
  const database = (house: string) => stage.houses.get(house)!.database;
  return {
    houses: { customers: database('customers'), subscriptions: database('subscriptions'), billing: database('billing') },
    settled: stage.settled,
    close: async () => {
      await stage.close();
      await server.stop();
      folder.release();
    },
  };
}

main().then(
  code => process.exit(code),
  fault => {
    process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exit(2);
  },
);
