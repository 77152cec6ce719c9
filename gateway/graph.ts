import type { Log } from '#kernel/log';
import type { HttpRequest } from '#kernel/serve';
import type { Clock } from '#kernel/time';
import { openPartnerGraph } from './audience/partner-graph';
import { openPartnerSchema } from './audience/partner-schema';
import type { GatewayConfig } from './config';
import { openPricing } from './cost/pricing';
import type { DevelopmentIssuer } from './development-issuer';
import { openDocumentReader } from './document';
import { openExecution } from './execution';
import { type ExplorerMap, openExplorerMap } from './explorer-map';
import { type EndpointOptions, openGraphqlEndpoint } from './graphql-endpoint';
import { type HouseCaller, openHouseCaller } from './house-caller';
import { type Identity, openIdentity, partnersOf, personasOf, type TrustedIssuer, usersOf } from './identity';
import { openPersistedDocuments } from './persisted-documents';
import { openQuotas } from './quotas';
import { clientAddress, type Routes } from './routing';
import type { SigningKey } from './signing-key';
import { LIVE_SDL } from './subscriptions/live-schema';
import { openSubscriptions } from './subscriptions/subscriptions';
import { createGatewayTelemetry, type GatewayTelemetry } from './telemetry';
import { followTrust, type Trust } from './trust';
import { openTrustedDocuments, type TrustedDocuments } from './trusted-documents';

export interface GraphOptions {
  readonly config: GatewayConfig;
  readonly key: SigningKey;
  readonly issuer: DevelopmentIssuer | null;
  readonly clock: Clock;
  readonly log: Log;
}

/** Everything behind `/graphql`, and what other addresses use of it. */
export interface Graph {
  readonly routes: Routes;
  readonly identity: Identity;
  readonly trust: Trust;
  readonly addressOf: (request: HttpRequest) => string;
  readonly caller: HouseCaller;
  readonly telemetry: GatewayTelemetry;
  readonly map: ExplorerMap;
  rereadSupergraph(): Promise<void>;
  /** Lets clients that follow something go, so that they come back elsewhere. */
  endSubscriptions(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the graph: who asks, what is asked, what it costs, and who answers. */
export async function openGraph({ config, key, issuer, clock, log }: GraphOptions): Promise<Graph> {
  const trusted = openTrustedDocuments(config.operationsPath, config.isTrustEnforced);
  const addressOf = (request: HttpRequest) => clientAddress(request, config.trustedProxies);
  const telemetry = createGatewayTelemetry({ operationNames: trusted.operationNames, counts: () => execution.counts?.() ?? null });
  const hopSecret = config.hopSecrets[0] ?? '';
  const trust = await followTrust({ address: config.houses['partners'], hopSecret, log, clock });
  const caller = telemetry.observe(openHouseCaller({ houses: config.houses, hopSecret, deadlineMs: config.houseDeadlineMs }));
  const pricing = openPricing();
  const map = openExplorerMap({ ...config, identity: () => identity, addressOf });
  const partnerGraph = openPartnerGraph(log);
  const { houses, subscriptionsPerViewer: perViewerMax } = config;
  const subscriptions = openSubscriptions({ houses, hopSecret, log, execution: () => execution, telemetry, perViewerMax });
  const execution = await openExecution({
    kind: config.execution,
    supergraphPath: config.supergraphPath,
    caller,
    log,
    onFile: outcome => telemetry.supergraphFiles.inc({ outcome }),
    onSchema: loaded => {
      partnerGraph.take(loaded);
      pricing.take(`${loaded.supergraphSdl}\n${LIVE_SDL}`);
      subscriptions.take(loaded.apiSchema);
      map.take(loaded.supergraphSdl);
    },
  }).catch(async fault => {
    await Promise.all([subscriptions.close(), trust.close(), caller.close()]);
    throw fault;
  });
  const identity = openIdentity({ issuers: issuersOf(config, key, issuer), clock, trust });
  return {
    routes: routesOf(config, { identity, addressOf, trusted, pricing, execution, telemetry, subscriptions, partnerGraph }),
    identity,
    trust,
    addressOf,
    caller,
    telemetry,
    map,
    rereadSupergraph: execution.rereadSupergraph,
    endSubscriptions: subscriptions.close,
    async close() {
      await Promise.all([execution.close(), trust.close()]);
      await caller.close();
    },
  };
}

/** The graph, and the part of it that partners are shown, each at its address. */
function routesOf({ environment, partnerQuotas }: GatewayConfig, { trusted, ...given }: GivenParts): Routes {
  const remembered = { persisted: openPersistedDocuments(trusted), documents: openDocumentReader(), quotas: openQuotas(partnerQuotas) };
  const parts = { environment, ...given, ...remembered };
  return {
    '/graphql': openGraphqlEndpoint({ ...parts, audience: 'everybody' }),
    '/partner/graphql': openGraphqlEndpoint({ ...parts, audience: 'partners' }),
    '/partner/schema.graphql': openPartnerSchema({ ...parts, graph: parts.partnerGraph }),
  };
}

type GivenParts = Omit<EndpointOptions, 'audience' | 'environment' | 'persisted' | 'documents' | 'quotas'> & {
  readonly trusted: TrustedDocuments;
};

/** Whose tokens are believed: the company's people, partners' systems, and on a developer's machine the personas. */
const issuersOf = ({ userIssuer }: GatewayConfig, key: SigningKey, personas: DevelopmentIssuer | null): readonly TrustedIssuer[] => [
  ...(userIssuer ? [usersOf(userIssuer)] : []),
  partnersOf(key),
  ...(personas ? [personasOf(key)] : []),
];
