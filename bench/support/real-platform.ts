/** The product as it is deployed on one machine: real processes, a real database, an empty shop with customers. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { hopHeader, signHop } from '../../kernel/auth/hop-token';
import { anonymous } from '../../kernel/auth/viewer';
import type { HouseDatabase } from '../../kernel/db/cluster';
import type { LogPage } from '../../kernel/events/log';
import type { AccountId } from '../../kernel/ids';
import { accept } from '../../kernel/result';
import { dayOf, type PlainDate, wallClock } from '../../kernel/time';
import { type DatabaseServer, openDatabaseServer, prepareDatabases } from '../../scripts/platform/databases';
import { type DataFolder, openDataFolder } from '../../scripts/platform/deployment-folder';
import { houseNames } from '../../scripts/platform/houses';
import { type Platform, startPlatform } from '../../scripts/platform/platform';
import { openStage, type Stage } from '../../scripts/seed/stage';
import { createBillingAccount } from '../../subgraphs/customers/actions/createBillingAccount';
import { createOrganization } from '../../subgraphs/customers/actions/createOrganization';
import { generateSigningKeys } from '../../subgraphs/licenses/ports/signing-keys';
import { loadPriceList } from '../../subgraphs/orders/actions/loadPriceList';
import { PRICE_LIST } from '../../subgraphs/orders/store/price-list';

export interface RealPlatform {
  readonly platform: Platform;
  readonly server: DatabaseServer;
  readonly databases: ReadonlyMap<string, HouseDatabase>;
  readonly accounts: readonly AccountId[];
  /** Asks the gateway as the buyer of all these accounts. */
  ask<Answer>(document: string, variables: object): Promise<Answer>;
  /** The next events of a house, as a neighbour hears them: answered when there are some. */
  hear(house: string, types: readonly string[], after: number, waitS: number): Promise<LogPage>;
  /** Statements sent by all houses so far. */
  statements(): Promise<number>;
  /** Resident memory of each process, in MB. */
  memory(): Readonly<Record<string, number>>;
  /** Processor time that each process has used so far, in milliseconds; the database server with all its backends as one. */
  cpuMs(): Readonly<Record<string, number>>;
  close(): Promise<void>;
}

/** Fills the databases with more than a shop could sell while one waits, and answers whose it is. */
export type Filling = (databases: ReadonlyMap<string, HouseDatabase>) => Promise<readonly AccountId[]>;

/** What happened before: told through the houses' own actions. */
export type Telling = (stage: Stage) => Promise<void>;

export async function openRealPlatform(
  accountsCount: number,
  fill: Filling = async () => [],
  tell: Telling = async () => {},
): Promise<RealPlatform> {
  const path = mkdtempSync(join(tmpdir(), 'purchasing-bench-'));
  const folder = openDataFolder(path);
  folder.secret('license-signing-keys.json', () => JSON.stringify(generateSigningKeys()));
  const server = await openDatabaseServer(folder, undefined);
  const databases = await prepareDatabases(server, folder, houseNames());
  const accounts = [...(await openShop(databases, folder, accountsCount, tell)), ...(await fill(databases))];
  const claims = { sub: 'bench', roles: ['BUYER'], accounts };
  writeFileSync(folder.personas, JSON.stringify([{ id: 'buyer', label: 'Buyer', description: '', claims, samples: {} }]));
  const platform = await startPlatform({ folder, databases, port: 0, isBuilt: true });
  const agent = new Agent({ connections: 500, pipelining: 1, headersTimeout: 60_000, bodyTimeout: 60_000 });
  const token = await signIn(platform.url);
  return {
    platform,
    server,
    databases,
    accounts,
    ask: async <Answer>(query: string, variables: object) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const response = await request(`${platform.url}/graphql`, {
        method: 'POST',
        dispatcher: agent,
        headers,
        body: JSON.stringify({ query, variables }),
      });
      return (await response.body.json()) as Answer;
    },
    hear: (house, types, after, waitS) => hear(platform, folder, agent, { house, types, after, waitS }),
    statements: async () => {
      const texts = await Promise.all([...platform.houses.values()].map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
      return texts.reduce((sum, text) => sum + Number(/^sql_statements_total\{[^}]*\} (\d+)/m.exec(text)?.[1] ?? 0), 0);
    },
    memory: () => Object.fromEntries([...platform.houses.values(), platform.gateway].map(({ name, pid }) => [name, residentMb(pid())])),
    cpuMs: () => ({
      ...Object.fromEntries([...platform.houses.values(), platform.gateway].map(({ name, pid }) => [name, treeCpuMs(pid())])),
      postgresql: treeCpuMs(server.pid() ?? undefined),
    }),
    close: async () => {
      await agent.destroy();
      await platform.stop();
      await server.stop();
      folder.release();
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** An organization has at most so many accounts. */
const ACCOUNTS_EACH = 100;

/** A price list, customers, and what is told of them. */
async function openShop(
  databases: ReadonlyMap<string, HouseDatabase>,
  folder: DataFolder,
  count: number,
  tell: Telling,
): Promise<readonly AccountId[]> {
  const stage = await openStage(databases, folder);
  const on = dayOf(wallClock.now());
  const actor = 'bench';
  await stage.act({ house: 'orders', key: 'prices', on, actor, action: async work => accept(await loadPriceList(work, PRICE_LIST)) });
  const accounts: AccountId[] = [];
  for (let first = 0; first < count; first += ACCOUNTS_EACH)
    accounts.push(...(await openCompany(stage, on, first, Math.min(first + ACCOUNTS_EACH, count))));
  await tell(stage);
  await stage.settled();
  await stage.close();
  return accounts;
}

/** A company with the accounts of these numbers. */
async function openCompany(stage: Stage, on: PlainDate, from: number, to: number): Promise<readonly AccountId[]> {
  const act = { house: 'customers', on, actor: 'bench' };
  const organization = await stage.act({
    ...act,
    key: `organization-${from}`,
    action: work => createOrganization(work, { name: `Bench ${from}` }),
  });
  const address = { street: '1 Long Street', city: 'Denver', postalCode: '80014', region: 'CO', country: 'US' };
  const billTo = { name: 'Bo Bench', email: 'bo@bench.example', address };
  const accounts: AccountId[] = [];
  for (let number = from; number < to; number++) {
    const request = { organizationId: organization.id, name: `Bench ${number}`, currency: 'USD', channel: 'WEB_DIRECT', billTo } as const;
    const opened = await stage.act({ ...act, key: `account-${number}`, action: work => createBillingAccount(work, request) });
    accounts.push(opened.account.id);
  }
  return accounts;
}

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/explorer/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"persona":"buyer"}',
  });
  return ((await response.json()) as { token: string }).token;
}

interface Hearing {
  readonly house: string;
  readonly types: readonly string[];
  readonly after: number;
  readonly waitS: number;
}

async function hear(platform: Platform, folder: DataFolder, agent: Agent, { house, types, after, waitS }: Hearing): Promise<LogPage> {
  const target = `/events?after=${after}&limit=500&wait=${waitS}&types=${types.join(',')}`;
  const viewer = { ...anonymous, subject: 'house:bench', roles: ['SERVICE'] as const };
  const token = signHop(folder.secret('hop'), { audience: house, body: target, viewer, correlationId: 'bench', now: wallClock.now() });
  const response = await request(`${platform.houses.get(house)?.url}${target}`, {
    dispatcher: agent,
    headers: { authorization: hopHeader(token) },
  });
  if (response.statusCode !== 200) throw new Error(`${house} answered ${response.statusCode}.`);
  return (await response.body.json()) as LogPage;
}

/** Clock ticks in a second, as Linux tells processor time in `/proc`. */
const TICKS_PER_SECOND = 100;

/** Processor time of a process and of all that it started, those that have ended included. */
function treeCpuMs(pid: number | undefined): number {
  const stat = pid ? readIfThere(`/proc/${pid}/stat`) : '';
  // The name may hold spaces; what follows its closing bracket does not.
  const ticks = stat
    .replace(/^.*\) /s, '')
    .split(' ')
    .slice(11, 15)
    .reduce((sum, text) => sum + Number(text), 0);
  const children = readIfThere(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);
  return (ticks * 1000) / TICKS_PER_SECOND + children.reduce((sum, child) => sum + treeCpuMs(Number(child)), 0);
}

/** A process may end between two looks; its time is then its parent's. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

function residentMb(pid: number | undefined): number {
  const status = pid ? readFileSync(`/proc/${pid}/status`, 'utf8') : '';
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}
