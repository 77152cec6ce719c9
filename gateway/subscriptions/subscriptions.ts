import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Viewer } from '#kernel/auth/viewer';
import type { Log } from '#kernel/log';
import type { HttpResponse } from '#kernel/serve';
import { granted, type OrRefused, refused } from '../errors';
import type { Execution } from '../execution';
import type { GatewayTelemetry } from '../telemetry';
import { openEventHub } from './event-hub';
import { openEventStream, STREAM_HEADERS } from './event-stream';
import { FollowedAccount } from './followed-account';
import { FollowedOrder } from './followed-order';
import type { Following, FollowingOptions } from './following';
import { type LiveDocuments, type LiveRequest, openLiveDocuments } from './live-document';
import { withLiveUpdates } from './live-schema';
import { readPositions } from './position';
import { openSharedReads, type SharedReads } from './shared-reads';
import { Subscribers } from './subscribers';

/** A client that wants to follow something, past identity, limits and price. */
export interface SubscriptionRequest {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly viewer: Viewer;
  readonly requestId: string;
  readonly signal: AbortSignal;
  /** The id of the last event that reached it before its connection broke. */
  readonly lastEventId: string | undefined;
  readonly isTrusted: () => Promise<boolean>;
}

export interface Subscriptions {
  /** Takes a graph that came into force. */
  take(apiSchema: GraphQLSchema): void;
  /** The graph with what can be followed in it, or null when there is nothing to follow. */
  schema(): GraphQLSchema | null;
  open(request: SubscriptionRequest): Promise<OrRefused<HttpResponse>>;
  close(): Promise<void>;
}

export interface SubscriptionsOptions {
  readonly houses: Readonly<Record<string, string>>;
  readonly hopSecret: string;
  readonly log: Log;
  readonly execution: () => Execution;
  readonly telemetry: GatewayTelemetry;
  readonly perViewerMax: number;
}

/** Keeps the subscriptions of one gateway process: who follows what, within which limits, and until when. */
export function openSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const hub = openEventHub(options);
  const reads = openSharedReads();
  const subscribers = new Subscribers(options.telemetry, options.perViewerMax);
  let live: { readonly schema: GraphQLSchema; readonly documents: LiveDocuments } | null = null;
  return {
    take(apiSchema) {
      const schema = withLiveUpdates(apiSchema);
      live = schema && { schema, documents: openLiveDocuments(schema) };
    },
    schema: () => live?.schema ?? null,
    async open(request) {
      if (!live) return NOTHING_TO_FOLLOW;
      const asked = live.documents.read(request.document, request.operation, request.variables);
      if (!asked.ok) return asked;
      const resumeAt = request.lastEventId ? readPositions(request.lastEventId) : null;
      if (request.lastEventId && !resumeAt) return NO_POSITION;
      if (!subscribers.hasRoomFor(request.viewer)) return TOO_MANY;
      const stream = openEventStream(request.signal);
      const following = follow({ ...followingOf(request, asked.value, options, reads), hub, stream, resumeAt, schema: live.schema });
      subscribers.enter({ ...request, field: asked.value.field, stream, following });
      following.start().catch(fault => {
        options.log.error('A subscription failed.', { requestId: request.requestId, fault });
        stream.end();
      });
      return granted({ status: 200, headers: STREAM_HEADERS, stream });
    },
    async close() {
      live = null;
      subscribers.close();
      await hub.close();
    },
  };
}

const follow = (options: FollowingOptions): Following =>
  options.asked.field === 'orderUpdated' ? new FollowedOrder(options) : new FollowedAccount(options);

function followingOf(request: SubscriptionRequest, asked: LiveRequest, { execution, telemetry }: SubscriptionsOptions, reads: SharedReads) {
  const { viewer, requestId, document, isTrusted } = request;
  return {
    asked,
    document,
    requestId,
    isTrusted,
    onUpdate: () => telemetry.updates.inc({ field: asked.field }),
    read: ({ query, variables }: LiveRequest, since: string) =>
      reads.share(`${since}\n${JSON.stringify(variables)}\n${query}`, viewer, async dependence => {
        // Others may wait for the same answer: it is not given up when this client leaves.
        const context = { viewer, requestId, signal: FOR_ALL, since, silentHouses: new Set<string>(), dependence };
        const { body } = await execution().run({ query, variables, operationName: undefined, accept: 'application/json' }, context);
        return String(body).trimEnd();
      }),
  };
}

const FOR_ALL = new AbortController().signal;

const NOTHING_TO_FOLLOW = refused(400, 'GRAPHQL_VALIDATION_FAILED', 'Nothing can be followed in this graph.');
const NO_POSITION = refused(400, 'BAD_REQUEST', 'Last-Event-ID is the id of an event of this graph.');
const TOO_MANY = refused(429, 'RATE_LIMITED', 'Too many subscriptions are open. Close one first.', { headers: { 'retry-after': '5' } });
