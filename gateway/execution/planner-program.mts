// The program of a planner's process. It is loaded by Node itself: it imports packages only, and its types can be erased.

type Plan = (document: string) => unknown;

async function nativePlanner(supergraphSdl: string): Promise<Plan> {
  const { QueryPlanner } = await import('@graphql-hive/router-query-planner');
  const planner = new QueryPlanner(supergraphSdl);
  // No labels, no share of requests: which `@override` holds is settled when the supergraph is composed.
  const labels = new Set<string>();
  return document => planner.plan(document, undefined, labels, 0).node;
}

async function stockPlanner(supergraphSdl: string): Promise<Plan> {
  const { operationFromDocument, Supergraph } = await import('@apollo/federation-internals');
  const { QueryPlanner } = await import('@apollo/query-planner');
  const { parse } = await import('graphql');
  const supergraph = Supergraph.build(supergraphSdl);
  const apiSchema = supergraph.apiSchema();
  const planner = new QueryPlanner(supergraph);
  return document => planner.buildQueryPlan(operationFromDocument(apiSchema, parse(document))).node;
}

let plan: Plan = () => undefined;

async function start(supergraphSdl: string): Promise<void> {
  plan = process.argv[2] === 'native' ? await nativePlanner(supergraphSdl) : await stockPlanner(supergraphSdl);
  process.send?.({ ready: true });
}

function answer(document: string): object {
  try {
    return { plan: JSON.stringify(plan(document) ?? null) };
  } catch (fault) {
    return { fault: fault instanceof Error ? fault.message : String(fault) };
  }
}

process.on('message', ({ supergraphSdl, document }: { supergraphSdl?: string; document?: string }) => {
  if (supergraphSdl !== undefined) void start(supergraphSdl);
  else process.send?.(answer(document ?? ''));
});
process.on('disconnect', () => process.exit(0));
