import { abstract } from './supergraphs-abstract';
import { entities } from './supergraphs-entities';

/** A few houses that together show one feature of Federation, and operations that were written to test it. */
export interface SmallSupergraph {
  readonly feature: string;
  readonly houses: Readonly<Record<string, string>>;
  readonly operations: readonly string[];
  /** Operations that the reference answers wrongly; differences.md says why. */
  readonly differs?: readonly string[];
  /** Fields that generated operations leave out, because the reference is wrong about them. */
  readonly avoided?: readonly string[];
  /** The reference loses some values: where it has one, it must be ours. */
  readonly referenceLoses?: true;
}

export const SUPERGRAPHS: readonly SmallSupergraph[] = [...entities, ...abstract];

/** Values for every variable that an operation above declares without a default. */
export const VARIABLES = { id: 'id-4', c: 'JPY', u: 'cm', w: { min: 2, text: 'a\\b' }, t: 'x"y', i: { deep: [1, { two: null }] }, n: 'Y' };
