/** The event log and its readers, over two small houses on real PostgreSQL. */
import 'reflect-metadata';
import { sql } from 'drizzle-orm';
import { buildSchema } from 'graphql';
import postgres from 'postgres';
import { replayDeadLetters } from '../../kernel/events/deliver';
import type { HandlersOf } from '../../kernel/events/handlers';
import { deadLetters } from '../../kernel/events/inbox';
import { placeEvents, readLog } from '../../kernel/events/log';
import { type AnyHouse, defineHouse, type OpenHouse, openHouse } from '../../kernel/house';
import type { AccountId } from '../../kernel/ids';
import { silentLog } from '../../kernel/log';
import { newIdAt } from '../../kernel/new-id';
import { runWork } from '../../kernel/run-work';
import { wallClock } from '../../kernel/time';
import type { Work } from '../../kernel/work';
import { type FreshDatabase, freshDatabase } from '../support/cluster';
import { HOP_SECRET } from '../support/house';

interface Spoken {
  readonly number: number;
}
interface SpeakerEvents {
  'Spoken.v1': Spoken;
  'Whispered.v1': Spoken;
}

const emptyGraph = () => buildSchema('type Query { nothing: Int }');
const account = newIdAt(new Date(1))('account');
const otherAccount = newIdAt(new Date(2))('account');

let speakerDb: FreshDatabase;
let listenerDb: FreshDatabase;
let isPoisonous = false;

const heard = {
  speaker: {
    'Spoken.v1': {
      handle: async (work, event) => {
        if (isPoisonous && event.data.number === 13) throw new Error('thirteen is not a number');
        await work.tx.execute(sql`insert into heard (number, account_id) values (${event.data.number}, ${event.accountId})`);
      },
      whenParked: async (work, event) =>
        void (await work.tx.execute(sql`insert into heard (number, account_id) values (${-event.data.number}, ${event.accountId})`)),
    },
  } satisfies HandlersOf<object, SpeakerEvents>,
};

const speaker = defineHouse<SpeakerEvents>({ name: 'speaker', buildSchema: emptyGraph });
const listener = defineHouse({ name: 'listener', buildSchema: emptyGraph, handlers: heard });

const open = (house: AnyHouse, databaseUrl: string, neighbours: Record<string, string>): Promise<OpenHouse> =>
  openHouse(house, {
    environment: 'test',
    variables: {},
    databaseUrl,
    port: 0,
    hopSecrets: [HOP_SECRET],
    neighbours: () => neighbours,
    clock: wallClock,
    log: silentLog,
  });

const say = (house: OpenHouse, numbers: readonly number[], accountId: AccountId | null = account, hold?: Promise<unknown>) =>
  runWork(
    house.database,
    { house: 'speaker', now: wallClock.now(), newIds: () => newIdAt(wallClock.now()), actor: 'test', correlationId: 'c', causationId: 'c' },
    async work => {
      const speaking = work as unknown as Work<SpeakerEvents>;
      for (const number of numbers) speaking.announce('Spoken.v1', { subject: 'somebody', accountId }, { number });
      // The row is written when the body ends; a held transaction takes its place in the queue first.
      if (hold) {
        await work.tx.execute(sql`select pg_current_xact_id()`);
        await hold;
      }
    },
  );

async function eventually(check: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await check();
    } catch (fault) {
      if (tries === 200) throw fault;
      await new Promise(resume => setTimeout(resume, 25));
    }
  }
}

let talks: OpenHouse;
let hears: OpenHouse;
let listenerSql: postgres.Sql;

beforeEach(async () => {
  isPoisonous = false;
  // Any house's template will do: only the kernel's tables are used.
  [speakerDb, listenerDb] = [await freshDatabase('partners'), await freshDatabase('partners')];
  listenerSql = postgres(listenerDb.adminUrl, { max: 1 });
  await listenerSql`create table heard (id bigint generated always as identity, number integer, account_id text)`;
  await listenerSql.unsafe('grant all on heard to public');
  talks = await open(speaker, speakerDb.url, {});
  hears = await open(listener, listenerDb.url, { speaker: talks.url });
});

afterEach(async () => {
  await hears.close();
  await talks.close();
  await listenerSql.end();
  await speakerDb.drop();
  await listenerDb.drop();
});

const heardNumbers = async () => (await listenerSql`select number from heard order by id`).map(row => row.number as number);

test('a reader hears every event of an account once and in order', async () => {
  for (let number = 1; number <= 30; number++) await say(talks, [number]);
  await eventually(async () => expect(await heardNumbers()).toEqual(Array.from({ length: 30 }, (_, index) => index + 1)));
});

test('positions have no gaps, and an event whose transaction ends late is not overtaken', async () => {
  let release = () => {};
  const held = new Promise<void>(resume => (release = resume));
  const slow = say(talks, [1], account, held);
  await new Promise(resume => setTimeout(resume, 100));
  await say(talks, [2], otherAccount);
  await new Promise(resume => setTimeout(resume, 150));
  // The older transaction still runs, so nothing may be placed past it.
  expect((await readLog(talks.database.orm, 'speaker', { after: 0, limit: 10, types: null })).events).toEqual([]);
  release();
  await slow;
  await eventually(async () => {
    const { events } = await readLog(talks.database.orm, 'speaker', { after: 0, limit: 10, types: null });
    expect(events.map(event => event.position)).toEqual([1, 2]);
  });
  await eventually(async () => expect((await heardNumbers()).sort()).toEqual([1, 2]));
});

test('a reader that was away goes on where it stopped', async () => {
  await say(talks, [1]);
  await eventually(async () => expect(await heardNumbers()).toEqual([1]));
  await hears.close();
  await say(talks, [2, 3]);
  hears = await open(listener, listenerDb.url, { speaker: talks.url });
  await eventually(async () => expect(await heardNumbers()).toEqual([1, 2, 3]));
});

test('a poisonous event is parked with its reason, holds back only its own account, and can be replayed', async () => {
  isPoisonous = true;
  await say(talks, [13]);
  await say(talks, [14]);
  await say(talks, [1], otherAccount);
  await eventually(async () => expect((await heardNumbers()).sort()).toEqual([-13, 1]));
  await eventually(async () =>
    expect((await deadLetters(hears.database.orm)).map(letter => letter.reason)).toEqual([
      'thirteen is not a number',
      'An earlier event of this account waits.',
    ]),
  );

  isPoisonous = false;
  expect(await replayDeadLetters(hears.delivery)).toBe(2);
  expect((await heardNumbers()).slice(-2)).toEqual([13, 14]);
  expect(await deadLetters(hears.database.orm)).toEqual([]);
});

test('a poisonous event among many that share a transaction stops none of those before it and none of other accounts', async () => {
  isPoisonous = true;
  await say(talks, [10, 11, 12, 13, 14, 15]);
  await say(talks, [20, 21, 22], otherAccount);
  await eventually(async () => expect((await deadLetters(hears.database.orm)).length).toBe(3));
  await eventually(async () => expect((await heardNumbers()).sort((a, b) => a - b)).toEqual([-13, 10, 11, 12, 20, 21, 22]));

  isPoisonous = false;
  await replayDeadLetters(hears.delivery);
  expect((await heardNumbers()).slice(-3)).toEqual([13, 14, 15]);
});

test('the log cannot be rewritten', async () => {
  await say(talks, [1]);
  await placeEvents(talks.database.orm);
  const admin = postgres(speakerDb.adminUrl, { max: 1 });
  await expect(admin`update event_log set data = '{}'`).rejects.toThrow('append-only');
  await expect(admin`delete from event_log`).rejects.toThrow('append-only');
  await admin.end();
});

test('a log is served only to signed neighbours', async () => {
  expect((await fetch(`${talks.url}/events?after=0`)).status).toBe(401);
});
