import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { DataFolder } from './deployment-folder';
import type { Platform } from './platform';
import type { TableRow } from './progress';

interface Persona {
  readonly id: string;
  readonly label: string;
  readonly description: string;
}

/** Who to be and what to ask for, kept in `demo.json` for scripts. */
interface DemoFacts {
  readonly graph: string;
  readonly explorer: string;
  readonly houses: Readonly<Record<string, string>>;
  readonly tokens: Readonly<Record<string, string>>;
  readonly samples: Readonly<Record<string, unknown>>;
}

/**
 * Signs each persona in, writes the addresses, tokens and sample ids to `demo.json`, and answers the table that a
 * newcomer sees. The answer under the curl is what the graph has just said to it.
 */
export async function writeDemoFacts(platform: Platform, folder: DataFolder): Promise<readonly TableRow[]> {
  const { samples } = readSamples(folder);
  const { personas } = (await (await fetch(`${platform.url}/explorer/personas`)).json()) as { personas: readonly Persona[] };
  const tokens = Object.fromEntries(await Promise.all(personas.map(async ({ id }) => [id, await signIn(platform.url, id)] as const)));
  const facts: DemoFacts = {
    graph: `${platform.url}/graphql`,
    explorer: `${platform.url}/explorer/`,
    houses: Object.fromEntries([...platform.houses].map(([name, { url }]) => [name, url])),
    tokens,
    samples,
  };
  writeFileSync(folder.demo, `${JSON.stringify(facts, null, 2)}\n`, { mode: 0o600 });
  return [
    ['Explorer', facts.explorer],
    ['Graph', facts.graph],
    [
      'Houses',
      Object.entries(facts.houses)
        .map(([name, url]) => `${name} ${new URL(url).port}`)
        .join(' · '),
    ],
    ['Facts for scripts', folder.demo],
    ['Mail and logs', `${folder.mail} · ${folder.logs}`],
    ['', ''],
    ...personas.flatMap(({ id, description }): TableRow[] => [
      [`Token: ${id}`, `${description}`],
      ['', tokens[id] ?? ''],
    ]),
    ['', ''],
    ...(await tryOut(facts)),
    ['', ''],
    ['Stop', 'Ctrl-C'],
  ];
}

async function signIn(url: string, persona: string): Promise<string> {
  const response = await fetch(`${url}/explorer/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ persona }),
  });
  return ((await response.json()) as { token: string }).token;
}

/** One request to begin with, and what it answers: asked for real, so that what is printed is what will be seen. */
async function tryOut(facts: DemoFacts): Promise<readonly TableRow[]> {
  const query = `{ billingAccount(id: "${String(facts.samples.account)}") { number name subscriptions(first: 1) { nodes { name status seats plan { name } } } } }`;
  const body = JSON.stringify({ query });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${facts.tokens.buyer}` };
  const answer = await (await fetch(facts.graph, { method: 'POST', headers, body })).text();
  return [
    ['Try', `curl -s ${facts.graph} -H 'content-type: application/json' -H 'authorization: Bearer ${facts.tokens.buyer}' -d '${body}'`],
    ['It answers', answer.trim()],
  ];
}

function readSamples(folder: DataFolder): { readonly samples: Readonly<Record<string, unknown>> } {
  const path = folder.path.concat('/samples.json');
  return { samples: existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>) : {} };
}
