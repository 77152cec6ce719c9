import type { RequestContext } from '../request-context';
import type { Place } from './collect';
import type { JsonObject } from './json';

/** One operation on its way: what is known so far, and what went wrong. */
export interface Run {
  /** The answer as it grows, with what the houses need of each other in it. The serializer picks what was asked for. */
  data: JsonObject;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
  readonly errors: AnswerError[];
  /** Whether a string of the answer can hold what JSON escapes. Most answers have none. */
  mayEscape: boolean;
  /** Whether a house owed a value and did not give it, or gave one that the schema does not know. */
  isOwed: boolean;
  /** Answers about the schema as JSON text, by their key at the root. */
  readonly introspection: ReadonlyMap<string, string>;
}

export interface AnswerError {
  readonly message: string;
  readonly path?: Place;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** More errors than this tell nobody anything. */
export const ERRORS_MAX = 100;

/** Adds an error, as long as there is room for it. */
export function addError(run: Run, error: AnswerError): void {
  if (run.errors.length < ERRORS_MAX) run.errors.push(error);
}

export function newRun(context: RequestContext, variables: Run['variables'], introspection: Run['introspection']): Run {
  return { data: {}, variables, context, errors: [], mayEscape: false, isOwed: false, introspection };
}
