import { request as send } from 'undici';
import { hopHeader, signHop } from '#kernel/auth/hop-token';
import { anonymous } from '#kernel/auth/viewer';
import type { HttpResponse } from '#kernel/serve';
import { wallClock } from '#kernel/time';
import { refused } from './errors';
import { refusalResponse } from './refusal-response';
import type { Route } from './routing';

export interface DocumentsOptions {
  /** Where the house that keeps invoices answers, if there is one. */
  readonly billing: string | undefined;
  readonly hopSecret: string;
  readonly deadlineMs: number;
}

const ADDRESS = /^\/documents\/invoices\/([\w-]{1,64})\.pdf$/;
const PASSED_ON = ['content-type', 'content-disposition', 'cache-control'] as const;

/** Invoices as PDF: hands a link on to the house that signed it, and hands back what the house says to it. */
export function openDocuments({ billing, hopSecret, deadlineMs }: DocumentsOptions): Route {
  return async (request, requestId) => {
    const number = ADDRESS.exec(request.path)?.[1];
    if (!number || !billing) return refusalResponse(NO_SUCH_DOCUMENT, request, requestId);
    if (request.method !== 'GET') return { status: 405, headers: { allow: 'GET' } };
    const { query } = request;
    const link = { number, expires: query.get('expires') ?? '', signature: query.get('signature') ?? '' };
    const target = `/documents/invoices?${new URLSearchParams(link)}`;
    const token = signHop(hopSecret, {
      audience: 'billing',
      body: target,
      viewer: anonymous,
      correlationId: requestId,
      now: wallClock.now(),
    });
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(deadlineMs)]);
    try {
      const answer = await send(`${billing}${target}`, { headers: { authorization: hopHeader(token) }, signal });
      return await passedOn(answer);
    } catch {
      return refusalResponse(NOT_NOW, request, requestId);
    }
  };
}

async function passedOn({ statusCode, headers, body }: Awaited<ReturnType<typeof send>>): Promise<HttpResponse> {
  const kept = PASSED_ON.flatMap(name => (typeof headers[name] === 'string' ? [[name, headers[name]] as const] : []));
  return { status: statusCode, headers: Object.fromEntries(kept), body: Buffer.from(await body.arrayBuffer()) };
}

const NO_SUCH_DOCUMENT = refused(404, 'NOT_FOUND', 'There is no such document.').refused;
const NOT_NOW = refused(503, 'HOUSE_UNAVAILABLE', 'Documents cannot be had at the moment. Follow the link again in a minute.').refused;
