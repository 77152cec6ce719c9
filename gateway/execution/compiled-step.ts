import type { AskHouse } from './ask-house';
import type { Run } from './run';
import type { EntityPart } from './steps';
import type { TypeFacts } from './type-facts';

/** Runs a step. Answers nothing when it could be done at once: what needs no waiting does not wait. */
export type RunStep = (run: Run) => Promise<void> | undefined;

export interface CompileOptions {
  readonly facts: TypeFacts;
  readonly ask: AskHouse;
  /** Parts whose sub-trees are shared among the objects that look the same, and where these then hang. */
  readonly shareable: ReadonlySet<EntityPart>;
  readonly sharedPlaces: ReadonlySet<string>;
}
