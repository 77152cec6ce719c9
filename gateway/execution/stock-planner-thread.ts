// Runs on a thread of its own, and is loaded by Node itself: it imports packages only, and its types can be erased.
import { parentPort, workerData } from 'node:worker_threads';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';

const supergraph = Supergraph.build(workerData.supergraphSdl);
const apiSchema = supergraph.apiSchema();
const planner = new QueryPlanner(supergraph);

parentPort?.on('message', ({ id, document }: { id: number; document: string }) => {
  try {
    const { node } = planner.buildQueryPlan(operationFromDocument(apiSchema, parse(document)));
    // What cannot travel between threads, and nobody needs: parsed documents.
    parentPort?.postMessage({ id, node: node && JSON.parse(JSON.stringify(node)) });
  } catch (fault) {
    parentPort?.postMessage({ id, fault: fault instanceof Error ? fault.message : String(fault) });
  }
});
parentPort?.postMessage('ready');
