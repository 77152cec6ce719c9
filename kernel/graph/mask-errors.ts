import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type ErrorCode, isErrorCode } from './error-codes';

/** What an answer says of a fault; everything else about it is in the log, under the request id. */
export const FAULT_MESSAGE = 'Something went wrong on our side.';

/** Details that an error may carry beside its code. What is not listed is dropped. */
const DETAILS = ['retryAfterSeconds', 'cost', 'costMax', 'depth', 'depthMax', 'scope', 'house'] as const;

export interface MaskOptions {
  /** Ties the answer to the log. */
  readonly requestId: () => string;
  /** Gets each fault in full, where it was thrown. Errors made on purpose are not faults. */
  readonly logFault: (fault: { readonly requestId: string; readonly path: string; readonly error: unknown }) => void;
}

/**
 * The `formatError` of both tiers. Errors made on purpose, with a code of the catalogue, pass; everything else becomes
 * one sentence and a request id: no SQL, no host, no stack and nobody else's values ever leave.
 */
export function maskErrors({
  requestId,
  logFault,
}: MaskOptions): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const id = requestId();
    const code = codeOf(formatted, error);
    const place = { ...(formatted.locations && { locations: formatted.locations }), ...(formatted.path && { path: formatted.path }) };
    if (code === 'INTERNAL_SERVER_ERROR') {
      logFault({ requestId: id, path: formatted.path?.join('.') ?? '', error: unwrapResolverError(error) });
      return { message: FAULT_MESSAGE, ...place, extensions: { code, requestId: id } };
    }
    return { message: formatted.message, ...place, extensions: { ...detailsOf(formatted.extensions ?? {}), code, requestId: id } };
  };
}

function codeOf(formatted: GraphQLFormattedError, error: unknown): ErrorCode {
  const code = formatted.extensions?.code;
  // A code alone proves nothing: drivers and libraries put their own codes on what they throw.
  const isOnPurpose = unwrapResolverError(error) instanceof GraphQLError;
  return isOnPurpose && isErrorCode(code) ? code : 'INTERNAL_SERVER_ERROR';
}

function detailsOf(extensions: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const details: Record<string, unknown> = Object.fromEntries(
    DETAILS.flatMap(name => (name in extensions ? [[name, extensions[name]]] : [])),
  );
  const problems = Array.isArray(extensions.validationErrors) ? problemsOf(extensions.validationErrors, []) : [];
  return problems.length > 0 ? { ...details, problems } : details;
}

/** What class-validator found, without the input it found it in. */
function problemsOf(found: readonly unknown[], path: readonly string[]): readonly { path: readonly string[]; message: string }[] {
  return found.flatMap(item => {
    const { property, constraints = {}, children = [] } = item as ValidationProblem;
    const here = [...path, property];
    return [...Object.values(constraints).map(message => ({ path: here, message })), ...problemsOf(children, here)];
  });
}

interface ValidationProblem {
  readonly property: string;
  readonly constraints?: Readonly<Record<string, string>>;
  readonly children?: readonly unknown[];
}
