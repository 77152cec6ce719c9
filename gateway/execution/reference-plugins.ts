import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { execute, GraphQLError, Kind } from 'graphql';
import { isErrorCode } from '#kernel/graph/error-codes';
import type { Log } from '#kernel/log';
import { publicError } from '../errors';
import type { RequestContext } from '../request-context';

/**
 * Gives every error its request id, and turns values that a house owed and did not give into errors: the stock executor
 * nulls them and tells why only in an extension, with names that are for us.
 */
export function errorsForCallers(log: Log): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue: { requestId } }) {
          // What a house did wrong was logged where it answered.
          const faults = errors.filter(({ extensions }) => !isErrorCode(extensions['code']) && !extensions['serviceName']);
          for (const fault of faults) log.error('The executor failed.', { requestId, fault });
        },
        async willSendResponse({ response, contextValue: { requestId, hidesHouses } }) {
          if (response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          const owed = singleResult.extensions?.['valueCompletion'];
          delete singleResult.extensions;
          const missing = Array.isArray(owed) ? owed.filter(error => error instanceof GraphQLError) : [];
          if (missing.length > 0) log.error('A house owed a value.', { requestId, count: missing.length, fault: missing[0] });
          const errors = [...(singleResult.errors ?? []), ...missing.map(({ path }) => ({ message: '', ...(path && { path }) }))];
          if (errors.length > 0) singleResult.errors = errors.map(error => publicError(error, requestId, hidesHouses));
        },
      };
    },
    async unexpectedErrorProcessingRequest({ error, requestContext }) {
      log.error('The executor failed.', { requestId: requestContext.contextValue.requestId, fault: error });
    },
  };
}

/**
 * Answers questions about the schema alone with graphql-js: the stock executor knows an older introspection schema than
 * the tools that ask (it fails on `isOneOf`), and a plan is not needed for what is in memory.
 */
export const introspectionByGraphql: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async responseForOperation({ operation, document, schema, request }) {
        const isAboutSchema = operation.selectionSet.selections.every(node => node.kind === Kind.FIELD && node.name.value.startsWith('__'));
        if (!isAboutSchema) return null;
        const { variables: variableValues, operationName } = request;
        const { data, errors } = await execute({ schema, document, variableValues, operationName });
        // What is wrong with its variables is told by the executor, as for any other operation.
        if (errors || !data) return null;
        return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult: { data } } };
      },
    };
  },
};
