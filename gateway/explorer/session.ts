/** Somebody to try the graph as. The gateway offers personas in development only. */
export interface Persona {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly samples: Readonly<Record<string, unknown>>;
}

export interface GraphqlAnswer<Data = unknown> {
  readonly data?: Data | null;
  readonly errors?: readonly GraphqlProblem[];
  readonly extensions?: AnswerExtensions;
}

export interface GraphqlProblem {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string; readonly house?: string };
}

/** What the gateway says about an answer. Plan and trace are for those who look after the graph. */
export interface AnswerExtensions {
  readonly cost?: { readonly requested: number; readonly budget: number; readonly left: number };
  readonly trace?: { readonly ms: number; readonly calls: readonly TracedCall[] };
  readonly plan?: PlanNode | null;
}

export interface TracedCall {
  readonly house: string;
  readonly outcome: string;
  readonly atMs: number;
  readonly ms: number;
}

export interface PlanNode {
  readonly kind: string;
  readonly nodes?: readonly PlanNode[];
  readonly node?: PlanNode;
  readonly path?: readonly unknown[];
  readonly serviceName?: string;
  readonly operation?: string;
}

export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string | null;
  readonly extensions?: object;
}

export async function fetchPersonas(): Promise<readonly Persona[]> {
  const { personas } = await jsonFrom(await fetch('/explorer/personas'));
  return personas;
}

/** A token for the persona. It is kept in memory only, and is gone when the page is. */
export async function signIn(persona: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const { token } = await jsonFrom(await fetch('/explorer/sign-in', { method: 'POST', headers, body: JSON.stringify({ persona }) }));
  return token;
}

export async function ask<Data>(request: GraphqlRequest, token: string | null, signal?: AbortSignal): Promise<GraphqlAnswer<Data>> {
  const headers = { 'content-type': 'application/json', ...bearer(token) };
  // What is wrong with a request is in its answer's `errors`, whatever its status.
  return (await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(request), ...(signal && { signal }) })).json();
}

export const bearer = (token: string | null): Readonly<Record<string, string>> => (token ? { authorization: `Bearer ${token}` } : {});

/** What a token says that its bearer holds, for the page to show. Whether it is believed is for others to say. */
export function heldBy(token: string | null): readonly string[] {
  try {
    const payload = token?.split('.')[1] ?? '';
    const { roles = [], scope = '', scopes = [] } = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/')));
    return [...roles, ...scopes, ...String(scope).split(' ')].filter(entry => typeof entry === 'string' && entry !== '');
  } catch {
    return [];
  }
}

async function jsonFrom(response: Response) {
  if (!response.ok) throw new Error(`The gateway answered ${response.status}.`);
  return response.json();
}
