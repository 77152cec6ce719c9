import { INVALID_SPAN_CONTEXT, ProxyTracerProvider, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The numbers of one process, by house, in Prometheus' terms. */
export interface Telemetry {
  readonly registry: Registry;
  readonly statements: Counter;
  readonly requests: Histogram<'operation' | 'outcome'>;
  readonly eventsHandled: Counter<'source' | 'type' | 'outcome'>;
  readonly eventLagMs: Gauge<'source'>;
  readonly deadLetters: Gauge<'source'>;
  readonly jobs: Counter<'job' | 'outcome'>;
}

/** The counters of a house, at zero, with those of its process beside them. */
export function createTelemetry(house: string): Telemetry {
  const registry = new Registry();
  registry.setDefaultLabels({ house });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    statements: new Counter({ name: 'sql_statements_total', help: 'Statements sent to the database', registers }),
    requests: new Histogram({
      name: 'graphql_request_seconds',
      help: 'Duration of GraphQL requests',
      labelNames: ['operation', 'outcome'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    eventsHandled: new Counter({
      name: 'events_handled_total',
      help: 'Events of neighbours that were handled or parked',
      labelNames: ['source', 'type', 'outcome'],
      registers,
    }),
    eventLagMs: new Gauge({ name: 'event_lag_ms', help: 'Age of the last event when it was handled', labelNames: ['source'], registers }),
    deadLetters: new Gauge({ name: 'dead_letters', help: 'Events that wait for an operator', labelNames: ['source'], registers }),
    jobs: new Counter({ name: 'jobs_total', help: 'Jobs that ended', labelNames: ['job', 'outcome'], registers }),
  };
}

const TRACER = 'purchasing-graph';
const NO_SPAN = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
const NO_PROVIDER = new ProxyTracerProvider().getDelegate();

/** Whether an OpenTelemetry SDK was loaded into this process, so that spans go somewhere. */
export function areSpansRecorded(): boolean {
  const provider = trace.getTracerProvider();
  return !(provider instanceof ProxyTracerProvider) || provider.getDelegate() !== NO_PROVIDER;
}

/** Runs within a span. Costs nothing until an OpenTelemetry SDK is registered. */
export function traced<T>(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  work: (span: Span) => Promise<T>,
  kind: SpanKind = SpanKind.INTERNAL,
): Promise<T> {
  if (!areSpansRecorded()) return work(NO_SPAN);
  return trace.getTracer(TRACER).startActiveSpan(name, { attributes, kind }, async span => {
    try {
      return await work(span);
    } catch (fault) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw fault;
    } finally {
      span.end();
    }
  });
}

/**
 * Runs a statement within a span, where a request or a unit of work is traced: looking for work that is not there makes no
 * traces of its own. The span bears the statement's name and never its text, so no value can be in it.
 */
export function tracedStatement<T>(statement: string, work: () => Promise<T>): Promise<T> {
  if (!areSpansRecorded() || trace.getActiveSpan() === undefined) return work();
  const name = statementName(statement);
  return traced(name, { 'db.system.name': 'postgresql', 'db.query.summary': name }, work, SpanKind.CLIENT);
}

const GIVEN_NAME = /^\s*\/\*\s*([\w.]+)\s*\*\//;
const VERB = /^\s*(?:with\b.*?\)\s*)?(select|insert|update|delete)\b/is;
const TABLE = /\b(?:from|into|update)\s+(?:only\s+)?"(\w+)"/i;

/** `orders.awaitingPayment` of a statement that opens with it; what it does to which table, of one that drizzle wrote. */
export function statementName(statement: string): string {
  const given = GIVEN_NAME.exec(statement)?.[1];
  if (given) return given;
  const verb = VERB.exec(statement)?.[1]?.toLowerCase() ?? 'statement';
  const table = TABLE.exec(statement)?.[1];
  return table ? `${verb} ${table}` : verb;
}
