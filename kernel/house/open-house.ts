import { setTimeout as pause } from 'node:timers/promises';
import { type DeploymentClock, openDeploymentClock } from '../clock/deployment-clock';
import { answerClock, withClockMoved } from '../clock/house-clock';
import { followCalendar } from '../clock/timers';
import { type Database, openDatabase } from '../db/database';
import { isTransient } from '../db/faults';
import type { Delivery } from '../events/deliver';
import type { LoggedEvent } from '../events/event';
import { startPublisher } from '../events/publisher';
import { type Reader, startReader } from '../events/reader';
import type { HouseContext } from '../graph/context';
import { startSubgraphServer } from '../graph/subgraph-server';
import { type JobRunner, type JobsOptions, startJobs } from '../jobs';
import { newIdAt, seededIds } from '../new-id';
import type { Timing } from '../run-work';
import { type Served, serve } from '../serve';
import { createTelemetry, type Telemetry } from '../telemetry';
import { addMs } from '../time';
import { passTraces } from '../trace-context';
import { callHouse } from './call-house';
import type { ContextGround } from './context';
import type { AnyHouse, HouseDefinition, HouseOptions } from './definition';
import { type Parts, router } from './router';

export interface OpenHouse {
  readonly name: string;
  readonly url: string;
  readonly database: Database;
  readonly telemetry: Telemetry;
  /** For tests and seeding: events can be delivered and jobs run without waiting for them. */
  readonly delivery: Delivery;
  readonly jobs: JobsOptions;
  readonly ground: ContextGround<unknown>;
  /** Where the deployment's clock can be moved. */
  readonly deploymentClock: DeploymentClock | null;
  /** Stops taking new work, finishes what runs, lets go of everything. */
  close(): Promise<void>;
}

/** Bytes of a request between our own processes: an order of 300 actions with all its plan fits many times. */
const BODY_MAX = 8_000_000;

/** Opens a house: its database, its ports, its graph and its log on one address, its ears and its job queue. */
export async function openHouse(definition: AnyHouse, given: HouseOptions): Promise<OpenHouse> {
  passTraces();
  const telemetry = createTelemetry(definition.name);
  const database = databaseOf(definition.name, given, telemetry);
  await untilAnswered(database);
  const deploymentClock = given.hasTestClock ? await openDeploymentClock(database) : null;
  const options = { ...given, clock: deploymentClock ?? given.clock };
  const house = declaredBy(definition, options);
  const services = await house.services?.({ ...options, database, call: callHouse(house.name, options) });
  const ground: ContextGround<unknown> = { house: house.name, database, clock: options.clock, services };
  const graph = await startSubgraphServer<HouseContext>({
    schema: house.buildSchema(),
    logFault: ({ requestId, path, error }) =>
      options.log.error('a resolver failed', { house: house.name, requestId, operation: path, fault: error }),
  });
  const publisher = await startPublisher(house.name, database, options.log);
  const state = { isReady: true };
  const served = await serve({
    ...(options.host && { host: options.host }),
    port: options.port,
    bodyMax: BODY_MAX,
    handle: router(house, options, { ground, graph, publisher, telemetry, state, answerClock: clockOf(house, database, deploymentClock) }),
    onFault: fault => options.log.error('a request failed', { house: house.name, fault }),
  });
  const delivery = deliveryOf(house, options, database, telemetry);
  const jobs = jobsOf(house, options, database, telemetry, services);
  const isAtWork = options.isAtWork ?? true;
  const runner = isAtWork && house.jobs ? startJobs(jobs) : null;
  const readers = isAtWork ? startReaders(house, options, delivery) : [];
  const closing = new AbortController();
  const calendar =
    isAtWork && deploymentClock
      ? followCalendar({ database, cron: house.cron ?? [], clock: deploymentClock, log: options.log }, closing.signal)
      : null;
  return {
    name: house.name,
    url: served.url,
    database,
    telemetry,
    delivery,
    jobs,
    ground,
    deploymentClock,
    close: async () => {
      closing.abort();
      await calendar;
      await closeAll(house, { state, served, publisher, readers, runner, graph, database, services });
    },
  };
}

const databaseOf = (applicationName: string, { databaseUrl: url, connectionsMax }: HouseOptions, telemetry: Telemetry): Database =>
  openDatabase({ url, applicationName, ...(connectionsMax && { connectionsMax }), onStatement: () => telemetry.statements.inc() });

const ANSWER_AWAITED_MS_MAX = 15_000;

/** A database that comes up, or is busy with many houses that open, is waited for; then the fault is told as it is. */
async function untilAnswered(database: Database): Promise<void> {
  const until = performance.now() + ANSWER_AWAITED_MS_MAX;
  for (;;) {
    try {
      await database.orm.execute('/* kernel.firstAnswer */ select 1');
      return;
    } catch (fault) {
      if (!isTransient(fault) || performance.now() > until) throw fault;
      await pause(250);
    }
  }
}

/** The house as it was declared; where time can be moved it also hears of that. */
function declaredBy(definition: AnyHouse, { hasTestClock }: HouseOptions): HouseDefinition {
  const house = definition as unknown as HouseDefinition;
  return hasTestClock ? { ...house, handlers: withClockMoved(house.name, house.handlers ?? {}) } : house;
}

function clockOf(house: HouseDefinition, database: Database, clock: DeploymentClock | null): Parts['answerClock'] {
  const { name, cron = [], handlers = {} } = house;
  return clock && (question => answerClock({ house: name, database, clock, cron, handlers }, question));
}

function deliveryOf(house: HouseDefinition, options: HouseOptions, database: Database, telemetry: Telemetry): Delivery {
  const surroundings = (cause: LoggedEvent) => surroundingsOf(house, options, cause.id, cause.time);
  return { house: house.name, database, handlers: house.handlers ?? {}, log: options.log, telemetry, surroundings };
}

function jobsOf(house: HouseDefinition, options: HouseOptions, database: Database, telemetry: Telemetry, services: unknown): JobsOptions {
  const surroundings = ({ id, at }: { readonly id: string; readonly at: string }) => surroundingsOf(house, options, id, at);
  const { databaseUrl, log, hasTestClock = false } = options;
  const jobs = (house.jobs ?? {}) as JobsOptions['jobs'];
  // A history is told by its acts; what the calendar brings on the day of the telling comes once the house is at work.
  const cron = options.timeFollows === 'cause' ? [] : (house.cron ?? []);
  return { house: house.name, databaseUrl, database, jobs, cron, services, log, telemetry, surroundings, hasTestClock };
}

/** An effect comes after its cause by this much, in a history that is told afterwards. */
const TOLD_LATER_MS = 40;

function surroundingsOf(house: HouseDefinition, options: HouseOptions, causeId: string, causeAt: string): Timing {
  if (options.timeFollows !== 'cause') {
    const now = options.clock.now();
    return { now, newIds: () => newIdAt(now) };
  }
  const now = addMs(new Date(causeAt), TOLD_LATER_MS);
  return { now, toldAt: options.clock.now(), newIds: () => seededIds(`${house.name}/${causeId}`, now) };
}

/** A neighbour's address may become known later than the house opens: it is asked for when reading begins. */
function startReaders(house: HouseDefinition, options: HouseOptions, delivery: Delivery): readonly Reader[] {
  return Object.entries(house.handlers ?? {}).map(([source, handlers]) =>
    startReader({
      delivery,
      source,
      address: () => options.neighbours()[source],
      types: Object.keys(handlers),
      hopSecret: options.hopSecrets[0]!,
    }),
  );
}

interface Closing extends Pick<Parts, 'state' | 'publisher' | 'graph'> {
  readonly served: Served;
  readonly readers: readonly Reader[];
  readonly runner: JobRunner | null;
  readonly database: Database;
  readonly services: unknown;
}

async function closeAll(house: HouseDefinition, open: Closing): Promise<void> {
  open.state.isReady = false;
  await open.publisher.stop();
  await Promise.all([...open.readers.map(reader => reader.stop()), open.runner?.stop(), open.served.close()]);
  await open.graph.stop();
  await house.closeServices?.(open.services);
  await open.database.close();
}
