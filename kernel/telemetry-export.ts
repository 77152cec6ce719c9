import { trace } from '@opentelemetry/api';
import type { Sampler } from '@opentelemetry/sdk-trace';
import { BadConfiguration } from './config';

/** Where spans go while a process lives. */
export interface SpanExport {
  /** Sends what has not been sent yet, and stops. */
  close(): Promise<void>;
}

/**
 * Sends the spans of this process to a collector, when the variables that OpenTelemetry has standardised say where:
 * `OTEL_EXPORTER_OTLP_ENDPOINT` or `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`. Without one of them the SDK is not even loaded.
 * Call it once, before anything is opened. A collector that is away costs spans, and never a request.
 */
export async function exportSpans(service: string, environment: NodeJS.ProcessEnv = process.env): Promise<SpanExport | null> {
  if (!isExportWanted(environment)) return null;
  const samplerName = environment['OTEL_TRACES_SAMPLER'] ?? 'parentbased_always_on';
  const [sdk, { OTLPTraceExporter }, resources] = await loadSdk();
  const named = resources.resourceFromAttributes({ 'service.name': service });
  const provider = new sdk.TracerProvider({
    // What the environment says of this process (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES) stands above what we call it.
    resource: resources
      .defaultResource()
      .merge(named)
      .merge(resources.detectResources({ detectors: [resources.envDetector] })),
    sampler: samplerOf(sdk, samplerName, environment['OTEL_TRACES_SAMPLER_ARG']),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter(), ...batchesOf(environment) })],
  });
  trace.setGlobalTracerProvider(provider);
  return { close: () => provider.shutdown().catch(() => {}) };
}

const loadSdk = () =>
  Promise.all([import('@opentelemetry/sdk-trace'), import('@opentelemetry/exporter-trace-otlp-http'), import('@opentelemetry/resources')]);

type Sdk = Awaited<ReturnType<typeof loadSdk>>[0];

function isExportWanted(environment: NodeJS.ProcessEnv): boolean {
  const { OTEL_SDK_DISABLED: disabled = '', OTEL_TRACES_EXPORTER: exporter = 'otlp' } = environment;
  if (disabled.toLowerCase() === 'true' || exporter === 'none') return false;
  const endpoint = environment['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] ?? environment['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? '';
  if (endpoint === '') return false;
  const protocol = environment['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] ?? environment['OTEL_EXPORTER_OTLP_PROTOCOL'] ?? 'http/json';
  if (exporter !== 'otlp' || !protocol.startsWith('http/'))
    throw new BadConfiguration(
      'Spans are sent by OTLP over HTTP: OTEL_TRACES_EXPORTER is otlp or none, OTEL_EXPORTER_OTLP_PROTOCOL http/json.',
    );
  return true;
}

function samplerOf(sdk: Sdk, name: string, argument: string | undefined): Sampler {
  const ratio = () => new sdk.TraceIdRatioBasedSampler(shareOf(argument));
  const samplers: Readonly<Record<string, () => Sampler>> = {
    always_on: () => new sdk.AlwaysOnSampler(),
    always_off: () => new sdk.AlwaysOffSampler(),
    traceidratio: ratio,
    parentbased_always_on: () => new sdk.ParentBasedSampler({ root: new sdk.AlwaysOnSampler() }),
    parentbased_always_off: () => new sdk.ParentBasedSampler({ root: new sdk.AlwaysOffSampler() }),
    parentbased_traceidratio: () => new sdk.ParentBasedSampler({ root: ratio() }),
  };
  const make = samplers[name];
  if (!make) throw new BadConfiguration(`OTEL_TRACES_SAMPLER: one of ${Object.keys(samplers).join(', ')}.`);
  return make();
}

function shareOf(argument = '1'): number {
  const share = Number(argument);
  if (share >= 0 && share <= 1) return share;
  throw new BadConfiguration('OTEL_TRACES_SAMPLER_ARG: the share of traces that is recorded, from 0 to 1.');
}

const BATCHES = {
  OTEL_BSP_SCHEDULE_DELAY: 'scheduledDelayMillis',
  OTEL_BSP_EXPORT_TIMEOUT: 'exportTimeoutMillis',
  OTEL_BSP_MAX_QUEUE_SIZE: 'maxQueueSize',
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: 'maxExportBatchSize',
} as const;

function batchesOf(environment: NodeJS.ProcessEnv): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(BATCHES).flatMap(([variable, option]) => {
      const value = Number(environment[variable]);
      return value > 0 ? [[option, value] as const] : [];
    }),
  );
}
