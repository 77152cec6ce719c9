import { randomUUID } from 'node:crypto';
import { hopTokenFrom, verifyHop } from '../auth/hop-token';
import { anonymous } from '../auth/viewer';
import type { Environment } from '../config';
import { type Database, openDatabase } from '../db/database';
import type { Delivery } from '../events/deliver';
import type { LoggedEvent } from '../events/event';
import { type Publisher, startPublisher } from '../events/publisher';
import { type Reader, startReader } from '../events/reader';
import type { HouseContext } from '../graph/context';
import { type SubgraphServer, startSubgraphServer } from '../graph/subgraph-server';
import { type JobRunner, type JobsOptions, startJobs } from '../jobs';
import type { Log } from '../log';
import { newIdAt, seededIds } from '../new-id';
import type { Timing } from '../run-work';
import { type HttpHandler, type HttpRequest, type HttpResponse, json, type Served, serve } from '../serve';
import { createTelemetry, type Telemetry, traced } from '../telemetry';
import { addMs, type Clock, wallClock } from '../time';
import { passTraces, withinTraceOf } from '../trace-context';
import { type ContextGround, contextFor } from './context';
import type { AnyHouse, HouseDefinition } from './definition';

export interface HouseOptions {
  readonly environment: Environment;
  readonly variables: NodeJS.ProcessEnv;
  readonly databaseUrl: string;
  readonly connectionsMax?: number;
  readonly host?: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly hopSecrets: readonly string[];
  /** Where the neighbours answer, by name. Those whose events the house handles are followed. */
  readonly neighbours: () => Readonly<Record<string, string>>;
  readonly clock: Clock;
  /**
   * `clock`: what is done now happens now. `cause`: it happens when its cause did, with ids derived from it, so that a
   * history of years can be told in seconds and comes out the same each time. For demonstration data and replays.
   */
  readonly timeFollows?: 'clock' | 'cause';
  readonly log: Log;
  /** False opens the graph alone: no neighbour is followed and no job runs. */
  readonly isAtWork?: boolean;
}

export interface OpenHouse {
  readonly name: string;
  readonly url: string;
  readonly database: Database;
  readonly telemetry: Telemetry;
  /** For tests and seeding: events can be delivered and jobs run without waiting for them. */
  readonly delivery: Delivery;
  readonly jobs: JobsOptions;
  readonly ground: ContextGround<unknown>;
  /** Stops taking new work, finishes what runs, lets go of everything. */
  close(): Promise<void>;
}

/** Bytes of a request between our own processes: an order of 300 actions with all its plan fits many times. */
const BODY_MAX = 8_000_000;

/** Opens a house: its database, its ports, its graph and its log on one address, its ears and its job queue. */
export async function openHouse(definition: AnyHouse, options: HouseOptions): Promise<OpenHouse> {
  const house = definition as unknown as HouseDefinition;
  passTraces();
  const telemetry = createTelemetry(house.name);
  const database = openDatabase({
    url: options.databaseUrl,
    applicationName: house.name,
    ...(options.connectionsMax && { connectionsMax: options.connectionsMax }),
    onStatement: () => telemetry.statements.inc(),
  });
  const services = await house.services?.({ ...options, database });
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
    handle: router(house, options, { ground, graph, publisher, telemetry, state }),
    onFault: fault => options.log.error('a request failed', { house: house.name, fault }),
  });
  const delivery = deliveryOf(house, options, database, telemetry);
  const jobs = jobsOf(house, options, database, telemetry, services);
  const isAtWork = options.isAtWork ?? true;
  const runner = isAtWork && house.jobs ? startJobs(jobs) : null;
  const readers = isAtWork ? startReaders(house, options, delivery) : [];
  return {
    name: house.name,
    url: served.url,
    database,
    telemetry,
    delivery,
    jobs,
    ground,
    close: () => closeAll(house, { state, served, publisher, readers, runner, graph, database, services }),
  };
}

interface Parts {
  readonly ground: ContextGround<unknown>;
  readonly graph: SubgraphServer<HouseContext>;
  readonly publisher: Publisher;
  readonly telemetry: Telemetry;
  readonly state: { isReady: boolean };
}

/** Probes and numbers for the operator, the graph and the log for signed callers, nothing for anybody else. */
function router(house: HouseDefinition, options: HouseOptions, parts: Parts): HttpHandler {
  const routes = new Map((house.routes ?? []).map(route => [`${route.method} ${route.path}`, route]));
  const handle: HttpHandler = async request => {
    if (request.path === '/healthz') return json(200, { house: house.name });
    if (request.path === '/readyz') return readiness(parts);
    if (request.path === '/metrics') {
      return {
        status: 200,
        headers: { 'content-type': parts.telemetry.registry.contentType },
        body: await parts.telemetry.registry.metrics(),
      };
    }
    const route = routes.get(`${request.method} ${request.path}`);
    const claims = verifyHop(
      options.hopSecrets,
      house.name,
      request.method === 'GET' ? request.target : request.body,
      hopTokenFrom(request.headers.authorization),
      wallClock.now(),
    );
    if (!claims && !route?.isPublic) return unauthenticated;
    const asking = claims ?? { viewer: anonymous, correlationId: `request:${randomUUID()}` };
    const context = contextFor(parts.ground, { ...asking, signal: request.signal });
    if (route) return route.handle(request, context);
    if (request.method === 'POST' && request.path === '/graphql') return graphAnswer(parts, request, context);
    if (request.method === 'GET' && request.path === '/events' && context.viewer.roles.includes('SERVICE'))
      return parts.publisher.route(request);
    return json(404, { message: 'There is nothing here.' });
  };
  return request => withinTraceOf(request.headers, () => handle(request));
}

const unauthenticated = json(401, {
  errors: [{ message: 'This house only answers signed calls.', extensions: { code: 'UNAUTHENTICATED' } }],
});

async function readiness({ ground, state }: Parts): Promise<HttpResponse> {
  const isReady = state.isReady && (await ground.database.isReachable());
  return json(isReady ? 200 : 503, { isReady });
}

async function graphAnswer({ graph, ground, telemetry }: Parts, request: HttpRequest, context: HouseContext): Promise<HttpResponse> {
  const body = parsed(request.body);
  if (body === undefined) return json(400, { errors: [{ message: 'The body is not JSON.', extensions: { code: 'BAD_REQUEST' } }] });
  const startedAt = performance.now();
  const answer = await traced('graphql', { house: ground.house }, () =>
    graph.execute({
      method: 'POST',
      headers: [['content-type', 'application/json']],
      body,
      requestId: header(request, 'x-request-id') ?? context.correlationId,
      context: async () => context,
    }),
  );
  const operation =
    typeof body === 'object' && body !== null && 'operationName' in body ? String(body.operationName).slice(0, 64) : 'unnamed';
  telemetry.requests.observe({ operation, outcome: answer.status < 400 ? 'answered' : 'refused' }, (performance.now() - startedAt) / 1000);
  return answer;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function header(request: HttpRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function deliveryOf(house: HouseDefinition, options: HouseOptions, database: Database, telemetry: Telemetry): Delivery {
  const surroundings = (cause: LoggedEvent) => surroundingsOf(house, options, cause.id, cause.time);
  return { house: house.name, database, handlers: house.handlers ?? {}, log: options.log, telemetry, surroundings };
}

function jobsOf(house: HouseDefinition, options: HouseOptions, database: Database, telemetry: Telemetry, services: unknown): JobsOptions {
  const surroundings = ({ id, at }: { readonly id: string; readonly at: string }) => surroundingsOf(house, options, id, at);
  const { databaseUrl, log } = options;
  const jobs = (house.jobs ?? {}) as JobsOptions['jobs'];
  return { house: house.name, databaseUrl, database, jobs, cron: house.cron ?? [], services, log, telemetry, surroundings };
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
