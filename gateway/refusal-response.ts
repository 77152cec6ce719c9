import type { HttpRequest, HttpResponse } from '#kernel/serve';
import { answerForm } from './accept';
import { type Refused, refusalText } from './errors';

/** What is wrong with a document, as opposed to what is wrong with a request or too much of it. */
const DOCUMENT_FAULTS = new Set(['BAD_USER_INPUT', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'PERSISTED_QUERY_NOT_FOUND']);

/** Turns a request away in the media type that it accepts (GraphQL over HTTP, §6.4). */
export function refusalResponse(why: Refused, { headers }: HttpRequest, requestId: string): HttpResponse {
  const form = answerForm(headers.accept) ?? answerForm(undefined);
  const isLegacyFault = form?.isLegacy && DOCUMENT_FAULTS.has(why.code);
  return {
    status: isLegacyFault ? 200 : why.status,
    headers: {
      'content-type': form?.contentType ?? 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      ...why.headers,
    },
    body: refusalText(why, requestId),
  };
}
