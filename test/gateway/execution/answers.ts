/** Both executors in front of the same small houses, without a network between. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@theguild/federation-composition';
import { type GraphQLSchema, parse } from 'graphql';
import { type Execution, openExecution } from '../../../gateway/execution';
import type { HouseCaller } from '../../../gateway/house-caller';
import { HouseSilent } from '../../../gateway/house-silent';
import { parseJson } from '../../../gateway/safe-json';
import { anonymous } from '../../../kernel/auth/viewer';
import { silentLog } from '../../../kernel/log';
import { openSmallHouse, withLink } from './small-houses';

/** What an executor answered. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of an answer
  readonly body: any;
}

export interface Asked {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

export interface Pair {
  readonly schema: GraphQLSchema;
  /** Bodies that went to houses, in order. */
  readonly sent: { readonly house: string; readonly body: string }[];
  /** Replaces what a house answers, for one test; null lets the house answer itself. */
  intercept: (house: string, body: string) => Promise<string> | string | null;
  compiled(query: string, asked?: Asked): Promise<Answer>;
  reference(query: string, asked?: Asked): Promise<Answer>;
  close(): Promise<void>;
}

export function supergraphOf(houses: Readonly<Record<string, string>>): string {
  const composed = composeServices(
    Object.entries(houses).map(([name, sdl]) => ({ name, url: 'http://x.invalid', typeDefs: parse(withLink(sdl)) })),
  );
  if (!composed.supergraphSdl) throw new Error(composed.errors?.map(error => error.message).join('; '));
  return composed.supergraphSdl;
}

export async function openPair(houses: Readonly<Record<string, string>>): Promise<Pair> {
  const folder = await mkdtemp(join(tmpdir(), 'executors-'));
  const supergraphPath = join(folder, 'supergraph.graphql');
  await writeFile(supergraphPath, supergraphOf(houses));
  const opened = new Map(Object.entries(houses).map(([name, sdl]) => [name, openSmallHouse(sdl)]));
  const sent: Pair['sent'] = [];
  const caller: HouseCaller = {
    houses: [...opened.keys()],
    queued: () => 0,
    async ask(house, { body }) {
      sent.push({ house, body });
      const text = (await pair.intercept(house, body)) ?? (await opened.get(house)?.answer(body));
      if (text === undefined) throw new HouseSilent(house, 'unknown-house');
      return { status: 200, text, isAscii: false };
    },
    async call(house, call) {
      const { status, text } = await this.ask(house, call);
      return { status, json: parseJson(text) };
    },
    close: async () => {},
  };
  let schema: GraphQLSchema | undefined;
  const options = { supergraphPath, caller, log: silentLog };
  const compiled = await openExecution({ ...options, kind: 'compiled', onSchema: ({ apiSchema }) => (schema = apiSchema) });
  const reference = await openExecution({ ...options, kind: 'reference' });
  if (!schema) throw new Error('No schema came into force.');
  const pair: Pair = {
    schema,
    sent,
    intercept: () => null,
    compiled: (query, asked) => answerOf(compiled, query, asked),
    reference: (query, asked) => answerOf(reference, query, asked),
    async close() {
      await Promise.all([compiled.close(), reference.close()]);
      await rm(folder, { recursive: true });
    },
  };
  return pair;
}

async function answerOf(execution: Execution, query: string, { variables = {}, operationName }: Asked = {}): Promise<Answer> {
  const context = { viewer: anonymous, requestId: 'request-1', signal: new AbortController().signal, silentHouses: new Set<string>() };
  const { status, body } = await execution.run({ query, variables, operationName, accept: undefined }, context);
  return { status, body: JSON.parse(String(body)) };
}
