import type { GraphqlAnswer } from '../session';

/** One answer, and the question that it answers. */
export interface Run {
  readonly text: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly answer: GraphqlAnswer;
  /** From the click to the last byte, as the browser saw it. */
  readonly tookMs: number;
}
