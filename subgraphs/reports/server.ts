import { openDatabase } from '#kernel/db/database';
import { defineHouse, runHouse } from '#kernel/house';
import type { Writing } from './actions/write-export';
import { handlers } from './events/handlers';
import { cron, jobs } from './events/jobs';
import type { ReportsEvents } from './events/published';
import { exportRoutes } from './graph/exports-over-http';
import { buildSchema } from './graph/schema';
import { parquetFile } from './ports/parquet-file';

/** A file of a million rows takes as long as it takes; nobody waits at the other end. */
const LONG_READ_MS_MAX = 15 * 60_000;
const FILES_AT_ONCE = 2;

export const reports = defineHouse<ReportsEvents, Writing>({
  name: 'reports',
  buildSchema,
  handlers,
  jobs,
  cron,
  routes: exportRoutes,
  services: ({ databaseUrl }) => ({
    longReads: openDatabase({
      url: databaseUrl,
      applicationName: 'reports files',
      connectionsMax: FILES_AT_ONCE,
      statementDeadlineMs: LONG_READ_MS_MAX,
      transactionDeadlineMs: LONG_READ_MS_MAX,
    }),
    parquetFile,
  }),
  closeServices: ({ longReads }) => longReads.close(),
});

if (require.main === module) void runHouse(reports);
