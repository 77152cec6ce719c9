/** The whole product in this process, on fresh databases: every house at work, and the gateway in front of them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import postgres from 'postgres';
import { type Gateway, openGateway } from '../../gateway/server';
import { type OpenHouse, openHouse } from '../../kernel/house';
import { silentLog } from '../../kernel/log';
import { newIdAt } from '../../kernel/new-id';
import { runWork } from '../../kernel/run-work';
import { wallClock } from '../../kernel/time';
import { houseNames, loadHouse } from '../../scripts/platform/houses';
import { generateSigningKeys } from '../../subgraphs/licenses/ports/signing-keys';
import { loadPriceList } from '../../subgraphs/orders/actions/loadPriceList';
import { PRICE_LIST } from '../../subgraphs/orders/store/price-list';
import { type FreshDatabase, freshDatabase } from './cluster';
import { type Graph, graphAt } from './graph';
import { HOP_SECRET } from './house';
import { type Shop, shopOf } from './shop';
import { beginClock, type TestClock, testClock } from './test-clock';
import { type Tokens, tokensOf } from './tokens';

export interface TestPlatformOptions {
  /** The moment from which the houses' clock runs on. */
  readonly now?: Date;
  /** Settings of the houses beside those that a platform has. */
  readonly variables?: NodeJS.ProcessEnv;
}

export interface TestPlatform extends Graph, Tokens, Shop {
  readonly url: string;
  /** Where mail to customers is written. */
  readonly mailDir: string;
  /** The file of the personas that the explorer offers. */
  readonly personasPath: string;
  urlOf(house: string): string;
  /** The houses' clock. It runs, until it is moved stop by stop: then it stands at the end. */
  readonly clock: TestClock;
  /** Looks behind the scenes as the superuser. */
  sql(house: string): postgres.Sql;
  /** A house's database, as the role that it runs as. */
  databaseUrl(house: string): string;
  stopHouse(name: string): Promise<void>;
  /** Opens a house that was stopped, where it was before. */
  startHouse(name: string): Promise<void>;
  close(): Promise<void>;
}

const NOON = new Date('2026-06-15T12:00:00.000Z');
/** A platform in a test has few callers; two of them run side by side on one server. */
const CONNECTIONS_MAX = 5;

export async function openTestPlatform({ now = NOON, variables = {} }: TestPlatformOptions = {}): Promise<TestPlatform> {
  const folder = mkdtempSync(join(tmpdir(), 'purchasing-story-'));
  const houses = await openHouses(folder, now, variables);
  await loadPrices(houses);
  const gateway = await openGateway({ environment: gatewayVariables(folder, houses.urls), log: silentLog });
  const graph = graphAt(gateway.url);
  const tokens = tokensOf(gateway.mint!);
  return {
    ...graph,
    ...tokens,
    ...shopOf(graph, tokens),
    url: gateway.url,
    mailDir: join(folder, 'mail'),
    personasPath: join(folder, 'personas.json'),
    clock: testClock(() => [...houses.open.values()]),
    urlOf: house => houses.urls[house] ?? '',
    sql: house => houses.databases.get(house)!.sql,
    databaseUrl: house => houses.databases.get(house)!.database.url,
    stopHouse: houses.stop,
    startHouse: houses.start,
    close: () => closeAll(gateway, houses, folder),
  };
}

async function closeAll(gateway: Gateway, houses: Houses, folder: string): Promise<void> {
  await gateway.close();
  await Promise.all([...houses.open.keys()].map(houses.stop));
  for (const { sql, database } of houses.databases.values()) {
    await sql.end();
    await database.drop();
  }
  rmSync(folder, { recursive: true });
}

interface Houses {
  readonly open: ReadonlyMap<string, OpenHouse>;
  readonly urls: Readonly<Record<string, string>>;
  readonly databases: ReadonlyMap<string, { readonly database: FreshDatabase; readonly sql: postgres.Sql }>;
  readonly start: (name: string) => Promise<void>;
  readonly stop: (name: string) => Promise<void>;
}

async function openHouses(folder: string, now: Date, variables: NodeJS.ProcessEnv): Promise<Houses> {
  const open = new Map<string, OpenHouse>();
  const urls: Record<string, string> = {};
  const databases: Houses['databases'] = new Map(
    await Promise.all(
      houseNames().map(async name => {
        const database = await freshDatabase(name);
        const sql = postgres(database.adminUrl, { max: 1, onnotice: () => {} });
        await beginClock(sql, now);
        return [name, { database, sql }] as const;
      }),
    ),
  );
  const keys = join(folder, 'license-signing-keys.json');
  writeFileSync(keys, JSON.stringify(generateSigningKeys()));
  const start = async (name: string) => {
    const house = await openHouse(loadHouse(name), {
      environment: 'test',
      variables: {
        ...process.env,
        MAIL_DIR: join(folder, 'mail'),
        CRM_DIR: join(folder, 'crm'),
        HOSTED_PRODUCT_DIR: join(folder, 'hosted-product'),
        LICENSE_SIGNING_KEYS: keys,
        ...variables,
      },
      databaseUrl: databases.get(name)!.database.url,
      connectionsMax: CONNECTIONS_MAX,
      port: urls[name] ? Number(new URL(urls[name]).port) : 0,
      hopSecrets: [HOP_SECRET],
      neighbours: () => urls,
      clock: wallClock,
      hasTestClock: true,
      log: silentLog,
    });
    urls[name] = house.url;
    open.set(name, house);
  };
  const stop = async (name: string) => {
    await open.get(name)?.close();
    open.delete(name);
  };
  await Promise.all(houseNames().map(start));
  return { open, urls, databases, start, stop };
}

async function loadPrices({ open }: Houses): Promise<void> {
  const now = wallClock.now();
  const origin = { actor: 'operator@example.com', correlationId: 'prices', causationId: 'prices' };
  const context = { house: 'orders', now, newIds: () => newIdAt(now), ...origin };
  await runWork(open.get('orders')!.database, context, work => loadPriceList(work, PRICE_LIST));
}

const gatewayVariables = (folder: string, houses: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ENVIRONMENT: 'test',
  PORT: '0',
  HOUSES: JSON.stringify(houses),
  HOP_SECRETS: HOP_SECRET,
  DATA_DIR: folder,
  DEVELOPMENT_ISSUER: 'yes_for_development_only',
  // A test asks in a second what a partner's system asks in a day.
  PARTNER_REQUESTS_PER_MINUTE: '1000000',
  PARTNER_COST_PER_MINUTE: '1000000000',
  SIGNING_KEY_PATH: join(folder, 'gateway-signing-key.json'),
  PERSONAS_PATH: join(folder, 'personas.json'),
  // What installing has built.
  EXPLORER_PATH: resolve('dist/explorer'),
});
