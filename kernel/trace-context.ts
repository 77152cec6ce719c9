import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  type ContextManager,
  context,
  createTraceState,
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  type TextMapPropagator,
  trace,
} from '@opentelemetry/api';

/** `00-<trace>-<span>-<flags>`, as W3C Trace Context writes it. */
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

const w3c: TextMapPropagator = {
  inject(of, carrier, setter) {
    const span = trace.getSpanContext(of);
    if (!span || !isSpanContextValid(span)) return;
    setter.set(carrier, 'traceparent', `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`);
    const state = span.traceState?.serialize();
    if (state) setter.set(carrier, 'tracestate', state);
  },
  extract(of, carrier, getter) {
    const given = getter.get(carrier, 'traceparent');
    const [, traceId, spanId, flags] = TRACEPARENT.exec(typeof given === 'string' ? given : '') ?? [];
    if (!traceId || !spanId || !flags) return of;
    const state = getter.get(carrier, 'tracestate');
    const traceState = typeof state === 'string' ? createTraceState(state) : undefined;
    const span = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true, ...(traceState && { traceState }) };
    return isSpanContextValid(span) ? trace.setSpanContext(of, span) : of;
  },
  fields: () => ['traceparent', 'tracestate'],
};

function contextManager(): ContextManager {
  const storage = new AsyncLocalStorage<Context>();
  const manager: ContextManager = {
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (active, work, self, ...given) => storage.run(active, () => work.apply(self, given)),
    bind: (_, target) => target,
    enable: () => manager,
    disable: () => manager,
  };
  return manager;
}

let isOn = false;
/** Whether traces are read and written by the propagator above, and not by an SDK's own. */
let isPropagatorOurs = false;

/**
 * Lets a trace pass through this process, from who calls it to whom it calls, even where nothing records spans. An
 * OpenTelemetry SDK that was loaded before has brought its own means, and keeps them.
 */
export function passTraces(): void {
  if (isOn) return;
  isOn = true;
  context.setGlobalContextManager(contextManager());
  isPropagatorOurs = propagation.setGlobalPropagator(w3c);
}

/** Runs work as a part of the trace that a request's headers tell of. */
export function withinTraceOf<T>(headers: Readonly<Record<string, string | string[] | undefined>>, work: () => T): T {
  // Most requests are part of no trace: they run as they are, and pay for none.
  if (isPropagatorOurs && headers['traceparent'] === undefined && context.active() === ROOT_CONTEXT) return work();
  return context.with(propagation.extract(ROOT_CONTEXT, headers), work);
}

/** The headers that carry the trace of what runs now to whoever is called next. */
export function traceHeaders(): Readonly<Record<string, string>> {
  const active = context.active();
  if (active === ROOT_CONTEXT) return NO_HEADERS;
  const headers: Record<string, string> = {};
  propagation.inject(active, headers);
  return headers;
}

const NO_HEADERS: Readonly<Record<string, string>> = {};

/** The id under which the trace of what runs now is found, or null when there is none. */
export function traceId(): string | null {
  const span = trace.getSpanContext(context.active());
  return span && isSpanContextValid(span) ? span.traceId : null;
}
