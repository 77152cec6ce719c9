import type { GraphQLSchema } from 'graphql';
import type { Log } from '#kernel/log';
import type { AskHouse } from './ask-house';
import { plannedInterfaces } from './planned-interfaces';
import { openPlanner } from './planner';
import { openPreparedDocuments, type PreparedDocuments } from './prepared-documents';
import { typeFactsOf } from './type-facts';

/** Everything that depends on one supergraph. When another comes into force, all of it is let go at once. */
export interface SupergraphVersion {
  readonly schema: GraphQLSchema;
  readonly documents: PreparedDocuments;
  /** Documents that wait for their plan. */
  readonly plansWaiting: number;
  close(): void;
}

export interface VersionOptions {
  /** The schema as clients see it. */
  readonly apiSchema: GraphQLSchema;
  readonly supergraphSdl: string;
  readonly ask: AskHouse;
  readonly log: Log;
}

export function openVersion({ apiSchema: schema, supergraphSdl, ask, log }: VersionOptions): SupergraphVersion {
  const facts = typeFactsOf(supergraphSdl);
  const planner = openPlanner(supergraphSdl, log);
  const documents = openPreparedDocuments({ schema, facts, planner, ask, interfaces: plannedInterfaces(supergraphSdl) });
  return {
    schema,
    documents,
    get plansWaiting() {
      return planner.pending;
    },
    close: planner.close,
  };
}
