/** The product as `npm start` runs it, each house a process of its own, and what a kill -9 leaves of it. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { openDevelopmentIssuer } from '../../gateway/development-issuer';
import { openSigningKey } from '../../gateway/signing-key';
import type { HouseDatabase } from '../../kernel/db/cluster';
import { openDatabase } from '../../kernel/db/database';
import { newIdAt } from '../../kernel/new-id';
import { runWork } from '../../kernel/run-work';
import { wallClock } from '../../kernel/time';
import { type DatabaseServer, openDatabaseServer, prepareDatabases } from '../../scripts/platform/databases';
import { type DataFolder, openDataFolder } from '../../scripts/platform/deployment-folder';
import { houseNames } from '../../scripts/platform/houses';
import { type Platform, startPlatform } from '../../scripts/platform/platform';
import { generateSigningKeys } from '../../subgraphs/licenses/ports/signing-keys';
import { loadPriceList } from '../../subgraphs/orders/actions/loadPriceList';
import { PRICE_LIST } from '../../subgraphs/orders/store/price-list';
import { type Graph, graphAt } from '../support/graph';
import { type Company, eventually, type Shop, shopOf } from '../support/shop';
import { tokensOf } from '../support/tokens';

const IN_FLIGHT = 4;
const MEANWHILE = 6;
/** A house that starts from its sources takes a while where others need the machine as well. */
const RESTARTED_MS_MAX = 45_000;
let path: string;
let folder: DataFolder;
let server: DatabaseServer;
let databases: ReadonlyMap<string, HouseDatabase>;
let platform: Platform;
let graph: Graph;
let shop: Shop;
let company: Company;
let paymentMethodId: string;

beforeAll(async () => {
  path = mkdtempSync(join(tmpdir(), 'purchasing-killed-'));
  folder = openDataFolder(path);
  folder.secret('license-signing-keys.json', () => JSON.stringify(generateSigningKeys()));
  server = await openDatabaseServer(folder, undefined);
  databases = await prepareDatabases(server, folder, houseNames());
  await loadPrices();
  platform = await startPlatform({ folder, databases, port: 0 });
  graph = graphAt(platform.url);
  const key = await openSigningKey(folder.secretPath('gateway-signing-key.json'), { mayCreate: false });
  const tokens = tokensOf(openDevelopmentIssuer({ key, personasPath: folder.personas, clock: wallClock }).mint);
  shop = shopOf(graph, tokens, RESTARTED_MS_MAX);
  company = await shop.openCompany('Alpine Ski House');
  paymentMethodId = await shop.addCard(company, 'tok_visa_succeeds');
}, 120_000);

afterAll(async () => {
  await platform?.stop();
  await server?.stop();
  folder?.release();
  rmSync(path, { recursive: true, force: true });
}, 120_000);

async function loadPrices(): Promise<void> {
  const database = openDatabase({ url: databases.get('orders')!.appUrl, applicationName: 'prices' });
  const now = wallClock.now();
  const origin = { actor: 'a test', correlationId: 'prices', causationId: 'prices' };
  await runWork(database, { house: 'orders', now, newIds: () => newIdAt(now), ...origin }, work => loadPriceList(work, PRICE_LIST));
  await database.close();
}

/** Looks into a house's database while no other look is open. */
async function rows(house: string, query: string): Promise<readonly postgres.Row[]> {
  const sql = postgres(databases.get(house)!.appUrl, { max: 1, onnotice: () => {} });
  try {
    return await sql.unsafe(query);
  } finally {
    await sql.end();
  }
}

const buy = () => shop.buy(company, { sku: 'premium-self-managed', quantity: 5, paymentMethodId });
const buyMany = (count: number) => Promise.all(Array.from({ length: count }, buy));

/** Kills a house while orders are in its hands, buys on, and answers every order once the house is back. */
async function buyThroughKillOf(house: string, begun: string): Promise<readonly string[]> {
  const countBefore = (await rows(house, begun)).length;
  const first = await buyMany(IN_FLIGHT);
  await eventually(async () => (await rows(house, begun)).length > countBefore);
  const killed = platform.houses.get(house)!.pid()!;
  process.kill(killed, 'SIGKILL');
  const orderIds = [...first, ...(await buyMany(MEANWHILE))];
  await Promise.all(orderIds.map(id => shop.untilOrder(company.token, id)));
  expect(platform.houses.get(house)!.pid()).not.toBe(killed);
  return orderIds;
}

const hex = (id: string): string => id.slice(4);
const perOrder = (found: readonly postgres.Row[]) =>
  new Map(found.map(row => [String(row.order_id).replaceAll('-', ''), Number(row.count)]));

/** Each order has exactly one of everything, and nothing exists that no order asked for. */
async function expectOneOfEach(orderIds: readonly string[]): Promise<void> {
  const once = new Map(orderIds.map(id => [hex(id), 1]));
  const sorted = (counts: ReadonlyMap<string, number>) => [...counts].toSorted();
  const counted = (table: string) => `select order_id, count(*) from ${table} group by order_id`;
  expect(sorted(perOrder(await rows('subscriptions', counted('subscription_versions'))))).toEqual(sorted(once));
  expect(sorted(perOrder(await rows('billing', counted('invoices'))))).toEqual(sorted(once));
  const ownCard = 'select order_id, count(*) from payments where order_id is not null group by order_id';
  expect(sorted(perOrder(await rows('billing', ownCard)))).toEqual(sorted(once));

  const versions = await rows('subscriptions', 'select subscription_id::text as id from subscription_versions');
  const codes = await rows('licenses', 'select subscription_id::text as id from activations');
  expect(codes.map(({ id }) => id).toSorted()).toEqual(versions.map(({ id }) => id).toSorted());
  expect(new Set((await rows('licenses', 'select code from activations')).map(({ code }) => code)).size).toBe(orderIds.length);
  const deliveries = await rows('licenses', 'select order_id, count(*) from deliveries group by order_id');
  expect(sorted(perOrder(deliveries))).toEqual(sorted(once));
  expect(readdirSync(folder.mail).filter(name => name.endsWith('.eml'))).toHaveLength(orderIds.length);
}

const placed: string[] = [];

test('subscriptions killed with -9 between two steps: every order is fulfilled, with one of everything', async () => {
  placed.push(...(await buyThroughKillOf('subscriptions', 'select 1 from subscription_versions')));
  await expectOneOfEach(placed);
}, 120_000);

test('billing killed with -9 between a charge and its invoice: every card is captured once', async () => {
  placed.push(...(await buyThroughKillOf('billing', 'select 1 from payments')));
  await expectOneOfEach(placed);
  const captures = () => rows('billing', 'select 1 from development_provider.authorizations where captured_minor > 0');
  await eventually(async () => (await captures()).length === placed.length);
  const [charged] = await rows('billing', 'select count(*), sum(captured_minor)::text as sum from development_provider.authorizations');
  expect({ ...charged }).toEqual({ count: String(placed.length), sum: String(placed.length * 114_000) }); // 5 × $228 each
  const [sum] = await rows('billing', 'select sum(debit_minor - credit_minor)::text as sum from journal_postings');
  expect(sum?.sum).toBe('0');
}, 120_000);
