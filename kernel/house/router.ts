import { randomUUID } from 'node:crypto';
import { SpanKind } from '@opentelemetry/api';
import { type HopClaims, hopTokenFrom, verifyHop } from '../auth/hop-token';
import { observe, VIEWER_READ_HEADER } from '../auth/observed-viewer';
import { anonymous } from '../auth/viewer';
import { type ClockQuestion, clockQuestion, type StandingAtStop } from '../clock/house-clock';
import type { Publisher } from '../events/publisher';
import type { HouseContext } from '../graph/context';
import type { SubgraphServer } from '../graph/subgraph-server';
import { type HttpHandler, type HttpRequest, type HttpResponse, json } from '../serve';
import { type Telemetry, traced } from '../telemetry';
import { wallClock } from '../time';
import { withinTraceOf } from '../trace-context';
import { type ContextGround, contextFor } from './context';
import type { HouseDefinition, HouseOptions } from './definition';

/** What a house's addresses are answered from. */
export interface Parts {
  readonly ground: ContextGround<unknown>;
  readonly graph: SubgraphServer<HouseContext>;
  readonly publisher: Publisher;
  readonly telemetry: Telemetry;
  readonly state: { isReady: boolean };
  /** How the house stands at a stop of the clock, where that can be moved. */
  readonly answerClock: ((question: ClockQuestion) => Promise<StandingAtStop>) | null;
}

/** Probes and numbers for the operator, the graph and the log for signed callers, nothing for anybody else. */
export function router(house: HouseDefinition, options: HouseOptions, parts: Parts): HttpHandler {
  const routes = new Map((house.routes ?? []).map(route => [`${route.method} ${route.path}`, route]));
  const handle: HttpHandler = async request => {
    if (request.path === '/healthz') return json(200, { house: house.name });
    if (request.path === '/readyz') return readiness(parts);
    if (request.path === '/metrics') {
      return {
        status: 200,
        headers: { 'content-type': parts.telemetry.registry.contentType },
        body: await parts.telemetry.registry.metrics(),
      };
    }
    const route = routes.get(`${request.method} ${request.path}`);
    const claims = verifyHop(
      options.hopSecrets,
      house.name,
      request.method === 'GET' ? request.target : request.body,
      hopTokenFrom(request.headers.authorization),
      wallClock.now(),
    );
    if (!claims && !route?.isPublic) return unauthenticated;
    const asking = claims ?? { viewer: anonymous, correlationId: `request:${randomUUID()}` };
    if (!route && request.method === 'POST' && request.path === '/graphql') return observedAnswer(parts, request, asking);
    const context = contextFor(parts.ground, { ...asking, signal: request.signal });
    if (route) return route.handle(request, context);
    if (!context.viewer.roles.includes('SERVICE')) return json(404, { message: 'There is nothing here.' });
    if (request.method === 'GET' && request.path === '/events') return parts.publisher.route(request);
    if (request.method === 'POST' && request.path === '/clock' && parts.answerClock)
      return json(200, await parts.answerClock(clockQuestion.parse(JSON.parse(request.body))));
    return json(404, { message: 'There is nothing here.' });
  };
  return request => withinTraceOf(request.headers, () => handle(request));
}

const unauthenticated = json(401, {
  errors: [{ message: 'This house only answers signed calls.', extensions: { code: 'UNAUTHENTICATED' } }],
});

async function readiness({ ground, state }: Parts): Promise<HttpResponse> {
  const isReady = state.isReady && (await ground.database.isReachable());
  return json(isReady ? 200 : 503, { isReady });
}

/** The answer says what it depends on: the gateway need not ask again for others who are the same in this. */
async function observedAnswer(parts: Parts, request: HttpRequest, { viewer, correlationId }: HopClaims): Promise<HttpResponse> {
  const observed = observe(viewer);
  const context = contextFor(parts.ground, { viewer: observed.viewer, correlationId, signal: request.signal });
  const answer = await graphAnswer(parts, request, context);
  return { ...answer, headers: { ...answer.headers, [VIEWER_READ_HEADER]: observed.read().join() } };
}

async function graphAnswer({ graph, ground, telemetry }: Parts, request: HttpRequest, context: HouseContext): Promise<HttpResponse> {
  const body = parsed(request.body);
  if (body === undefined) return json(400, { errors: [{ message: 'The body is not JSON.', extensions: { code: 'BAD_REQUEST' } }] });
  const startedAt = performance.now();
  const answer = await traced(
    `${ground.house} graphql`,
    { house: ground.house, 'graph.request.id': context.correlationId },
    () =>
      graph.execute({
        method: 'POST',
        headers: [['content-type', 'application/json']],
        body,
        requestId: header(request, 'x-request-id') ?? context.correlationId,
        context: async () => context,
      }),
    SpanKind.SERVER,
  );
  const operation =
    typeof body === 'object' && body !== null && 'operationName' in body ? String(body.operationName).slice(0, 64) : 'unnamed';
  telemetry.requests.observe({ operation, outcome: answer.status < 400 ? 'answered' : 'refused' }, (performance.now() - startedAt) / 1000);
  return answer;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function header(request: HttpRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
