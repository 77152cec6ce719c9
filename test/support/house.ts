/** One house on a fresh database, spoken to as the gateway and its neighbours do. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { hopHeader, signHop } from '../../kernel/auth/hop-token';
import type { Viewer } from '../../kernel/auth/viewer';
import { deliver, replayDeadLetters } from '../../kernel/events/deliver';
import type { LoggedEvent } from '../../kernel/events/event';
import { placeEvents, readLog } from '../../kernel/events/log';
import { type AnyHouse, openHouse } from '../../kernel/house';
import type { AccountId } from '../../kernel/ids';
import { runDueJobs } from '../../kernel/jobs';
import { silentLog } from '../../kernel/log';
import { newIdAt } from '../../kernel/new-id';
import { runWork } from '../../kernel/run-work';
import { addMs, wallClock } from '../../kernel/time';
import type { Work } from '../../kernel/work';
import { freshDatabase } from './cluster';
import { beginClock, keepTime, showTime } from './test-clock';

export const HOP_SECRET = 'a signing key that is yes_for_tests_only and long';

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of an answer
  readonly data: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string };
  }[];
}

export interface TestHouseOptions {
  /** The moment at which the house's clock stands. */
  readonly now?: Date;
  readonly variables?: NodeJS.ProcessEnv;
}

/** A neighbour's event as a test tells it: what matters, the rest is filled in. */
export interface ToldEvent {
  readonly type: string;
  readonly data: unknown;
  readonly accountId?: AccountId | null;
  readonly subject?: string;
  readonly id?: LoggedEvent['id'];
  readonly time?: string;
  readonly position?: number;
}

export type TestHouse = Awaited<ReturnType<typeof openTestHouse>>;

const NOON = new Date('2026-06-15T12:00:00.000Z');

/** A graph is the same whichever house serves it: the tests of a file, each with a house of its own, build it once. */
const graphs = new WeakMap<AnyHouse, ReturnType<AnyHouse['buildSchema']>>();

function builtOnce(definition: AnyHouse): AnyHouse {
  const graph = graphs.get(definition) ?? definition.buildSchema();
  graphs.set(definition, graph);
  return { ...definition, buildSchema: () => graph };
}

export async function openTestHouse(definition: AnyHouse, { now = NOON, variables = {} }: TestHouseOptions = {}) {
  const database = await freshDatabase(definition.name);
  const admin = postgres(database.adminUrl, { max: 2, onnotice: () => {} });
  await beginClock(admin, now, true);
  const house = await openHouse(builtOnce(definition), {
    environment: 'test',
    variables: { ...process.env, ...variables },
    databaseUrl: database.url,
    port: 0,
    hopSecrets: [HOP_SECRET],
    neighbours: () => ({}),
    clock: wallClock,
    hasTestClock: true,
    log: silentLog,
    isAtWork: false,
  });
  const clock = house.ground.clock;
  let position = 0;

  const told = (source: string, event: ToldEvent): LoggedEvent => ({
    id: event.id ?? newIdAt(clock.now())('event'),
    source,
    type: event.type,
    subject: event.subject ?? 'told by a test',
    accountId: event.accountId ?? null,
    time: event.time ?? clock.now().toISOString(),
    correlationId: 'a test',
    causationId: 'a test',
    data: event.data,
    position: event.position ?? ++position,
  });

  return {
    url: house.url,
    database: house.database,
    /** Looks behind the scenes as the superuser: for what no client may see. */
    sql: admin,
    setClock: (to: Date) => showTime(house, to),
    /** How many statements it has sent, once what follows a write by itself is over. */
    statements: async (): Promise<number> => {
      const sent = async () => (await house.telemetry.statements.get()).values[0]?.value ?? 0;
      const isPlaced = async () => (await admin`select 1 from event_log where position is null limit 1`).length === 0;
      for (let last = await sent(); ; ) {
        await pause(20);
        const now = await sent();
        if (now === last && (await isPlaced())) return now;
        last = now;
      }
    },
    /** Asks the house's graph, over HTTP, with a hop token. */
    run: (viewer: Viewer, document: string, variables: object = {}): Promise<Answer> =>
      ask(house.url, definition.name, viewer, { query: document, variables }),
    /** One transaction of the house: for setting a scene through its own actions. */
    write: <T>(action: (work: Work<never>) => Promise<T>): Promise<T> =>
      runWork(
        house.database,
        {
          house: definition.name,
          now: clock.now(),
          newIds: () => newIdAt(clock.now()),
          actor: 'a test',
          correlationId: `a test ${randomUUID()}`,
          causationId: 'a test',
        },
        action,
      ),
    /** Delivers a neighbour's events through the same path as the reader, one after the other. Answers them, to tell again. */
    receive: async (source: string, ...events: readonly ToldEvent[]): Promise<readonly LoggedEvent[]> => {
      const delivered = events.map(event => told(source, event));
      for (const event of delivered) await deliver(house.delivery, event, new AbortController().signal);
      return delivered;
    },
    replayDeadLetters: () => replayDeadLetters(house.delivery),
    /** What the house has announced so far, oldest first. */
    announced: async (type?: string): Promise<readonly LoggedEvent[]> => {
      while ((await placeEvents(house.database.orm)).unplaced > 0) await pause(5);
      const { events } = await readLog(house.database.orm, definition.name, { after: 0, limit: 10_000, types: type ? [type] : null });
      return events;
    },
    /** Runs the jobs that are due by the house's clock, and those that a test has made due by the machine's. */
    runJobs: async () => {
      // A little more than now: the database counts finer than we do.
      await keepTime([house], addMs(wallClock.now(), 1_000));
      await runDueJobs(house.jobs);
    },
    close: async () => {
      await admin.end();
      await house.close();
      await database.drop();
    },
  };
}

/** A signed call to a house, as the gateway makes it. */
export async function ask(url: string, house: string, viewer: Viewer, request: object): Promise<Answer> {
  const body = JSON.stringify(request);
  const token = signHop(HOP_SECRET, { audience: house, body, viewer, correlationId: `test-${randomUUID()}`, now: wallClock.now() });
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', authorization: hopHeader(token) },
  });
  return (await response.json()) as Answer;
}
