import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { HouseDatabase } from '../../kernel/db/cluster';
import { placeEvents } from '../../kernel/events/log';
import { type OpenHouse, openHouse } from '../../kernel/house';
import { once } from '../../kernel/idempotency';
import { silentLog } from '../../kernel/log';
import { seededIds } from '../../kernel/new-id';
import type { Result } from '../../kernel/result';
import { decide } from '../../kernel/run-work';
import { addMs, type PlainDate, startOfDay, wallClock } from '../../kernel/time';
import type { Work } from '../../kernel/work';
import type { DataFolder } from '../platform/deployment-folder';
import { loadHouse } from '../platform/houses';

/** Every house in this process, where what happens is dated by its cause: a history of years is told in seconds. */
export interface Stage {
  readonly houses: ReadonlyMap<string, OpenHouse>;
  /** Acts in a house at a moment of the story. The key makes it happen once, so a telling that was cut off can go on. */
  act<Answer>(act: Act<Answer>): Promise<Answer>;
  /** Waits until every event is heard and every due job has run. */
  settled(): Promise<void>;
  rows(house: string, query: string): Promise<readonly Record<string, unknown>[]>;
  close(): Promise<void>;
}

export interface Act<Answer> {
  readonly house: string;
  readonly key: string;
  readonly on: PlainDate;
  /** Minutes after the start of the working day, so that a day's acts have an order. */
  readonly minute?: number;
  readonly actor: string;
  readonly action: (work: Work<never>) => Promise<Result<Answer>>;
}

const WORKDAY_STARTS_MS = 9 * 3_600_000;
const SETTLED_TIMEOUT_MS = 120_000;

export async function openStage(databases: ReadonlyMap<string, HouseDatabase>, folder: DataFolder): Promise<Stage> {
  const urls: Record<string, string> = {};
  const houses = new Map<string, OpenHouse>();
  for (const [name, { appUrl }] of databases) {
    const house = await openHouse(loadHouse(name), {
      environment: 'development',
      variables: {
        ...process.env,
        MAIL_DIR: folder.mail,
        CRM_DIR: join(folder.path, 'crm'),
        HOSTED_PRODUCT_DIR: join(folder.path, 'hosted-product'),
        LICENSE_SIGNING_KEYS: folder.secretPath('license-signing-keys.json'),
      },
      databaseUrl: appUrl,
      port: 0,
      hopSecrets: [folder.secret('hop')],
      neighbours: () => urls,
      clock: wallClock,
      timeFollows: 'cause',
      log: silentLog,
    });
    urls[name] = house.url;
    houses.set(name, house);
  }
  return {
    houses,
    act: act => perform(houses, act),
    settled: () => settle([...houses.values()]),
    rows: async (house, query) => [...(await houses.get(house)!.database.orm.execute(sql.raw(query)))],
    close: async () => void (await Promise.all([...houses.values()].map(house => house.close()))),
  };
}

async function perform<Answer>(
  houses: ReadonlyMap<string, OpenHouse>,
  { house, key, on, minute = 0, actor, action }: Act<Answer>,
): Promise<Answer> {
  const now = addMs(startOfDay(on), WORKDAY_STARTS_MS + minute * 60_000);
  const context = {
    house,
    now,
    toldAt: wallClock.now(),
    newIds: () => seededIds(`story/${key}`, now),
    actor,
    correlationId: `story:${key}`,
    causationId: `story:${key}`,
  };
  const request = { scope: 'story', key, operation: key.split('/').at(-1) ?? key, request: { key } };
  const result = await decide(houses.get(house)!.database, context, false, work => once(work, request, () => action(work)));
  if (!result.ok) throw new Error(`The story could not be told: ${key} was refused with ${result.refusal.code}: ${result.refusal.message}`);
  return result.value;
}

/** Waits until every event of these houses is heard and every due job has run. */
export async function settle(houses: readonly OpenHouse[]): Promise<void> {
  const until = performance.now() + SETTLED_TIMEOUT_MS;
  // Twice in a row, as an event may be on its way between two looks.
  for (let calm = 0; calm < 2; ) {
    if (performance.now() > until) throw new Error('The houses did not come to rest: see dead_letter in their databases.');
    calm = (await isCalm(houses)) ? calm + 1 : 0;
    await pause(150);
  }
}

async function isCalm(houses: readonly OpenHouse[]): Promise<boolean> {
  for (const house of houses) {
    if ((await placeEvents(house.database.orm)).unplaced > 0) return false;
    const [jobs] = await house.database.orm.execute<{ due: string }>(
      sql`select count(*) as due from graphile_worker.jobs where run_at <= now() and attempts < max_attempts`,
    );
    if (Number(jobs?.due) > 0) return false;
  }
  for (const house of houses) {
    for (const [source, handlers] of Object.entries(house.delivery.handlers)) {
      const speaker = houses.find(one => one.name === source);
      if (speaker && !(await hasHeard(house, speaker, Object.keys(handlers)))) return false;
    }
  }
  return true;
}

async function hasHeard(listener: OpenHouse, speaker: OpenHouse, types: readonly string[]): Promise<boolean> {
  const [spoken] = await speaker.database.orm.execute<{ position: string | null }>(
    sql`select max(position) as position from event_log where type = any(${`{${types.map(type => JSON.stringify(type)).join(',')}}`}::text[])`,
  );
  const [heard] = await listener.database.orm.execute<{ position: string }>(
    sql`select position from reader_position where source = ${speaker.name}`,
  );
  return Number(heard?.position ?? 0) >= Number(spoken?.position ?? 0);
}
