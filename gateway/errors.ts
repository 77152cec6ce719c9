import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { type ErrorCode, isErrorCode } from '#kernel/graph/error-codes';
import { FAULT_MESSAGE } from '#kernel/graph/mask-errors';

/** A request that is turned away before anything runs: its HTTP status, and what the caller is told. */
export interface Refused {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The limit that was passed, so that a client can see how far it went. */
  readonly limit?: { readonly name: string; readonly max: number; readonly found: number };
  /** What is wrong with the document, each with its place. */
  readonly errors?: readonly GraphQLError[];
}

/** Either what was asked for, or why the request is turned away. */
export type OrRefused<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refused: Refused };

export const granted = <T>(value: T) => ({ ok: true, value }) as const;
export const refused = (status: number, code: ErrorCode, message: string, more: Omit<Refused, 'status' | 'code' | 'message'> = {}) =>
  ({ ok: false, refused: { status, code, message, ...more } }) as const;

/** The answer's text for a refused request. */
export function refusalText({ code, message, limit, errors }: Refused, requestId: string): string {
  if (errors) return JSON.stringify({ errors: errors.map(error => publicError({ ...error.toJSON(), extensions: { code } }, requestId)) });
  return JSON.stringify({ errors: [{ message, extensions: { code, ...(limit && { limit }), requestId } }] });
}

/** `Did you mean …?` names fields that the caller may not know of. */
const SUGGESTION = / ?Did you mean [^?]*\?/g;

const SOMETHING_SILENT =
  'A part of us does not answer at the moment. Everything else in this answer stands; ask for this part again later.';

/** What an error may carry beside its code. What is not listed is dropped. */
const DETAILS = ['house', 'limit', 'problems', 'retryAfterSeconds', 'retryable', 'scope'] as const;

/**
 * What a caller may see of an error: a code of the catalogue, its sentence, its path. Anything else becomes one
 * sentence without content; the log has the rest under the same request id. Partners are not told what we are made of.
 */
export function publicError(error: GraphQLFormattedError, requestId: string | null, hidesHouses = false): GraphQLFormattedError {
  const extensions = error.extensions ?? {};
  const code = isErrorCode(extensions['code']) ? extensions['code'] : 'INTERNAL_SERVER_ERROR';
  const details = DETAILS.flatMap(name =>
    name in extensions && !(hidesHouses && name === 'house') ? [[name, extensions[name]] as const] : [],
  );
  const message = hidesHouses && code === 'HOUSE_UNAVAILABLE' ? SOMETHING_SILENT : error.message.replace(SUGGESTION, '');
  return {
    message: code === 'INTERNAL_SERVER_ERROR' ? FAULT_MESSAGE : message,
    ...(error.locations && { locations: error.locations }),
    ...(error.path && { path: error.path }),
    extensions: { code, ...Object.fromEntries(details), ...(requestId && { requestId }) },
  };
}
