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
  async ({ houses, avoided = [] }) => {
    const pair = await openPair(houses);
    const differences: object[] = [];
    let compared = 0;
    for (let seed = SEED; compared < EACH; seed += 1) {
      const { query, variables } = generateOperation({ schema: pair.schema, seed, avoided });
      if (validate(pair.schema, parse(query)).length > 0) continue;
      compared += 1;
      const [ours, theirs] = await Promise.all([pair.compiled(query, { variables }), pair.reference(query, { variables })]);
      if (isSame(ours.body, theirs.body) && ours.status === theirs.status) continue;
      differences.push({ seed, query, variables, ours: JSON.stringify(ours.body), theirs: JSON.stringify(theirs.body) });
      if (differences.length >= 3) break;
    }
    await pair.close();
    expect(differences).toEqual([]);
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

const placesOf = ({ errors = [] }: Body) => [...new Set(errors.map(({ path }) => (path ?? []).join('.')))].sort();
