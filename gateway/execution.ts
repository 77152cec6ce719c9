import './apollo-telemetry-off';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { Log } from '#kernel/log';
import type { HttpResponse } from '#kernel/serve';
import { errorsForCallers, introspectionByGraphql } from './apollo-plugins';
import { publicError } from './errors';
import type { HouseCaller } from './house-caller';
import { HouseSource } from './house-source';
import { TOKENS_MAX } from './limits';
import type { RequestContext } from './request-context';
import { openSupergraphFile } from './supergraph';

/** An operation that passed identity and limits. */
export interface Operation {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly accept: string | undefined;
}

/** Validates, plans and runs operations against the supergraph in force. Everything before it does not know how. */
export interface Execution {
  /** The answer's text holds `data` and `errors`; what belongs into `extensions` is added by the endpoint. */
  run(operation: Operation, context: RequestContext): Promise<HttpResponse>;
  /** The plan of an operation, as JSON, for those who may see it. Absent where the executor cannot tell. */
  readonly explain?: (operation: Operation) => Promise<unknown>;
  rereadSupergraph(): Promise<void>;
  close(): Promise<void>;
}

export interface ExecutionOptions {
  readonly supergraphPath: string;
  readonly caller: HouseCaller;
  readonly log: Log;
  /** Is told of each supergraph that comes into force, the first one included. */
  readonly onSchema?: (loaded: LoadedSchema) => void;
}

/** A supergraph in force: as clients see it, and as it was composed, with prices and houses. */
export interface LoadedSchema {
  readonly apiSchema: GraphQLSchema;
  readonly supergraphSdl: string;
}

/** Opens the executor made of Apollo Server and Apollo Gateway. Throws when the supergraph cannot be loaded. */
export async function openExecution({ supergraphPath, caller, log, onSchema }: ExecutionOptions): Promise<Execution> {
  const supergraph = openSupergraphFile({ path: supergraphPath, houses: caller.houses, log });
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph,
    buildService: ({ name }) => new HouseSource(name, caller, log),
    logger: apolloLogger(log),
  });
  if (onSchema) {
    gateway.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => onSchema({ apiSchema, supergraphSdl: coreSupergraphSdl }));
  }
  const server = apolloServer(gateway, log);
  await server.start().catch(async fault => {
    await gateway.stop();
    throw fault;
  });
  return {
    rereadSupergraph: supergraph.reread,
    close: () => server.stop(),
    async run({ query, operationName, variables, accept }, context) {
      const headers = new HeaderMap([['content-type', 'application/json']]);
      if (accept !== undefined) headers.set('accept', accept);
      const answer = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: 'POST', headers, search: '', body: { query, operationName: operationName ?? null, variables } },
        context: async () => context,
      });
      if (answer.body.kind !== 'complete') throw new Error('The executor answered in parts, which nothing here asks for.');
      return { status: answer.status ?? 200, headers: Object.fromEntries(answer.headers), body: answer.body.string };
    },
  };
}

function apolloServer(gateway: ApolloGateway, log: Log): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    gateway,
    logger: apolloLogger(log),
    introspection: true, // who may introspect is decided by the limits, for each caller
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: TOKENS_MAX.others },
    formatError: formatted => publicError(formatted, null),
    stringifyResult: value => JSON.stringify(value),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      errorsForCallers(log),
      introspectionByGraphql,
    ],
  });
}

/** Apollo's own news stay out of the log; what it warns of does not. */
const apolloLogger = (log: Log) => ({
  debug: () => {},
  info: () => {},
  warn: (text: unknown) => log.warn(String(text)),
  error: (text: unknown) => log.error(String(text)),
});
