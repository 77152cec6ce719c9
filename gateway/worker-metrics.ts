import type { Worker } from 'node:cluster';
import { AggregatorRegistry, type Registry } from 'prom-client';

/** A worker asks for the numbers of all of them; whoever collects reaches one of them only. */
interface MetricsQuestion {
  readonly kind: 'metrics?';
  readonly id: number;
}

interface MetricsAnswer {
  readonly kind: 'metrics';
  readonly id: number;
  readonly text: string;
}

const WAIT_MS = 5_000;

let aggregator: AggregatorRegistry<'text/plain; version=0.0.4; charset=utf-8'> | null = null;

/** In the first process: adds up the numbers of all workers for the one that asks. */
export function answerMetrics(worker: Worker, message: unknown): void {
  if (!isOf<MetricsQuestion>(message, 'metrics?')) return;
  aggregator ??= new AggregatorRegistry();
  const answer = (text: string) =>
    void (worker.isConnected() && worker.send({ kind: 'metrics', id: message.id, text } satisfies MetricsAnswer));
  aggregator.clusterMetrics().then(answer, () => answer(''));
}

/** In a worker: numbers of all workers together; its own when the first process does not answer. */
export function openClusterMetrics(registry: Registry): () => Promise<string> {
  AggregatorRegistry.setRegistries([registry]);
  // Its construction makes this process answer when the numbers are collected.
  new AggregatorRegistry();
  let asked = 0;
  return () => {
    const id = ++asked;
    return new Promise<string>(resolve => {
      const settle = (text: string) => {
        clearTimeout(timer);
        process.off('message', hear);
        resolve(text === '' ? registry.metrics() : text);
      };
      const hear = (message: unknown) => {
        if (isOf<MetricsAnswer>(message, 'metrics') && message.id === id) settle(message.text);
      };
      const timer = setTimeout(() => settle(''), WAIT_MS);
      process.on('message', hear);
      process.send?.({ kind: 'metrics?', id } satisfies MetricsQuestion);
    });
  };
}

const isOf = <Message extends { readonly kind: string }>(message: unknown, kind: Message['kind']): message is Message =>
  typeof message === 'object' && message !== null && 'kind' in message && message.kind === kind;
