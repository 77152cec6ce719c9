import { z } from 'zod';
import {
  BadConfiguration,
  environment,
  houseAddresses,
  port,
  postgresUrl,
  readConfig,
  refuseDevelopmentSecrets,
  signingSecrets,
} from '../config';
import { createLog } from '../log';
import { exportSpans } from '../telemetry-export';
import { wallClock } from '../time';
import type { AnyHouse } from './definition';
import { openHouse } from './open-house';

const SHAPE = {
  ENVIRONMENT: environment,
  HOST: z.string().default('127.0.0.1'),
  PORT: port,
  DATABASE_URL: postgresUrl,
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(100).default(10),
  HOP_SECRETS: signingSecrets,
  HOUSES: houseAddresses,
  /** A clock that can be moved, with everything that it sets off. */
  TEST_CLOCK: z.enum(['yes_for_test_deployments_only', 'no'], { error: 'yes_for_test_deployments_only, or no' }).default('no'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
};

/** The time a house takes at most to finish what runs; the supervisor kills it a little later. */
const DRAIN_MAX_MS = 24_000;

/** Runs a house as a process: configured by its environment, drained by SIGTERM. */
export async function runHouse(house: AnyHouse): Promise<void> {
  const startedAt = performance.now();
  try {
    const config = readConfig(SHAPE);
    refuseDevelopmentSecrets(config.ENVIRONMENT, config.HOP_SECRETS);
    const hasTestClock = config.TEST_CLOCK !== 'no';
    if (hasTestClock && config.ENVIRONMENT === 'production')
      throw new BadConfiguration('TEST_CLOCK cannot be used in production: there the clock on the wall is the only one. Unset it.');
    const log = createLog(house.name, config.LOG_LEVEL);
    const spans = await exportSpans(house.name);
    const open = await openHouse(house, {
      environment: config.ENVIRONMENT,
      variables: process.env,
      databaseUrl: config.DATABASE_URL,
      connectionsMax: config.DATABASE_CONNECTIONS,
      host: config.HOST,
      port: config.PORT,
      hopSecrets: config.HOP_SECRETS,
      neighbours: () => config.HOUSES,
      clock: wallClock,
      hasTestClock,
      log,
    });
    log.info('open', { house: house.name, url: open.url, durationMs: Math.round(performance.now() - startedAt) });
    const stop = () => {
      setTimeout(() => process.exit(1), DRAIN_MAX_MS).unref();
      void open
        .close()
        .then(spans?.close)
        .then(() => process.exit(0));
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    // A parent that was killed cannot say so; without it nobody would ever stop this process.
    if (process.send) process.once('disconnect', stop);
  } catch (fault) {
    process.stderr.write(`${house.name}: ${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exit(1);
  }
}
