/**
 * Starts the whole product on this machine: a database, each house and the gateway, with demonstration data at the first
 * start. `PORT` and `DATA_DIR` move it, `DATABASE_URL` uses a PostgreSQL server of yours. Ctrl-C stops all of it.
 */
import './platform/as-shipped';
import { z } from 'zod';
import { BadConfiguration, port, readConfig } from '../kernel/config';
import { NoDatabase } from '../kernel/db/embedded';
import { generateSigningKeys } from '../subgraphs/licenses/ports/signing-keys';
import { type DatabaseServer, openDatabaseServer, prepareDatabases } from './platform/databases';
import { writeDemoFacts } from './platform/demo-facts';
import { CannotStart, type DataFolder, openDataFolder } from './platform/deployment-folder';
import { houseNames } from './platform/houses';
import { assertFree, type Platform, startPlatform } from './platform/platform';
import { step, table } from './platform/progress';
import { isSeeded, seedDemo } from './seed/seed-demo';

const SHAPE = {
  PORT: port.default(4000),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z.string().optional(),
};

interface Running {
  folder?: DataFolder;
  server?: DatabaseServer;
  platform?: Platform;
}

const running: Running = {};

async function start(): Promise<void> {
  const config = readConfig(SHAPE);
  process.stdout.write('\n  The purchasing graph\n\n');
  await assertFree(config.PORT);
  const folder = openDataFolder(config.DATA_DIR);
  running.folder = folder;
  folder.secret('license-signing-keys.json', () => JSON.stringify(generateSigningKeys()));
  const server = await step(
    'PostgreSQL',
    () => openDatabaseServer(folder, config.DATABASE_URL),
    opened => opened.description,
  );
  running.server = server;
  const databases = await step(
    'Databases',
    () => prepareDatabases(server, folder, houseNames()),
    made => `${made.size}, migrated`,
  );
  if (!(await isSeeded(databases))) {
    await step(
      'Demonstration data',
      onProgress => seedDemo({ databases, folder, onProgress }),
      made => made,
    );
  }
  const platform = await step(
    'Houses and gateway',
    onProgress => {
      const ready: string[] = [];
      return startPlatform({
        folder,
        databases,
        port: config.PORT,
        onReady: name => onProgress([...ready, ready.push(name) && name].join(', ')),
      });
    },
    opened => `${opened.houses.size + 1} processes`,
  );
  running.platform = platform;
  table(await writeDemoFacts(platform, folder));
}

async function stop(): Promise<void> {
  await running.platform?.stop();
  await running.server?.stop();
  running.folder?.release();
}

function stopOnSignal(): void {
  let isStopping = false;
  const onSignal = () => {
    if (isStopping) return;
    isStopping = true;
    process.stdout.write('\n  Stopping: what runs is finished first.\n');
    void stop().then(() => {
      process.stdout.write('  Stopped. Your data stays; the next start goes on with it.\n');
      process.exit(0);
    });
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

stopOnSignal();
start().catch(async fault => {
  const isExpected = fault instanceof CannotStart || fault instanceof NoDatabase || fault instanceof BadConfiguration;
  process.stderr.write(
    `\n  ${isExpected ? fault.message : `It did not start: ${fault instanceof Error ? fault.stack : String(fault)}`}\n\n`,
  );
  await stop();
  process.exit(1);
});
