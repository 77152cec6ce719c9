import type { Log } from '#kernel/log';
import type { Clock } from '#kernel/time';
import { openPartnerGraph } from './audience/partner-graph';
import { openPartnerSchema } from './audience/partner-schema';
import type { GatewayConfig } from './config';
import { openPricing } from './cost/pricing';
import type { DevelopmentIssuer } from './development-issuer';
import { openDocumentReader } from './document';
import { openExecution } from './execution';
import { type ExplorerMap, openExplorerMap } from './explorer-map';
import { openGraphqlEndpoint } from './graphql-endpoint';
import { type HouseCaller, openHouseCaller } from './house-caller';
import { type Identity, openIdentity, partnersOf, personasOf, type TrustedIssuer, usersOf } from './identity';
import { openPersistedDocuments } from './persisted-documents';
import { followRevocations } from './revocations';
import type { Route } from './routing';
import type { SigningKey } from './signing-key';
import { LIVE_SDL } from './subscriptions/live-schema';
import { openSubscriptions } from './subscriptions/subscriptions';
import { createGatewayTelemetry, type GatewayTelemetry } from './telemetry';
import { openTrustedDocuments } from './trusted-documents';

export interface GraphOptions {
  readonly config: GatewayConfig;
  readonly key: SigningKey;
  readonly issuer: DevelopmentIssuer | null;
  readonly clock: Clock;
  readonly log: Log;
}

/** Everything behind `/graphql`, and what other addresses use of it. */
export interface Graph {
  readonly endpoint: Route;
  /** The part of it that partners are shown, at an address of its own. */
  readonly partnerEndpoint: Route;
  readonly partnerSchema: Route;
  readonly identity: Identity;
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
  const telemetry = createGatewayTelemetry({ operationNames: trusted.operationNames, counts: () => execution.counts?.() ?? null });
  const hopSecret = config.hopSecrets[0] ?? '';
  const revocations = await followRevocations({ address: config.houses['partners'], hopSecret, log });
  const caller = telemetry.observe(openHouseCaller({ houses: config.houses, hopSecret, deadlineMs: config.houseDeadlineMs }));
  const pricing = openPricing();
  const map = openExplorerMap({ environment: config.environment, identity: () => identity, supergraphPath: config.supergraphPath });
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
      const { apiSchema, supergraphSdl } = loaded;
      partnerGraph.take(loaded);
      pricing.take(`${supergraphSdl}\n${LIVE_SDL}`);
      subscriptions.take(apiSchema);
      map.take(supergraphSdl);
    },
  }).catch(async fault => {
    await Promise.all([subscriptions.close(), revocations.close(), caller.close()]);
    throw fault;
  });
  const identity = openIdentity({ issuers: issuersOf(config, key, issuer), clock, revocations });
  const parts = {
    environment: config.environment,
    identity,
    persisted: openPersistedDocuments(trusted),
    documents: openDocumentReader(),
    pricing,
    execution,
    telemetry,
    subscriptions,
    partnerGraph,
  };
  return {
    endpoint: openGraphqlEndpoint({ ...parts, audience: 'everybody' }),
    partnerEndpoint: openGraphqlEndpoint({ ...parts, audience: 'partners' }),
    partnerSchema: openPartnerSchema(identity, partnerGraph),
    identity,
    caller,
    telemetry,
    map,
    rereadSupergraph: execution.rereadSupergraph,
    endSubscriptions: subscriptions.close,
    async close() {
      await Promise.all([execution.close(), revocations.close()]);
      await caller.close();
    },
  };
}

/** Whose tokens are believed: the company's people, partners' systems, and on a developer's machine the personas. */
const issuersOf = ({ userIssuer }: GatewayConfig, key: SigningKey, personas: DevelopmentIssuer | null): readonly TrustedIssuer[] => [
  ...(userIssuer ? [usersOf(userIssuer)] : []),
  partnersOf(key),
  ...(personas ? [personasOf(key)] : []),
];
