import '../apollo-telemetry-off';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Log } from '#kernel/log';
import { publicError } from '../errors';
import { withExtensions } from '../extensions';
import { HouseSource } from '../house-source';
import { TOKENS_MAX } from '../limits';
import type { RequestContext } from '../request-context';
import { openSupergraphFile } from '../supergraph';
import type { Execution, ExecutionOptions } from './contract';
import { errorsForCallers, introspectionByGraphql } from './reference-plugins';

/**
 * The executor made of Apollo Server and Apollo Gateway: slower by far, and what ours is measured against. Throws when
 * the supergraph cannot be loaded.
 */
export async function openReferenceExecution({ supergraphPath, caller, log, onSchema, onFile }: ExecutionOptions): Promise<Execution> {
  const supergraph = openSupergraphFile({ path: supergraphPath, houses: caller.houses, log, onFile });
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
    async run({ query, operationName, variables, accept, extensions }, context) {
      const headers = new HeaderMap([['content-type', 'application/json']]);
      if (accept !== undefined) headers.set('accept', accept);
      const answer = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: 'POST', headers, search: '', body: { query, operationName: operationName ?? null, variables } },
        context: async () => context,
      });
      if (answer.body.kind !== 'complete') throw new Error('The executor answered in parts, which nothing here asks for.');
      const { status = 200, body } = answer;
      return withExtensions({ status, headers: Object.fromEntries(answer.headers), body: body.string }, extensions);
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
