/** Every code that an entry of a top-level `errors` list can carry. What is not listed here is told to nobody. */
export const ERROR_CODES = {
  BAD_REQUEST: 'The request is not GraphQL over HTTP.',
  BAD_USER_INPUT: 'A variable or an argument has a value it cannot have.',
  BODY_TOO_LARGE: 'The request is larger than one may be.',
  COST_LIMIT: 'The document costs more than the caller may spend.',
  DEPTH_LIMIT: 'The document is nested too deeply.',
  FORBIDDEN: 'The caller is known, and may not have this.',
  GRAPHQL_PARSE_FAILED: 'The document is not GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The document does not fit the schema.',
  HOUSE_UNAVAILABLE: 'The part of the graph that knows this does not answer at the moment.',
  INTERNAL_SERVER_ERROR: 'A fault on our side. It is logged under the request id.',
  LIMIT_EXCEEDED: 'The document, or a page it asks for, is larger than one request may be.',
  NOT_FOUND: 'There is no such thing, or the caller may not know of it.',
  OPERATION_RESOLUTION_FAILURE: 'The document has no operation of that name.',
  PERSISTED_QUERY_NOT_FOUND: 'No document is known under this hash.',
  PERSISTED_QUERY_NOT_SUPPORTED: 'Documents are not taken by hash here.',
  PERSISTED_QUERY_MISMATCH: 'The document is not the one this hash stands for.',
  RATE_LIMITED: 'Too many requests. Try again after `retryAfterSeconds`.',
  TIMEOUT: 'The answer took longer than it may.',
  UNAUTHENTICATED: 'The caller is not known, or its token is not valid.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;
export const isErrorCode = (text: unknown): text is ErrorCode => typeof text === 'string' && Object.hasOwn(ERROR_CODES, text);
