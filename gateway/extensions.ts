import type { HttpResponse } from '#kernel/serve';

/**
 * Adds what belongs beside `data` and `errors`, as JSON text, without reading the answer again: it is a JSON object and
 * ends in `}`. An answer that was turned away stays as it is.
 */
export function withExtensions(answer: HttpResponse, extensions: string | undefined): HttpResponse {
  const { status, headers = {}, body } = answer;
  if (status !== 200 || body === undefined || extensions === undefined) return answer;
  const text = String(body);
  return { status, headers, body: `${text.slice(0, text.lastIndexOf('}'))},"extensions":${extensions}}` };
}
