import { AsyncLocalStorage } from 'node:async_hooks';
import { ApolloServer, type ApolloServerPlugin, type BaseContext, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { type MaskOptions, maskErrors } from './mask-errors';

/** Tokens of one planned query. A client's own limit is far lower and is kept at the gateway, whose plans are longer. */
const TOKENS_MAX = 20_000;

export interface SubgraphServerOptions<Context extends BaseContext> {
  readonly schema: GraphQLSchema;
  readonly logFault: MaskOptions['logFault'];
  readonly plugins?: readonly ApolloServerPlugin<Context>[];
}

/** One HTTP request for GraphQL, its hop token already verified. */
export interface GraphRequest<Context extends BaseContext> {
  readonly method: string;
  readonly headers: Iterable<readonly [string, string]>;
  /** The query string, with its question mark. */
  readonly search?: string;
  /** The parsed JSON body. */
  readonly body: unknown;
  /** Quoted in every error of the answer. */
  readonly requestId: string;
  readonly context: () => Promise<Context>;
}

export interface GraphAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SubgraphServer<Context extends BaseContext> {
  execute(request: GraphRequest<Context>): Promise<GraphAnswer>;
  stop(): Promise<void>;
}

/**
 * Starts what executes a house's documents. It only speaks to signed callers, so what is meant for browsers and for
 * developers (landing page, introspection, traces in answers, batches, persisted documents) is off.
 */
export async function startSubgraphServer<Context extends BaseContext>(
  options: SubgraphServerOptions<Context>,
): Promise<SubgraphServer<Context>> {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true';
  const requestIds = new AsyncLocalStorage<string>();
  const server = new ApolloServer<Context>({
    schema: options.schema,
    introspection: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    logger: quietLogger,
    parseOptions: { maxTokens: TOKENS_MAX },
    formatError: maskErrors({ requestId: () => requestIds.getStore() ?? '', logFault: options.logFault }),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ...(options.plugins ?? []),
    ],
  });
  await server.start();
  return {
    execute: request => requestIds.run(request.requestId, () => answerOf(server, request)),
    stop: () => server.stop(),
  };
}

async function answerOf<Context extends BaseContext>(server: ApolloServer<Context>, request: GraphRequest<Context>): Promise<GraphAnswer> {
  const headers = new HeaderMap();
  for (const [name, value] of request.headers) headers.set(name.toLowerCase(), value);
  const { method, body, search = '' } = request;
  const answer = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method, headers, search, body },
    context: request.context,
  });
  if (answer.body.kind !== 'complete') throw new Error('An answer came in pieces, and no house sends pieces.');
  return { status: answer.status ?? 200, headers: Object.fromEntries(answer.headers), body: answer.body.string };
}

// Faults reach the log through `logFault`, once and with their request id.
const quietLogger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
