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
