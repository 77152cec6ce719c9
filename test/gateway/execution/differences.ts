/** Generated operations, asked of both executors or of one house that knows everything, and where the answers differ. */
import { isDeepStrictEqual } from 'node:util';
import { parse, validate } from 'graphql';
import { type Answer, openPair } from './answers';
import { openOneHouse } from './one-house';
import { generateOperation } from './operation-generator';
import type { SmallSupergraph } from './small-supergraph';

export interface Difference {
  readonly seed: number;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly ours: string;
  readonly theirs: string;
}

export interface Compared {
  readonly operations: number;
  /** Answers in which the other has less, and nothing else. */
  readonly poorer: number;
  readonly differences: readonly Difference[];
}

export interface Comparing {
  readonly count: number;
  readonly seed: number;
  /** Whether the other is one house that knows everything, instead of the reference. */
  readonly isOneHouse?: boolean;
}

/** More than these tell nothing new. */
const DIFFERENCES_MAX = 3;

export async function compare({ houses, avoided = [] }: SmallSupergraph, { count, seed: from, isOneHouse }: Comparing): Promise<Compared> {
  const pair = await openPair(houses);
  const oneHouse = openOneHouse(pair.schema, houses);
  const differences: Difference[] = [];
  let [operations, poorer] = [0, 0];
  for (let seed = from; operations < count && differences.length < DIFFERENCES_MAX; seed += 1) {
    const { query, variables } = generateOperation({ schema: pair.schema, seed, avoided });
    if (validate(pair.schema, parse(query)).length > 0) continue;
    operations += 1;
    const [ours, theirs] = await Promise.all([
      pair.compiled(query, { variables }),
      isOneHouse ? oneHouse.answer(query, variables) : pair.reference(query, { variables }),
    ]);
    if (isSame(ours, theirs)) continue;
    if (!isOneHouse && isPoorer(theirs.body.data, ours.body.data)) poorer += 1;
    else differences.push({ seed, query, variables, ours: JSON.stringify(ours.body), theirs: JSON.stringify(theirs.body) });
  }
  await pair.close();
  return { operations, poorer, differences };
}

/** The same data, with errors at the same places. The order of keys is not compared: the reference's is not that of §6.3.2. */
const isSame = (ours: Answer, theirs: Answer): boolean =>
  ours.status === theirs.status && isDeepStrictEqual(ours.body.data, theirs.body.data) && placesOf(ours).join() === placesOf(theirs).join();

/** Whether an answer says the same as another, and of some things nothing. */
function isPoorer(poor: unknown, rich: unknown): boolean {
  if (poor === null || poor === undefined) return true;
  if (typeof poor !== 'object' || typeof rich !== 'object' || rich === null) return poor === rich;
  if (Array.isArray(poor) && Array.isArray(rich) && poor.length !== rich.length) return false;
  const known = new Map(Object.entries(rich));
  return Object.entries(poor).every(([key, value]) => known.has(key) && isPoorer(value, known.get(key)));
}

const placesOf = ({ body: { errors = [] } }: Answer) =>
  [...new Set(errors.map(({ path }: { path?: readonly unknown[] }) => (path ?? []).join('.')))].sort();
