import type { GraphQLSchema } from 'graphql';
import type { Log } from '#kernel/log';
import type { HttpResponse } from '#kernel/serve';
import type { HouseCaller } from '../house-caller';
import type { RequestContext } from '../request-context';
import type { ExecutionKind } from './kinds';

/** An operation that passed identity and limits. */
export interface Operation {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly accept: string | undefined;
  /** JSON text that stands as `extensions` beside the data, where there is something to say. */
  readonly extensions?: string;
}

/** Validates, plans and runs operations against the supergraph in force. Everything before it does not know how. */
export interface Execution {
  /** The answer's text holds `errors`, `data` and, when the operation ran, the `extensions` that were given. */
  run(operation: Operation, context: RequestContext): Promise<HttpResponse>;
  /** The plan of an operation, as JSON, for those who may see it. Absent where the executor cannot tell. */
  readonly explain?: (operation: Operation) => Promise<unknown>;
  /** What the executor kept, shared and waited for, for whoever looks at its numbers. Absent where it cannot tell. */
  readonly counts?: () => ExecutionCounts;
  rereadSupergraph(): Promise<void>;
  close(): Promise<void>;
}

/** Counted since the process began, but for the last two, which are of this moment. */
export interface ExecutionCounts {
  /** Operations whose plan was there, that waited for one, and that got none in time. */
  readonly planHits: number;
  readonly planMisses: number;
  readonly plansTooCostly: number;
  /** Reads that were sent to a house, and reads that were answered by one that was on its way already. */
  readonly flights: number;
  readonly flightsShared: number;
  readonly documentsKept: number;
  readonly plansWaiting: number;
}

export interface ExecutionOptions {
  readonly kind: ExecutionKind;
  readonly supergraphPath: string;
  readonly caller: HouseCaller;
  readonly log: Log;
  /** Is told of each supergraph that comes into force, the first one included. */
  readonly onSchema?: (loaded: LoadedSchema) => void;
  /** Is told of each change of the supergraph's file, taken or declined. */
  readonly onFile?: (outcome: 'in-force' | 'declined') => void;
}

/** A supergraph in force: as clients see it, and as it was composed, with prices and houses. */
export interface LoadedSchema {
  readonly apiSchema: GraphQLSchema;
  readonly supergraphSdl: string;
}
