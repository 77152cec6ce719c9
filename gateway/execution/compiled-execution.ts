import '../apollo-telemetry-off';
import { ApolloGateway, LocalGraphQLDataSource } from '@apollo/gateway';
import { GraphQLSchema, getVariableValues } from 'graphql';
import { BadConfiguration } from '#kernel/config';
import type { HttpResponse } from '#kernel/serve';
import type { RequestContext } from '../request-context';
import { openSupergraphFile } from '../supergraph';
import { openAskHouse } from './ask-house';
import type { Execution, ExecutionOptions, LoadedSchema, Operation } from './contract';
import { introspect } from './introspection';
import { tellOwedValues } from './owed-values';
import { PlanTooCostly } from './planner-process';
import type { Prepared } from './prepare';
import type { KnownDocument } from './prepared-documents';
import { rejection, replyOf, turnedAway } from './reply';
import { newRun, type Run } from './run';
import { openFlights } from './shared-flights';
import { openVersion, type SupergraphVersion } from './supergraph-version';

/**
 * The fast executor: a document is prepared once, its plan runs as compiled functions, and its answer is written straight
 * to text. Apollo Gateway keeps the supergraph's life: it loads, checks and swaps, and hands over what is in force. Throws
 * when the supergraph cannot be loaded.
 */
export async function openCompiledExecution({ supergraphPath, caller, log, onSchema, onFile }: ExecutionOptions): Promise<Execution> {
  const supergraph = openSupergraphFile({ path: supergraphPath, houses: caller.houses, log, onFile });
  const flights = openFlights(caller, HOUSE_PATH);
  const ask = openAskHouse(flights, log);
  const plans: PlanCounts = { hits: 0, misses: 0, tooCostly: 0 };
  const inForce: { version: SupergraphVersion | null } = { version: null };
  const swap = (loaded: LoadedSchema) => {
    const previous = inForce.version;
    inForce.version = openVersion({ ...loaded, ask, log });
    // What runs on the previous one ends on it, plans that are being made included.
    previous?.close();
    onSchema?.(loaded);
  };
  const keeper = await keepSupergraph(supergraph, swap, text => log.error(text));
  const current = (): SupergraphVersion => {
    if (!inForce.version) throw new BadConfiguration('SUPERGRAPH_PATH: the supergraph cannot be executed.');
    return inForce.version;
  };
  if (!inForce.version) await keeper.stop();
  current();
  return {
    rereadSupergraph: supergraph.reread,
    async explain({ query, operationName, variables }) {
      const known = await current().documents.find(query, operationName);
      return 'errors' in known ? null : ((await known.prepared(variables)).plan ?? null);
    },
    run: (operation, context) => runOn(current(), operation, context, plans),
    counts: () => ({
      planHits: plans.hits,
      planMisses: plans.misses,
      plansTooCostly: plans.tooCostly,
      flights: flights.counts.flown,
      flightsShared: flights.counts.shared,
      documentsKept: inForce.version?.documents.size ?? 0,
      plansWaiting: inForce.version?.plansWaiting ?? 0,
    }),
    async close() {
      await keeper.stop();
      inForce.version?.close();
    },
  };
}

/** The path on which every house answers GraphQL. */
const HOUSE_PATH = '/graphql';

/** How operations came by their plans. */
interface PlanCounts {
  hits: number;
  misses: number;
  tooCostly: number;
}

/** Apollo Gateway with all of its life and none of its execution. */
async function keepSupergraph(
  supergraph: ReturnType<typeof openSupergraphFile>,
  take: (loaded: LoadedSchema) => void,
  complain: (text: string) => void,
): Promise<ApolloGateway> {
  const quiet = () => {};
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph,
    buildService: () => new LocalGraphQLDataSource(new GraphQLSchema({})),
    logger: { debug: quiet, info: quiet, warn: quiet, error: text => complain(String(text)) },
  });
  gateway.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => take({ apiSchema, supergraphSdl: coreSupergraphSdl }));
  await gateway.load().catch(async fault => {
    await gateway.stop().catch(quiet);
    throw fault;
  });
  return gateway;
}

async function runOn(
  { schema, documents }: SupergraphVersion,
  operation: Operation,
  context: RequestContext,
  plans: PlanCounts,
): Promise<HttpResponse> {
  const { requestId } = context;
  const found = documents.find(operation.query, operation.operationName);
  const known = found instanceof Promise ? await found : found;
  if ('errors' in known) return rejection(known, requestId);
  const { variableDefinitions = [] } = known.operation;
  const { errors, coerced } =
    variableDefinitions.length > 0 ? getVariableValues(schema, variableDefinitions, operation.variables) : NO_VARIABLES;
  if (errors) return rejection({ code: 'BAD_USER_INPUT', errors }, requestId);
  const preparing = preparedInTime(known, coerced);
  const isWaiting = preparing instanceof Promise;
  plans[isWaiting ? 'misses' : 'hits'] += 1;
  const prepared = isWaiting ? await preparing : preparing;
  if (!prepared) plans.tooCostly += 1;
  if (!prepared) return turnedAway('COST_LIMIT', 'The operation takes too long to plan. Ask for less at once.', requestId);
  const { introspection } = prepared;
  const run = newRun(context, coerced, introspection ? await introspect(schema, introspection, coerced) : NO_INTROSPECTION);
  const running = prepared.run(run);
  if (running) await running;
  const reply = replyOf(prepared, run, operation.extensions);
  if (!run.isOwed) return reply;
  await tellOwedValues(run, { schema, ...prepared });
  return replyOf(prepared, run, operation.extensions);
}

const NO_INTROSPECTION: ReadonlyMap<string, string> = new Map();

const NO_VARIABLES: ReturnType<typeof getVariableValues> = { coerced: {} };

/** A document that was prepared before is there at once; null for one whose plan takes too long. */
function preparedInTime(known: KnownDocument, variables: Run['variables']): Prepared | Promise<Prepared | null> {
  const prepared = known.prepared(variables);
  if (!(prepared instanceof Promise)) return prepared;
  return prepared.catch(fault => {
    if (fault instanceof PlanTooCostly) return null;
    throw fault;
  });
}
