import postgres from 'postgres';
import { tracedStatement } from '../telemetry';

/** What the database did not answer in time. The statement may still have run: only an idempotent unit is tried again. */
export class DeadlineExceeded extends Error {
  readonly code = 'DEADLINE_EXCEEDED';
}

export interface ClientOptions {
  readonly url: string;
  readonly connectionsMax: number;
  /** A statement that takes longer is given up by the client, and a little earlier by the server. */
  readonly statementDeadlineMs: number;
  /** A whole transaction, the wait for a connection included. */
  readonly transactionDeadlineMs: number;
  readonly applicationName: string;
}

export type Client = postgres.Sql;
type Pending = ReturnType<Client['unsafe']>;

/**
 * A prepared statement is parsed once for each connection and takes one round trip instead of two. Statements whose
 * text grows with their rows would fill the server's memory, so only the first so many, and not the long ones, are kept.
 */
const PREPARED_MAX = 400;
const PREPARED_LENGTH_MAX = 4_000;

/** The driver with bounds on the server's side: on each statement, each lock and each idle transaction. */
export function openClient(options: ClientOptions): Client {
  return postgres(options.url, {
    max: options.connectionsMax,
    connect_timeout: 5,
    idle_timeout: 60,
    max_lifetime: 30 * 60,
    backoff: attempt => Math.min(0.05 * 2 ** attempt, 1),
    fetch_types: false,
    onnotice: () => {},
    connection: {
      application_name: options.applicationName,
      // Our statements go by keys, so one plan serves all values; to plan each anew costs as much as carrying it out.
      plan_cache_mode: 'force_generic_plan',
      statement_timeout: Math.max(options.statementDeadlineMs - 250, 100),
      lock_timeout: Math.max(Math.floor(options.statementDeadlineMs / 2), 100),
      idle_in_transaction_session_timeout: options.transactionDeadlineMs,
    },
  });
}

/**
 * The driver with a deadline on each statement and each transaction, kept on this side of the wire: a server that is
 * gone or frozen cannot keep its own timeouts. `whenLate` is told, so that the pool behind it can be replaced.
 */
export function guarded(client: Client, options: ClientOptions, whenLate: () => void): Client {
  const prepared = new Set<string>();
  const isPrepared = (query: string): boolean => {
    if (prepared.has(query)) return true;
    if (query.length > PREPARED_LENGTH_MAX || prepared.size >= PREPARED_MAX) return false;
    prepared.add(query);
    return true;
  };
  const statement = (sql: { unsafe: Client['unsafe'] }): Client['unsafe'] =>
    ((query: string, parameters?: never[]) => {
      const pending = sql.unsafe(query, parameters, { prepare: isPrepared(query) });
      const late = () => within(options.statementDeadlineMs, `statement of ${options.applicationName}`, whenLate);
      return deferred(pending, query, late);
    }) as Client['unsafe'];

  const begin = ((work: (tx: unknown) => Promise<unknown>) => {
    const late = within(options.transactionDeadlineMs, `transaction of ${options.applicationName}`, whenLate);
    let isGivenUp = false;
    const run = client.begin(async tx => {
      if (isGivenUp) throw new DeadlineExceeded('The transaction was given up before it could begin.');
      return work(new Proxy(tx, { get: (target, key) => (key === 'unsafe' ? statement(target) : Reflect.get(target, key)) }));
    });
    return race(run, late).catch(fault => {
      isGivenUp = true;
      throw fault;
    });
  }) as Client['begin'];

  return new Proxy(client, {
    get: (target, key) => (key === 'unsafe' ? statement(target) : key === 'begin' ? begin : Reflect.get(target, key)),
  });
}

interface Deadline {
  readonly passed: Promise<never>;
  readonly clear: () => void;
}

function within(ms: number, what: string, whenLate: () => void): Deadline {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      whenLate();
      reject(new DeadlineExceeded(`The database did not answer a ${what} within ${ms} ms.`));
    }, ms);
  });
  return { passed, clear: () => clearTimeout(timer) };
}

function race<T>(run: PromiseLike<T>, late: Deadline): Promise<T> {
  return Promise.race([Promise.resolve(run), late.passed]).finally(late.clear);
}

/** The driver starts a query when it is awaited, and `.values()` must be asked for before: so the race is deferred too. */
function deferred(pending: Pending, query: string, deadline: () => Deadline): Pending {
  return new Proxy(pending, {
    get(target, key) {
      if (key === 'then' || key === 'catch' || key === 'finally') {
        const raced = tracedStatement(query, () => race(target, deadline()));
        return raced[key].bind(raced);
      }
      if (key === 'values') return () => deferred(target.values() as unknown as Pending, query, deadline);
      const member = Reflect.get(target, key);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
