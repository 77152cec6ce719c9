import { createContext, useContext } from 'react';
import type { SchemaMap } from './schema-map';
import type { GraphqlAnswer, GraphqlRequest } from './session';

/** Who is signed in, and how to ask in that name. Every panel of the page asks through this. */
export interface Session {
  /** Waits until somebody is signed in, and tells as an error that nobody answers. */
  readonly ask: (request: GraphqlRequest) => Promise<GraphqlAnswer>;
  readonly token: () => Promise<string | null>;
  /** Roles and scopes that the token says. */
  readonly held: readonly string[];
  readonly map: SchemaMap | null;
}

const NOBODY: Session = { ask: async () => ({}), token: async () => null, held: [], map: null };

export const SessionContext = createContext<Session>(NOBODY);
export const useSession = (): Session => useContext(SessionContext);
