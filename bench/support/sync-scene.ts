/** The licences house behind the gateway, as they are deployed, with everything that reports in one night. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { claimsFor, DEVELOPMENT_ISSUER } from '../../gateway/identity';
import { openSigningKey } from '../../gateway/signing-key';
import { wallClock } from '../../kernel/time';
import { openDatabaseServer, prepareDatabases } from '../../scripts/platform/databases';
import { openDataFolder } from '../../scripts/platform/deployment-folder';
import { houseNames } from '../../scripts/platform/houses';
import { startPlatform } from '../../scripts/platform/platform';
import { generateSigningKeys } from '../../subgraphs/licenses/ports/signing-keys';
import { fillLicenses, identifierOf } from './sync-rows';

const CONNECTIONS = 256;
const TOKEN_SECONDS = 3_600;

export interface Answered {
  readonly data?: Readonly<Record<string, SyncPayload | null>> | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string; readonly retryable?: boolean } }[];
}

export interface SyncPayload {
  readonly userErrors: readonly { readonly code: string; readonly retryable: boolean }[];
  readonly comeBackAfterSeconds?: number | null;
}

/** Who is asked. */
export type Ask = (instance: string, document: string, input: object) => Promise<Answered>;

export async function openSyncScene(made: { readonly instances: number; readonly unused: number; readonly today: string }) {
  const path = mkdtempSync(join(tmpdir(), 'purchasing-bench-'));
  const folder = openDataFolder(path);
  folder.secret('license-signing-keys.json', () => JSON.stringify(generateSigningKeys()));
  const server = await openDatabaseServer(folder, undefined);
  const databases = await prepareDatabases(server, folder, houseNames());
  const owner = databases.get('licenses')!.ownerUrl;
  await fillLicenses(owner, made);
  writeFileSync(folder.personas, '[]');
  const platform = await startPlatform({ folder, databases, port: 0, isBuilt: true });
  const key = await openSigningKey(folder.secretPath('gateway-signing-key.json'), { mayCreate: false });
  const agent = new Agent({ connections: CONNECTIONS, pipelining: 1, headersTimeout: 30_000, bodyTimeout: 30_000 });
  const house = platform.houses.get('licenses')!;
  const tokens = new Map<string, string>();

  const post = async (url: string, authorization: string, body: string): Promise<Answered> => {
    const headers = { 'content-type': 'application/json', authorization };
    const response = await request(url, { method: 'POST', dispatcher: agent, headers, body });
    return (await response.body.json()) as Answered;
  };
  const throughGateway: Ask = (instance, query, input) =>
    post(`${platform.url}/graphql`, `Bearer ${tokens.get(instance)}`, JSON.stringify({ query, variables: { input } }));
  return {
    owner,
    throughGateway,
    killHouse: () => process.kill(house.pid() ?? 0, 'SIGKILL'),
    /** Signs the tokens of instances ahead, as each has its own long before it reports. */
    signIn: async (identifiers: readonly string[]) => {
      for (const instance of identifiers) {
        const claims = claimsFor(DEVELOPMENT_ISSUER, { sub: `instance:${instance}`, roles: ['INSTANCE'], instance });
        tokens.set(instance, await key.sign(claims, { issuedAt: wallClock.now(), seconds: TOKEN_SECONDS }));
      }
    },
    close: async () => {
      await agent.destroy();
      await platform.stop();
      await server.stop();
      folder.release();
      rmSync(path, { recursive: true, force: true });
    },
  };
}

export const identifiers = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => identifierOf(index + 1));
