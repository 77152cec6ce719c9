import { type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { isSignedIn, type Viewer } from '#kernel/auth/viewer';
import type { Environment } from '#kernel/config';
import { type HttpRequest, type HttpResponse, json } from '#kernel/serve';
import { traced } from '#kernel/telemetry';
import { withinTraceOf } from '#kernel/trace-context';
import { type AnswerForm, answerForm, weightOf } from './accept';
import { type Audience, isShownContract, type PartnerGraph } from './audience/partner-graph';
import { overBudget, type PricedOperation, type Pricing } from './cost/pricing';
import type { DocumentReader, ReadDocument } from './document';
import { granted, type OrRefused, type Refused, refusalText, refused } from './errors';
import type { Execution } from './execution';
import { withExtensions } from './extensions';
import type { Identity } from './identity';
import { mayIntrospect, refusalOf, togetherRefusalOf } from './limits';
import type { PersistedDocuments } from './persisted-documents';
import type { Quota, Quotas } from './quotas';
import { refusalResponse } from './refusal-response';
import { maySeeInside, recording } from './request-trace';
import type { Route } from './routing';
import { answerAboutSchema, isAboutSchemaOnly } from './schema-questions';
import { onlyEvent } from './subscriptions/event-stream';
import type { Subscriptions } from './subscriptions/subscriptions';
import type { GatewayTelemetry } from './telemetry';
import { type GraphqlRequest, readGraphqlRequest } from './transport';

export interface EndpointOptions {
  /** Which graph this address shows. A partner's token is shown the partners' graph wherever it asks. */
  readonly audience: Audience;
  readonly partnerGraph: PartnerGraph;
  readonly environment: Environment;
  readonly identity: Identity;
  readonly addressOf: (request: HttpRequest) => string;
  readonly persisted: PersistedDocuments;
  readonly documents: DocumentReader;
  readonly pricing: Pricing;
  readonly quotas: Quotas;
  readonly execution: Execution;
  readonly telemetry: GatewayTelemetry;
  readonly subscriptions: Subscriptions;
}

/** One query's walk: transport, identity, document, limits, cost, execution. Whoever is turned away is turned away early. */
export function openGraphqlEndpoint(parts: EndpointOptions): Route {
  const { telemetry } = parts;
  return async (request, requestId) => {
    const startedAt = performance.now();
    telemetry.running.inc();
    const walk: Walk = { request, requestId, operation: 'refused', quota: null };
    try {
      const answer = await withinTraceOf(request.headers, () =>
        traced('graphql', { 'graph.request.id': requestId }, span => answerWithin(span, parts, walk), SpanKind.SERVER),
      );
      observe(telemetry, walk, answer.status, startedAt);
      return walk.quota ? { ...answer, headers: { ...answer.headers, ...walk.quota.headers() } } : answer;
    } catch (fault) {
      observe(telemetry, walk, 500, startedAt);
      throw fault;
    } finally {
      telemetry.running.dec();
    }
  };
}

/** A request on its way, and under which name it is counted. */
interface Walk {
  readonly request: HttpRequest;
  readonly requestId: string;
  operation: string;
  /** What a partner's system has left, where it is one that asks. */
  quota: Quota | null;
}

function observe({ requests }: GatewayTelemetry, { operation }: Walk, status: number, startedAt: number): void {
  const outcome = status < 400 ? 'answered' : status < 500 ? 'refused' : 'failed';
  requests.observe({ operation, outcome }, (performance.now() - startedAt) / 1_000);
}

/** The span is named when the operation is known: by its own name where it is one of ours, as in the numbers. */
async function answerWithin(span: Span, parts: EndpointOptions, walk: Walk): Promise<HttpResponse> {
  const response = await answerOf(parts, walk);
  if (!span.isRecording()) return response;
  span.updateName(`graphql ${walk.operation}`);
  span.setAttributes({ 'graphql.operation.name': walk.operation, 'http.response.status_code': response.status });
  if (response.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  return response;
}

async function answerOf(parts: EndpointOptions, walk: Walk): Promise<HttpResponse> {
  const { request, requestId } = walk;
  const form = answerForm(request.headers.accept);
  const admitted = form ? admit(parts, walk) : NOT_ACCEPTABLE;
  const ready = admitted instanceof Promise ? await admitted : admitted;
  if (!form || !ready.ok) {
    const why = ready.ok ? NOT_ACCEPTABLE.refused : ready.refused;
    parts.telemetry.refusals.inc({ code: why.code });
    return refusalResponse(why, request, requestId);
  }
  const { asked, operation, price } = ready.value;
  walk.operation = parts.telemetry.operation(operation.name?.value);
  if (asked.isDryRun) return answered(json(200, { extensions: { cost: price } }), form);
  if (operation.operation === 'subscription') return subscribed(parts, ready.value, walk);
  return answered(await run(parts, ready.value, walk), form);
}

/** Runs an operation. The price is part of its answer; for those who may, so is how the answer came to be. */
async function run(parts: EndpointOptions, ready: ReadyRequest, { request, requestId }: Walk): Promise<HttpResponse> {
  const { asked, viewer, query, operation, price } = ready;
  const { operationName, variables } = asked;
  // A read ends when its client leaves. A change that was begun is finished: its answer waits under its idempotency key.
  const signal = operation.operation === 'query' ? request.signal : new AbortController().signal;
  const context = { viewer, requestId, signal, silentHouses: new Set<string>(), hidesHouses: ready.isForPartners };
  const wants = maySeeInside(viewer) ? asked.wants : NOTHING;
  const cost = `{"cost":{"requested":${price.requested},"budget":${price.budget},"left":${price.left}}}`;
  const extensions = wants.size === 0 ? cost : undefined;
  const whole = { query, operationName, variables, accept: 'application/json', ...(extensions && { extensions }) };
  if (isAboutSchemaOnly(operation)) {
    const schema = ready.isForPartners ? parts.partnerGraph.schema() : parts.subscriptions.schema();
    const body = await answerAboutSchema(schema, { ...ready, variables });
    if (body !== null) return withExtensions({ status: 200, body }, cost);
    // The executor knows another schema than partners do.
    if (ready.isForPartners) return { status: 400, body: refusalText(NO_SUCH_QUESTION, requestId) };
  }
  if (wants.size === 0) return parts.execution.run(whole, context);
  const [answer, trace] = await recording(() => parts.execution.run(whole, context));
  const plan = wants.has('plan') ? { plan: (await parts.execution.explain?.(whole)) ?? null } : {};
  return withExtensions(answer, JSON.stringify({ cost: price, ...(wants.has('trace') && { trace }), ...plan }));
}

async function subscribed(parts: EndpointOptions, ready: ReadyRequest, { request, requestId }: Walk): Promise<HttpResponse> {
  const { headers, signal } = request;
  const isStream = weightOf(headers.accept ?? '', /^text\/event-stream$/) > 0;
  const lastEventId = headers['last-event-id'];
  const opened = isStream
    ? await parts.subscriptions.open({
        ...ready,
        variables: ready.asked.variables,
        requestId,
        signal,
        lastEventId: Array.isArray(lastEventId) ? lastEventId[0] : lastEventId,
        isTrusted: async () => (await parts.identity.viewerOf(headers.authorization, parts.addressOf(request))).ok,
      })
    : ONLY_STREAMS;
  return opened.ok ? opened.value : refusalResponse(opened.refused, request, requestId);
}

const ONLY_STREAMS = refused(406, 'BAD_REQUEST', 'A subscription is answered as text/event-stream, and the request does not accept that.');

const NOTHING: ReadonlySet<string> = new Set();

/** A request that may run. */
interface ReadyRequest {
  readonly asked: GraphqlRequest;
  readonly viewer: Viewer;
  readonly query: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly price: PricedOperation;
  readonly isForPartners: boolean;
}

/** Reads what is asked, and who asks. Whoever was recognised before is known at once, and then nothing here waits. */
function admit(parts: EndpointOptions, walk: Walk): OrRefused<ReadyRequest> | Promise<OrRefused<ReadyRequest>> {
  const { request } = walk;
  const asked = readGraphqlRequest(request);
  if (!asked.ok) return asked;
  const prepared = (known: OrRefused<Viewer>) => {
    const quota = known.ok ? parts.quotas.of(known.value) : null;
    return quota ? withinQuota(quota, walk, asked.value, () => prepare(parts, asked.value, known)) : prepare(parts, asked.value, known);
  };
  const viewer = parts.identity.viewerOf(request.headers.authorization, parts.addressOf(request));
  return viewer instanceof Promise ? viewer.then(prepared) : prepared(viewer);
}

/** A partner's system may ask so often, and for so much, in a minute. Asking for the price alone costs nothing but the question. */
async function withinQuota(quota: Quota, walk: Walk, { isDryRun }: GraphqlRequest, next: () => OrRefused<ReadyRequest>) {
  walk.quota = quota;
  const counted = await quota.takeRequest();
  if (!counted.ok) return counted;
  const ready = next();
  if (!ready.ok || isDryRun) return ready;
  const paid = await quota.takeCost(ready.value.price.requested);
  return paid.ok ? ready : paid;
}

/** Everything that is checked on every request, wherever its document comes from and however often it was seen. */
function prepare(parts: EndpointOptions, asked: GraphqlRequest, known: OrRefused<Viewer>): OrRefused<ReadyRequest> {
  if (!known.ok) return known;
  const viewer = known.value;
  const text = parts.persisted.textOf(asked, viewer);
  if (!text.ok) return text;
  const parsed = parts.documents.read(text.value, asked.operationName);
  if (!parsed.ok) return parsed;
  const { document, operation, tokens, shape } = parsed.value;
  if (asked.isReadOnly && operation.operation === 'mutation') return ONLY_READS;
  const { variables } = asked;
  const isForPartners = isShownContract(parts.audience, viewer);
  const maySeeSchema = isForPartners ? isSignedIn(viewer) : mayIntrospect(viewer, parts.environment);
  const tooMuch =
    refusalOf({ shape, tokens, viewer, variables, mayReadSchema: maySeeSchema }) ??
    (isForPartners ? partnersRefusalOf(parts, parsed.value, text.value) : null) ??
    togetherRefusalOf(shape);
  if (tooMuch) return { ok: false, refused: tooMuch };
  const price = parts.pricing.priceOf(document, operation, { viewer, variables });
  // Who asks for the price alone is told it, also when it is too high.
  const tooDear = asked.isDryRun ? null : overBudget(price);
  if (tooDear) return { ok: false, refused: tooDear };
  parts.persisted.keep(asked);
  return granted({ asked, viewer, query: text.value, document, operation, price, isForPartners });
}

/** Why a document is none of the partners' graph. What mixes the schema with what is in it would be answered with the whole schema. */
function partnersRefusalOf({ partnerGraph }: EndpointOptions, { document, operation, shape }: ReadDocument, text: string): Refused | null {
  const isMixed = shape.introspectionDepth > 0 && !isAboutSchemaOnly(operation);
  return partnerGraph.refusalOf({ text, document }) ?? (isMixed ? SCHEMA_ALONE : null);
}

const SCHEMA_ALONE = refused(400, 'BAD_USER_INPUT', 'Ask about the schema in an operation of its own, and not through a fragment.').refused;
const NO_SUCH_QUESTION = refused(400, 'BAD_USER_INPUT', 'The variables do not fit the question.').refused;
const ONLY_READS = refused(405, 'BAD_REQUEST', 'A change is sent by POST.', { headers: { allow: 'POST' } });
const NOT_ACCEPTABLE = refused(
  406,
  'BAD_REQUEST',
  'Answers are application/graphql-response+json, application/json or, for subscriptions, text/event-stream.',
);

/** The answer in its client's form. Only a client that knows no better reads a document's fault as 200. */
function answered(answer: HttpResponse, { contentType, isLegacy, isStream }: AnswerForm): HttpResponse {
  if (isStream && answer.status === 200) return onlyEvent(answer);
  const status = isLegacy && answer.status === 400 ? 200 : answer.status;
  return { ...answer, status, headers: { 'cache-control': 'no-store', ...answer.headers, 'content-type': contentType } };
}
