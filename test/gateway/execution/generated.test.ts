import { compare } from './differences';
import { SUPERGRAPHS } from './supergraphs';
import { interfaceObjects } from './supergraphs-interface-objects';

/** How many operations are generated, over all supergraphs. `npm run bench -- differential` takes many more. */
const OPERATIONS = Number(process.env['DIFFERENTIAL_OPERATIONS'] ?? 2_600);
const SEED = Number(process.env['DIFFERENTIAL_SEED'] ?? 1);
const EACH = Math.ceil(OPERATIONS / SUPERGRAPHS.length);
/** The reference loses so much at most, where it loses values. */
const LOST_SHARE_MAX = 0.15;

test.each(SUPERGRAPHS)(
  'generated operations over $feature are answered as by the reference',
  async supergraph => {
    const { differences, poorer } = await compare(supergraph, { count: EACH, seed: SEED });
    expect(differences).toEqual([]);
    expect(poorer).toBeLessThanOrEqual(supergraph.referenceLoses ? EACH * LOST_SHARE_MAX : 0);
  },
  600_000,
);

test.each(interfaceObjects)(
  'generated operations over $feature are answered as by one house that knows everything',
  async supergraph => {
    expect((await compare(supergraph, { count: Math.ceil(EACH / 2), seed: SEED, isOneHouse: true })).differences).toEqual([]);
  },
  600_000,
);
