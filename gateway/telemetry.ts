import cluster from 'node:cluster';
import { SpanKind } from '@opentelemetry/api';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { HttpResponse } from '#kernel/serve';
import { areSpansRecorded, traced } from '#kernel/telemetry';
import type { ExecutionCounts } from './execution';
import type { HouseCaller } from './house-caller';
import { HouseSilent } from './house-silent';
import { noteCall } from './request-trace';
import { openClusterMetrics } from './worker-metrics';

/** The numbers of one gateway process, in Prometheus' terms. */
export interface GatewayTelemetry {
  readonly registry: Registry;
  readonly requests: Histogram<'operation' | 'outcome'>;
  readonly running: Gauge;
  readonly refusals: Counter<'code'>;
  readonly supergraphFiles: Counter<'outcome'>;
  readonly subscriptions: Gauge<'field'>;
  readonly updates: Counter<'field'>;
  /** A label for an operation's name: its own when it is one of ours, so that strangers cannot make labels without end. */
  operation(name: string | undefined): string;
  /** Counts and times what is asked of houses, through spans and numbers alike. */
  observe(caller: HouseCaller): HouseCaller;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export interface TelemetryOptions {
  readonly operationNames: ReadonlySet<string>;
  /** Numbers of the executor, read when somebody looks: it counts them itself, since labels cost on each request. */
  readonly counts: () => ExecutionCounts | null;
}

export function createGatewayTelemetry({ operationNames, counts }: TelemetryOptions): GatewayTelemetry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const labelNames = ['operation', 'outcome'] as const;
  showExecution(registers, counts);
  return {
    registry,
    requests: new Histogram({ name: 'gateway_request_seconds', help: 'Duration of requests', labelNames, buckets: SECONDS, registers }),
    running: new Gauge({ name: 'gateway_requests_running', help: 'Requests that wait for their answer', registers }),
    refusals: new Counter({ name: 'gateway_refusals_total', help: 'Requests turned away', labelNames: ['code'], registers }),
    supergraphFiles: new Counter({
      name: 'gateway_supergraph_files_total',
      help: 'Changes of the supergraph that came into force or were declined',
      labelNames: ['outcome'],
      registers,
    }),
    subscriptions: new Gauge({ name: 'gateway_subscriptions', help: 'Open subscriptions', labelNames: ['field'], registers }),
    updates: new Counter({ name: 'gateway_subscription_updates_total', help: 'Updates sent', labelNames: ['field'], registers }),
    operation: name => (name === undefined ? 'unnamed' : operationNames.has(name) ? name : 'other'),
    observe: observing(registers),
  };
}

function showExecution(registers: Registry[], counts: TelemetryOptions['counts']): void {
  const counter = (name: string, help: string, of: (now: ExecutionCounts) => Readonly<Record<string, number>>) =>
    new Counter({
      name,
      help,
      labelNames: ['outcome'],
      registers,
      collect() {
        const now = counts();
        this.reset();
        if (now) for (const [outcome, value] of Object.entries(of(now))) this.inc({ outcome }, value);
      },
    });
  counter('gateway_plan_lookups_total', 'Operations by how they came by their plan', now => ({
    hit: now.planHits,
    miss: now.planMisses,
    too_costly: now.plansTooCostly,
  }));
  counter('gateway_reads_total', 'Reads of houses, flown by themselves or as passengers of the same read', now => ({
    flown: now.flights,
    shared: now.flightsShared,
  }));
  const gauge = (name: string, help: string, of: (now: ExecutionCounts) => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        const now = counts();
        if (now) this.set(of(now));
      },
    });
  gauge('gateway_documents_kept', 'Documents that are remembered with their plans', now => now.documentsKept);
  gauge('gateway_plans_waiting', 'Documents that wait for their plan', now => now.plansWaiting);
}

function observing(registers: Registry[]) {
  const calls = new Histogram({
    name: 'gateway_house_seconds',
    help: 'Duration of calls to houses',
    labelNames: ['house', 'outcome'],
    buckets: SECONDS,
    registers,
  });
  const running = new Map<string, number>();
  new Gauge({
    name: 'gateway_house_calls_running',
    help: 'Calls that wait for a house, in a queue or on the wire',
    labelNames: ['house'],
    registers,
    collect() {
      for (const [house, count] of running) this.set({ house }, count);
    },
  });
  /** A call begins; what is returned is told its end. */
  const begin = (house: string) => {
    const startedAt = performance.now();
    running.set(house, (running.get(house) ?? 0) + 1);
    return (outcome: string) => {
      const ms = performance.now() - startedAt;
      running.set(house, (running.get(house) ?? 1) - 1);
      calls.observe({ house, outcome }, ms / 1_000);
      noteCall({ house, outcome, startedAt, ms });
    };
  };
  return (caller: HouseCaller): HouseCaller => {
    showQueues(registers, caller);
    return observed(caller, begin);
  };
}

/** Every house has its line, also one that nobody asked yet. */
function showQueues(registers: Registry[], caller: HouseCaller): void {
  new Gauge({
    name: 'gateway_house_calls_queued',
    help: 'Calls to a house that wait until a connection is free',
    labelNames: ['house'],
    registers,
    collect() {
      for (const house of caller.houses) this.set({ house }, caller.queued(house));
    },
  });
}

function observed(caller: HouseCaller, begin: (house: string) => (outcome: string) => void): HouseCaller {
  return {
    ...caller,
    ask(house, call) {
      const end = begin(house);
      const asked = areSpansRecorded()
        ? traced(`ask ${house}`, { 'peer.service': house }, () => caller.ask(house, call), SpanKind.CLIENT)
        : caller.ask(house, call);
      return asked.then(
        answer => {
          end(answer.status < 400 ? 'answered' : 'refused');
          return answer;
        },
        fault => {
          end(fault instanceof HouseSilent ? fault.reason : 'fault');
          throw fault;
        },
      );
    },
  };
}

/** Tells the numbers to whoever collects them: of all workers, whichever of them was reached. */
export function metricsRoute(registry: Registry): () => Promise<HttpResponse> {
  const collect = cluster.isWorker ? openClusterMetrics(registry) : () => registry.metrics();
  return async () => ({ status: 200, headers: { 'content-type': registry.contentType }, body: await collect() });
}
