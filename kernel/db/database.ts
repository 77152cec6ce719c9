import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { type Client, type ClientOptions, guarded, openClient } from './guarded-client';

export type Orm = PostgresJsDatabase<Record<string, never>>;
export type Transaction = Parameters<Parameters<Orm['transaction']>[0]>[0];
/** What a store's query runs on: the pool for reads, a transaction for writes. */
export type Queryable = Orm | Transaction;

export interface DatabaseOptions {
  readonly url: string;
  readonly applicationName: string;
  readonly connectionsMax?: number;
  readonly statementDeadlineMs?: number;
  readonly transactionDeadlineMs?: number;
  /** Is told of every statement that is sent, for counting. */
  readonly onStatement?: (statement: string) => void;
}

/** A house's own database: a bounded pool, a deadline on everything, and a fresh pool when the old one hangs. */
export interface Database {
  /** The current pool. Ask for it each time: it changes when a hanging one was replaced. */
  readonly orm: Orm;
  /** Calls back on each notification of a channel, and after each reconnection, when some may have been missed. */
  listen(channel: string, wake: () => void): Promise<void>;
  isReachable(): Promise<boolean>;
  /** How many units of work were kept since it was opened: who sees it unchanged knows that nothing was. */
  readonly kept: { units: number };
  close(): Promise<void>;
}

const REPLACED_AT_MOST_EVERY_MS = 1000;

/** Opens the pool behind a house and a connection of its own for notifications. Connects when first asked. */
export function openDatabase(options: DatabaseOptions): Database {
  const settings: ClientOptions = {
    url: options.url,
    applicationName: options.applicationName,
    connectionsMax: options.connectionsMax ?? 10,
    statementDeadlineMs: options.statementDeadlineMs ?? 5_000,
    transactionDeadlineMs: options.transactionDeadlineMs ?? 10_000,
  };
  const logger = { logQuery: (statement: string) => options.onStatement?.(statement) };
  const retired = new Set<Promise<void>>();
  let current = openPool();
  let openedAt = performance.now();

  function openPool(): { client: Client; orm: Orm } {
    const client = openClient(settings);
    const orm = drizzle(guarded(client, settings, replacePool), { casing: 'snake_case', logger });
    return { client, orm };
  }

  /** A frozen server leaves connections that never answer; they are dropped as a whole, running neighbours included. */
  function replacePool(): void {
    if (performance.now() - openedAt < REPLACED_AT_MOST_EVERY_MS) return;
    const { client } = current;
    current = openPool();
    openedAt = performance.now();
    const ended: Promise<void> = client.end({ timeout: 1 }).finally(() => retired.delete(ended));
    retired.add(ended);
  }

  const listener = openClient({ ...settings, connectionsMax: 1, applicationName: `${settings.applicationName} listener` });

  return {
    get orm() {
      return current.orm;
    },
    kept: { units: 0 },
    listen: async (channel, wake) => void (await listener.listen(channel, wake, wake)),
    isReachable: () =>
      current.orm.execute('/* kernel.ping */ select 1').then(
        () => true,
        () => false,
      ),
    close: async () => {
      await Promise.allSettled([current.client.end({ timeout: 2 }), listener.end({ timeout: 1 }), ...retired]);
    },
  };
}
