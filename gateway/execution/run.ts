import type { RequestContext } from '../request-context';
import type { Place } from './collect';
import type { Json, JsonObject } from './json';

/** One operation on its way: what is known so far, and what went wrong. */
export interface Run {
  /** The answer as it grows, with what the houses need of each other in it. The serializer picks what was asked for. */
  data: JsonObject;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
  readonly errors: AnswerError[];
  /** Whether a string of the answer can hold what JSON escapes. Most answers have none. */
  mayEscape: boolean;
  /** Whether every string of the answer is ASCII, so that it can leave as it is. Most answers are. */
  isAscii: boolean;
  /** Whether some sub-tree hangs in several places. */
  isShared: boolean;
  /** Texts of sub-trees that hang in several places, by who wrote them and for what. */
  readonly texts: Map<object, Map<Json, string | null>>;
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

/** What is known before any house has answered. Nothing is ever written into it. */
export const NO_DATA: JsonObject = Object.freeze({});

export function newRun(context: RequestContext, variables: Run['variables'], introspection: Run['introspection']): Run {
  const nothingYet = { data: NO_DATA, errors: [], texts: new Map(), mayEscape: false, isAscii: true, isShared: false, isOwed: false };
  return { ...nothingYet, variables, context, introspection };
}
