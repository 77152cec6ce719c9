import type { SmallSupergraph } from './small-supergraph';
import { abstract } from './supergraphs-abstract';
import { entities } from './supergraphs-entities';
import { values } from './supergraphs-values';

export const SUPERGRAPHS: readonly SmallSupergraph[] = [...entities, ...abstract, ...values];

/** Values for every variable that an operation above declares without a default. */
export const VARIABLES = { id: 'id-4', c: 'JPY', u: 'cm', w: { min: 2, text: 'a\\b' }, t: 'x"y', i: { deep: [1, { two: null }] }, n: 'Y' };
