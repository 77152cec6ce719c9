/** The reports house behind the gateway, as they are deployed, with the facts of a large company. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { claimsFor, DEVELOPMENT_ISSUER } from '../../gateway/identity';
import { openSigningKey } from '../../gateway/signing-key';
import { type PlainDate, wallClock } from '../../kernel/time';
import { openDatabaseServer, prepareDatabases } from '../../scripts/platform/databases';
import { openDataFolder } from '../../scripts/platform/deployment-folder';
import { houseNames } from '../../scripts/platform/houses';
import { startPlatform } from '../../scripts/platform/platform';
import { generateSigningKeys } from '../../subgraphs/licenses/ports/signing-keys';
import { announceVersions, fillFacts } from './report-facts';

export interface FileOfReport {
  readonly status: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string | null;
  readonly downloadPath: string | null;
}

interface Answered {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: unknown;
}

const FILE = 'query ($id: ID!) { reportExport(id: $id) { status rows bytes sha256 downloadPath } }';
const TOKEN_SECONDS = 3_600;
const LOOK_EVERY_MS = 50;
/** A download that is asked for in ranges of so many bytes, as one that is interrupted again and again. */
const RANGE_BYTES = 16_000_000;

export async function openReportScene(accounts: number, today: PlainDate, progress: (text: string) => void) {
  const path = mkdtempSync(join(tmpdir(), 'purchasing-bench-'));
  const folder = openDataFolder(path);
  folder.secret('license-signing-keys.json', () => JSON.stringify(generateSigningKeys()));
  const server = await openDatabaseServer(folder, undefined);
  const databases = await prepareDatabases(server, folder, houseNames());
  const owner = databases.get('reports')!.ownerUrl;
  await fillFacts(owner, accounts, today, progress);
  writeFileSync(folder.personas, '[]');
  progress('starting the gateway and the houses');
  const platform = await startPlatform({ folder, databases, port: 0, isBuilt: true });
  const key = await openSigningKey(folder.secretPath('gateway-signing-key.json'), { mayCreate: false });
  const claims = claimsFor(DEVELOPMENT_ISSUER, { sub: 'analyst@example.com', roles: ['ANALYST'] });
  const authorization = `Bearer ${await key.sign(claims, { issuedAt: wallClock.now(), seconds: TOKEN_SECONDS })}`;
  const house = platform.houses.get('reports')!;

  const post = async (address: string, content: object) => {
    const headers = { 'content-type': 'application/json', authorization };
    const response = await fetch(`${platform.url}${address}`, { method: 'POST', headers, body: JSON.stringify(content) });
    return response.json();
  };
  const ask = async (query: string, variables: object): Promise<Answered> => (await post('/graphql', { query, variables })) as Answered;

  return {
    ask,
    askForFile: async (report: object): Promise<string> => {
      const asked = (await post('/exports', { idempotencyKey: randomUUID(), format: 'CSV', report })) as { id?: string };
      if (!asked.id) throw new Error(`A file was refused: ${JSON.stringify(asked)}`);
      return asked.id;
    },
    /** How far a file is; while its house is away, as far as nowhere. */
    fileOf: async (id: string): Promise<FileOfReport> => {
      const { data } = await ask(FILE, { id });
      return (data?.['reportExport'] as FileOfReport | null) ?? { status: 'AWAY', rows: 0, bytes: 0, sha256: null, downloadPath: null };
    },
    download: async function* (address: string, bytes: number): AsyncGenerator<Uint8Array> {
      for (let from = 0; from < bytes; from += RANGE_BYTES) {
        const range = `bytes=${from}-${Math.min(from + RANGE_BYTES, bytes) - 1}`;
        const response = await fetch(`${platform.url}${address}`, { headers: { authorization, range } });
        if (response.status !== 206 || !response.body) throw new Error(`A part of a file was answered with ${response.status}.`);
        yield* response.body;
      }
    },
    killHouse: () => process.kill(house.pid() ?? 0, 'SIGKILL'),
    /** Announces so many events at once, and answers how many a second were taken in. */
    hear: async (count: number): Promise<number> => {
      const sql = postgres(owner, { max: 1, onnotice: () => {} });
      const heard = async () => Number((await sql`select count(*) as count from inbox`)[0]?.['count']);
      const startedAt = performance.now();
      await announceVersions(databases.get('subscriptions')!.ownerUrl, count, today);
      while ((await heard()) < count) await pause(LOOK_EVERY_MS);
      await sql.end();
      return count / ((performance.now() - startedAt) / 1000);
    },
    /** The most memory that the processes took since, in MB. */
    watchMemory: () => {
      const most: Record<string, number> = { reports: 0, gateway: 0 };
      const look = () => {
        for (const { name, pid } of [house, platform.gateway]) most[name] = Math.max(most[name] ?? 0, residentMb(pid()));
      };
      const timer = setInterval(look, LOOK_EVERY_MS);
      return {
        most: () => {
          clearInterval(timer);
          return most;
        },
      };
    },
    close: async () => {
      await platform.stop();
      await server.stop();
      folder.release();
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** A process that was just killed has none. */
function residentMb(pid: number | undefined): number {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
