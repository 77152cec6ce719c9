import { isDeepStrictEqual } from 'node:util';
import { parse, validate } from 'graphql';
import { openPair } from './answers';
import { generateOperation } from './operation-generator';
import { SUPERGRAPHS } from './supergraphs';

/** How many operations are generated, over all supergraphs. The nightly run takes many more. */
const OPERATIONS = Number(process.env['DIFFERENTIAL_OPERATIONS'] ?? 2_600);
const SEED = Number(process.env['DIFFERENTIAL_SEED'] ?? 1);
const EACH = Math.ceil(OPERATIONS / SUPERGRAPHS.length);

test.each(SUPERGRAPHS)(
  'generated operations over $feature are answered as by the reference',
  async ({ houses, avoided = [], referenceLoses = false }) => {
    const pair = await openPair(houses);
    const differences: object[] = [];
    let compared = 0;
    let lost = 0;
    for (let seed = SEED; compared < EACH; seed += 1) {
      const { query, variables } = generateOperation({ schema: pair.schema, seed, avoided });
      if (validate(pair.schema, parse(query)).length > 0) continue;
      compared += 1;
      const [ours, theirs] = await Promise.all([pair.compiled(query, { variables }), pair.reference(query, { variables })]);
      if (isSame(ours.body, theirs.body) && ours.status === theirs.status) continue;
      if (referenceLoses && isPoorer(theirs.body.data, ours.body.data)) {
        lost += 1;
        continue;
      }
      differences.push({ seed, query, variables, ours: JSON.stringify(ours.body), theirs: JSON.stringify(theirs.body) });
      if (differences.length >= 3) break;
    }
    await pair.close();
    expect(differences).toEqual([]);
    expect(lost).toBeLessThan(EACH * 0.15);
  },
  600_000,
);

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly { readonly path?: readonly unknown[] }[];
}

/** The same data, with errors at the same places. The order of keys is not compared: the reference's is not that of §6.3.2. */
const isSame = (ours: Body, theirs: Body): boolean =>
  isDeepStrictEqual(ours.data, theirs.data) && placesOf(ours).join() === placesOf(theirs).join();

/** Whether an answer says the same as another, and of some things nothing. */
function isPoorer(poor: unknown, rich: unknown): boolean {
  if (poor === null || poor === undefined) return true;
  if (typeof poor !== 'object' || typeof rich !== 'object' || rich === null) return poor === rich;
  if (Array.isArray(poor) && Array.isArray(rich) && poor.length !== rich.length) return false;
  const known = new Map(Object.entries(rich));
  return Object.entries(poor).every(([key, value]) => known.has(key) && isPoorer(value, known.get(key)));
}

const placesOf = ({ errors = [] }: Body) => [...new Set(errors.map(({ path }) => (path ?? []).join('.')))].sort();
