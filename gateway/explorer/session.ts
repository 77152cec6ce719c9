/** Somebody to try the graph as. The gateway offers personas in development only. */
export interface Persona {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly samples: Readonly<Record<string, unknown>>;
}

export interface GraphqlAnswer<Data = unknown> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string }[];
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

export async function ask<Data>(request: object, token: string | null): Promise<GraphqlAnswer<Data>> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  // What is wrong with a request is in its answer's `errors`, whatever its status.
  return (await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(request) })).json();
}

async function jsonFrom(response: Response) {
  if (!response.ok) throw new Error(`The gateway answered ${response.status}.`);
  return response.json();
}
