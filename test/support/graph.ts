import { randomUUID } from 'node:crypto';
import { operationNamed } from './operations';

/** What the gateway answered. */
export interface Told {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of an answer
  readonly data: any;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly house?: string };
  }[];
}

/** The gateway as a client sees it. */
export interface Graph {
  /** Asks whatever text is given, and answers what came of it. */
  ask(token: string | null, text: string, variables?: object): Promise<Told>;
  /** Asks, and answers the data alone; an error fails the test. */
  query(token: string, text: string, variables?: object): Promise<Told['data']>;
  /** Runs a document of operations.graphql by its name, as `query` does. */
  run(token: string, operationName: string, variables?: object): Promise<Told['data']>;
}

/** The graph at an address, spoken to as a front-end app does. */
export function graphAt(url: string): Graph {
  const ask: Graph['ask'] = async (token, query, variables = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-request-id': `story-${randomUUID()}`,
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data = null, errors = [] } = (await response.json()) as Partial<Told>;
    return { status: response.status, data, errors };
  };
  const query: Graph['query'] = async (token, text, variables) => {
    const { data, errors } = await ask(token, text, variables);
    if (errors.length > 0) throw new Error(`The graph answered with errors: ${JSON.stringify(errors)}`);
    return data;
  };
  return { ask, query, run: (token, operationName, variables) => query(token, operationNamed(operationName), variables) };
}
