import type { GraphQLFormattedError } from 'graphql';
import type { ErrorCode } from '#kernel/graph/error-codes';
import type { HttpResponse } from '#kernel/serve';
import { publicError } from '../errors';
import type { Prepared, Rejected } from './prepare';
import type { Run } from './run';

const HEADERS = { 'content-type': 'application/json; charset=utf-8' };

/** The answer of an operation that ran: 200, whatever its houses said (GraphQL over HTTP, §6.4.1). */
export function replyOf({ serialize, clientKey }: Prepared, run: Run, extensions: string | undefined): HttpResponse {
  const data = serialize(run.data, run) ?? 'null';
  const tail = extensions === undefined ? '}' : `,"extensions":${extensions}}`;
  if (run.errors.length === 0) {
    const isAscii = run.isAscii && run.introspection.size === 0;
    return { status: 200, headers: HEADERS, body: `{"data":${data}${tail}`, isAscii };
  }
  const errors = run.errors.map(({ path, ...error }) =>
    publicError(
      { ...error, ...(path && { path: path.map(step => (typeof step === 'string' ? clientKey(step) : step)) }) },
      run.context.requestId,
      run.context.hidesHouses,
    ),
  );
  return { status: 200, headers: HEADERS, body: `{"errors":${JSON.stringify(errors)},"data":${data}${tail}` };
}

/** The answer of a document that cannot run. */
export function rejection({ code, errors }: Rejected, requestId: string): HttpResponse {
  return refusal(
    errors.map(error => ({ ...error.toJSON(), extensions: { code } })),
    requestId,
  );
}

/** The answer of an operation that was turned away for one reason. */
export const turnedAway = (code: ErrorCode, message: string, requestId: string): HttpResponse =>
  refusal([{ message, extensions: { code } }], requestId);

const refusal = (errors: readonly GraphQLFormattedError[], requestId: string): HttpResponse => ({
  status: 400,
  headers: HEADERS,
  body: JSON.stringify({ errors: errors.map(error => publicError(error, requestId)) }),
});
