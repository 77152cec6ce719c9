import type { GraphQLSchema } from 'graphql';
import type { Viewer } from '../auth/viewer';
import type { Environment } from '../config';
import type { Database } from '../db/database';
import type { EventMap } from '../events/event';
import type { HandlersBySource } from '../events/handlers';
import type { HouseContext } from '../graph/context';
import type { Cron, Jobs } from '../jobs';
import type { Log } from '../log';
import type { HttpRequest, HttpResponse } from '../serve';
import type { Clock } from '../time';
import type { CallHouse } from './call-house';

/** What a house's ports are made from. */
export interface Surroundings {
  readonly environment: Environment;
  readonly variables: NodeJS.ProcessEnv;
  readonly database: Database;
  readonly databaseUrl: string;
  readonly clock: Clock;
  readonly log: Log;
  /** True where the deployment's clock can be moved. */
  readonly hasTestClock?: boolean;
  /** Where each house of the deployment answers, this one included. */
  readonly neighbours: () => Readonly<Record<string, string>>;
  /** Asks a house at an address of its own, in a signed call: for what concerns the deployment and no business. */
  readonly call: CallHouse;
}

/** An address of a house beside its graph and its log, for signed callers unless it is public. */
export interface Route<Events extends EventMap = EventMap, Services = unknown> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** True for what anybody may read, such as public keys. */
  readonly isPublic?: boolean;
  readonly handle: (request: HttpRequest, context: HouseContext<Events, Services>) => Promise<HttpResponse>;
}

/** A house as its `server.ts` declares it: what it speaks, hears, does later and talks to. */
export interface HouseDefinition<Events extends EventMap = EventMap, Services = unknown> {
  readonly name: string;
  readonly buildSchema: () => GraphQLSchema;
  readonly handlers?: HandlersBySource;
  readonly jobs?: Jobs<Events, Services>;
  readonly cron?: readonly Cron[];
  readonly services?: (surroundings: Surroundings) => Services | Promise<Services>;
  /** Lets go of what `services` opened. */
  readonly closeServices?: (services: Services) => Promise<void>;
  readonly routes?: readonly Route<Events, Services>[];
}

/** A house of any events and ports, as those who only start it see it. */
export type AnyHouse = Omit<HouseDefinition<never, never>, 'services'> & {
  readonly services?: (surroundings: Surroundings) => unknown;
};

/** Declares a house. Its schema is built when it opens, so several houses can be declared in one process. */
export const defineHouse = <Events extends EventMap, Services = unknown>(
  definition: HouseDefinition<Events, Services>,
): HouseDefinition<Events, Services> => definition;

/** Who asks, and for which request: the head of a context. */
export interface Asking {
  readonly viewer: Viewer;
  readonly correlationId: string;
  readonly signal: AbortSignal;
}

/** With what a house is opened. */
export interface HouseOptions {
  readonly environment: Environment;
  readonly variables: NodeJS.ProcessEnv;
  readonly databaseUrl: string;
  readonly connectionsMax?: number;
  readonly host?: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly hopSecrets: readonly string[];
  /** Where the neighbours answer, by name. Those whose events the house handles are followed. */
  readonly neighbours: () => Readonly<Record<string, string>>;
  readonly clock: Clock;
  /** True: the deployment has a clock that can be moved, of which the house keeps a copy; `clock` is not looked at then. */
  readonly hasTestClock?: boolean;
  /**
   * `clock`: what is done now happens now. `cause`: it happens when its cause did, with ids derived from it, so that a
   * history of years can be told in seconds and comes out the same each time. For demonstration data and replays.
   */
  readonly timeFollows?: 'clock' | 'cause';
  readonly log: Log;
  /** False opens the graph alone: no neighbour is followed and no job runs. */
  readonly isAtWork?: boolean;
}
