import type { AskHouse } from './ask-house';
import type { Run } from './run';
import type { EntityPart } from './steps';
import type { TypeFacts } from './type-facts';

/** Runs a step. Answers nothing when it could be done at once: what needs no waiting does not wait. */
export type RunStep = (run: Run) => Promise<void> | undefined;

export interface CompileOptions {
  readonly facts: TypeFacts;
  readonly ask: AskHouse;
  readonly shareable: ReadonlySet<EntityPart>;
}
