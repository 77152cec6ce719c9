import { randomUUID } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { FAULT_MESSAGE } from '#kernel/graph/mask-errors';
import { createLog, type Log } from '#kernel/log';
import { type HttpRequest, type HttpResponse, json, serve } from '#kernel/serve';
import { type Clock, wallClock } from '#kernel/time';
import { compressed } from './compression';
import { type GatewayConfig, readGatewayConfig } from './config';
import { corsHeaders, preflight } from './cors';
import { openPricing } from './cost/pricing';
import { openDevelopmentIssuer } from './development-issuer';
import { openDocumentReader } from './document';
import { refused } from './errors';
import { openExecution } from './execution';
import { openExplorer } from './explorer-pages';
import { openGraphqlEndpoint, refusalResponse } from './graphql-endpoint';
import { openHouseCaller } from './house-caller';
import { openIdentity, partnersOf, personasOf, usersOf } from './identity';
import { openTokenEndpoint } from './oauth-token';
import { openPersistedDocuments } from './persisted-documents';
import { followRevocations } from './revocations';
import { openSigningKey } from './signing-key';
import { BODY_BYTES_MAX } from './transport';
import { openTrustedDocuments } from './trusted-documents';

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
  const config = readGatewayConfig(environment);
  const key = await openSigningKey(config.signingKeyPath, { mayCreate: config.environment !== 'production' });
  const issuer = config.isDevelopmentIssuerOn ? openDevelopmentIssuer({ key, personasPath: config.personasPath, clock }) : null;
  const hopSecret = config.hopSecrets[0] ?? '';
  const revocations = await followRevocations({ address: config.houses['partners'], hopSecret, log });
  const issuers = [...(config.userIssuer ? [usersOf(config.userIssuer)] : []), partnersOf(key), ...(issuer ? [personasOf(key)] : [])];
  const identity = openIdentity({ issuers, clock, revocations });
  const caller = openHouseCaller({ houses: config.houses, hopSecret, deadlineMs: config.houseDeadlineMs });
  const pricing = openPricing();
  const execution = await openExecution({
    supergraphPath: config.supergraphPath,
    caller,
    log,
    onSchema: ({ supergraphSdl }) => pricing.take(supergraphSdl),
  });
  const persisted = openPersistedDocuments(openTrustedDocuments(config.operationsPath, config.isTrustEnforced));
  const addressOf = (request: HttpRequest) => clientAddress(request, config.trustedProxies);
  let isReady = true;
  const routes: Routes = {
    '/graphql': openGraphqlEndpoint({
      environment: config.environment,
      identity,
      persisted,
      documents: openDocumentReader(),
      pricing,
      execution,
    }),
    '/oauth/token': openTokenEndpoint({ key, caller, clock, log, addressOf }),
    '/.well-known/jwks.json': async () => json(200, key.published, { 'cache-control': 'public, max-age=300' }),
    '/healthz': async () => json(200, { status: 'alive' }),
    '/readyz': async () => json(isReady ? 200 : 503, { status: isReady ? 'ready' : 'draining' }),
    '/': async () => ({ status: 302, headers: { location: '/explorer/' } }),
    '/explorer': await openExplorer(config.explorerPath, issuer),
  };
  const served = await serve({
    host: config.host,
    port: config.port,
    bodyMax: BODY_BYTES_MAX,
    handle: request => answer(request, routes, config, log),
    refuseBody: request =>
      answer(request, { [request.path]: async (asked, id) => refusalResponse(BODY_TOO_LARGE, asked, id) }, config, log),
    onFault: fault => log.error('A request failed.', { fault }),
  });
  log.info('The gateway is ready.', { url: served.url });
  return {
    url: served.url,
    mint: issuer?.mint ?? null,
    rereadSupergraph: execution.rereadSupergraph,
    async close() {
      isReady = false;
      await served.close();
      await Promise.all([execution.close(), revocations.close()]);
      await caller.close();
    },
  };
}

type Routes = Readonly<Record<string, (request: HttpRequest, requestId: string) => Promise<HttpResponse>>>;

async function answer(request: HttpRequest, routes: Routes, config: GatewayConfig, log: Log): Promise<HttpResponse> {
  const requestId = requestIdOf(request);
  const cors = corsHeaders(request, config.corsOrigins);
  const route = routes[request.path.startsWith('/explorer/') ? '/explorer' : request.path];
  const common = { ...cors, 'x-request-id': requestId, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };
  let response: HttpResponse;
  if (request.method === 'OPTIONS') response = preflight(request, config.corsOrigins);
  else if (!route) response = refusalResponse(NO_SUCH_ADDRESS, request, requestId);
  else {
    response = await route(request, requestId).catch(fault => {
      log.error('A request failed.', { requestId, fault });
      return refusalResponse(FAULT, request, requestId);
    });
  }
  return compressed({ ...response, headers: { ...common, ...response.headers } }, textOf(request.headers['accept-encoding']));
}

const NO_SUCH_ADDRESS = refused(404, 'NOT_FOUND', 'The graph is at /graphql, the explorer at /explorer/.').refused;
const BODY_TOO_LARGE = refused(413, 'BODY_TOO_LARGE', `The body of a request holds at most ${BODY_BYTES_MAX} bytes.`).refused;
const FAULT = refused(500, 'INTERNAL_SERVER_ERROR', FAULT_MESSAGE).refused;

const textOf = (header: string | string[] | undefined): string | undefined => (Array.isArray(header) ? header.join(', ') : header);

const REQUEST_ID = /^[\w-]{8,64}$/;

/** A caller's own request id is kept, so that both sides' logs tell the same story; one that could forge a log line is not. */
function requestIdOf({ headers }: HttpRequest): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/** The caller's address as the outermost proxy of ours saw it. What stands further left was written by the caller. */
function clientAddress({ headers, remoteAddress }: HttpRequest, trustedProxies: number): string {
  const forwarded = headers['x-forwarded-for'];
  if (trustedProxies === 0 || typeof forwarded !== 'string') return remoteAddress;
  const addresses = forwarded.split(',').map(address => address.trim());
  return addresses.at(-trustedProxies) ?? addresses[0] ?? remoteAddress;
}

/** The time the gateway takes at most to finish what runs; the supervisor kills it a little later. */
const DRAIN_MS_MAX = 24_000;

async function main(): Promise<void> {
  const gateway = await openGateway({ environment: process.env });
  const stop = () => {
    setTimeout(() => process.exit(1), DRAIN_MS_MAX).unref();
    void gateway.close().then(() => process.exit(0));
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
