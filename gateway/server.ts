import cluster from 'node:cluster';
import type { JWTPayload } from 'jose';
import { createLog, type Log } from '#kernel/log';
import { json, serve } from '#kernel/serve';
import { exportSpans } from '#kernel/telemetry-export';
import { type Clock, wallClock } from '#kernel/time';
import { passTraces } from '#kernel/trace-context';
import { readGatewayConfig } from './config';
import { openDevelopmentIssuer } from './development-issuer';
import { openDocuments } from './documents';
import { openExplorer } from './explorer-pages';
import { openExports } from './exports';
import { openGraph } from './graph';
import { openIntrospection, openRevocation } from './oauth-lifecycle';
import { openTokenEndpoint } from './oauth-token';
import { answer, forNeighbours, type Routes, refuseBody } from './routing';
import { openSigningKey } from './signing-key';
import { metricsRoute } from './telemetry';
import { BODY_BYTES_MAX } from './transport';
import { reportMemory, runWorkers } from './workers';

export interface GatewayOptions {
  /** The variables the gateway is configured by, as a process would find them. */
  readonly environment: NodeJS.ProcessEnv;
  readonly clock?: Clock;
  readonly log?: Log;
}

export interface Gateway {
  readonly url: string;
  /** A token of the development issuer for whatever claims are given, or null where that issuer is off. */
  readonly mint: ((claims: JWTPayload, seconds?: number) => Promise<string>) | null;
  /** Takes the supergraph file as it is now, without waiting for the watch. */
  rereadSupergraph(): Promise<void>;
  /** Says "not ready", finishes what runs, and lets go of everything. */
  close(): Promise<void>;
}

/** Opens a gateway: one address, in front of every house that the supergraph is composed of. */
export async function openGateway({ environment, clock = wallClock, log = createLog('gateway') }: GatewayOptions): Promise<Gateway> {
  passTraces();
  const config = readGatewayConfig(environment);
  const key = await openSigningKey(config.signingKeyPath, { mayCreate: config.environment !== 'production' });
  const issuer = config.isDevelopmentIssuerOn ? openDevelopmentIssuer({ key, personasPath: config.personasPath, clock }) : null;
  const graph = await openGraph({ config, key, issuer, clock, log });
  let isReady = true;
  const { addressOf } = graph;
  const hopSecret = config.hopSecrets[0] ?? '';
  const deadlineMs = config.houseDeadlineMs;
  const lifecycle = { caller: graph.caller, identity: graph.identity, log, addressOf };
  const routes: Routes = {
    ...graph.routes,
    '/oauth/token': openTokenEndpoint({ key, caller: graph.caller, trust: graph.trust, clock, log, addressOf }),
    '/oauth/introspect': openIntrospection(lifecycle),
    '/oauth/revoke': openRevocation(lifecycle),
    '/.well-known/jwks.json': async () => json(200, key.published, { 'cache-control': 'public, max-age=300' }),
    '/healthz': async () => json(200, { status: 'alive' }),
    '/readyz': async () => json(isReady ? 200 : 503, { status: isReady ? 'ready' : 'draining' }),
    '/metrics': forNeighbours(metricsRoute(graph.telemetry.registry)),
    '/': async () => ({ status: 302, headers: { location: '/explorer/' } }),
    '/explorer': await openExplorer(config.explorerPath, issuer, graph.map),
    '/documents': openDocuments({ billing: config.houses.billing, hopSecret, deadlineMs }),
    '/exports': openExports({ reports: config.houses.reports, hopSecret, deadlineMs, ...graph }),
  };
  const routing = { corsOrigins: config.corsOrigins, log };
  const served = await serve({
    host: config.host,
    port: config.port,
    bodyMax: BODY_BYTES_MAX,
    handle: request => answer(request, routes, routing),
    refuseBody: request => answer(request, { [request.path]: refuseBody }, routing),
    onFault: fault => log.error('A request failed.', { fault }),
  });
  log.info('The gateway is ready.', { url: served.url });
  return {
    url: served.url,
    mint: issuer?.mint ?? null,
    rereadSupergraph: graph.rereadSupergraph,
    async close() {
      isReady = false;
      await graph.endSubscriptions();
      await served.close();
      await graph.close();
    },
  };
}

/** The time the gateway takes at most to finish what runs; the supervisor kills it a little later. */
const DRAIN_MS_MAX = 24_000;

/** One process for each core where it counts; each of them is a whole gateway on the same address. */
async function main(): Promise<void> {
  const { workers: count, workerMemoryMb: memoryMaxMb } = readGatewayConfig(process.env);
  if (count > 1 && cluster.isPrimary) process.exit(await runWorkers({ count, memoryMaxMb, log: createLog('gateway') }));
  const spans = await exportSpans('gateway');
  const gateway = await openGateway({ environment: process.env });
  if (cluster.isWorker) reportMemory();
  const stop = () => {
    setTimeout(() => process.exit(1), DRAIN_MS_MAX).unref();
    void gateway
      .close()
      .then(spans?.close)
      .then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // A parent that was killed cannot say so; without it nobody would ever stop this process.
  if (process.send) process.once('disconnect', stop);
}

if (require.main === module) {
  main().catch(fault => {
    process.stderr.write(`gateway: ${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exit(1);
  });
}
