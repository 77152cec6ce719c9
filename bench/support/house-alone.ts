/** The licences house by itself, as it is deployed: what it can do when nobody else has the machine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { hopHeader, signHop } from '../../kernel/auth/hop-token';
import { anonymous, type Viewer } from '../../kernel/auth/viewer';
import { freePort } from '../../kernel/db/embedded';
import { wallClock } from '../../kernel/time';
import { openDatabaseServer, prepareDatabases } from '../../scripts/platform/databases';
import { openDataFolder } from '../../scripts/platform/deployment-folder';
import { supervise } from '../../scripts/platform/processes';
import { generateSigningKeys } from '../../subgraphs/licenses/ports/signing-keys';

export interface HouseAlone {
  /** The database as its owner sees it. */
  readonly owner: string;
  ask<Answer>(viewer: Partial<Viewer>, document: string, variables: object): Promise<Answer>;
  close(): Promise<void>;
}

/** Opens it on a database that `fill` has filled, before it starts. */
export async function openLicensesAlone(fill: (ownerUrl: string) => Promise<void>, connections: number): Promise<HouseAlone> {
  const path = mkdtempSync(join(tmpdir(), 'purchasing-bench-'));
  const folder = openDataFolder(path);
  folder.secret('license-signing-keys.json', () => JSON.stringify(generateSigningKeys()));
  const server = await openDatabaseServer(folder, undefined);
  const database = (await prepareDatabases(server, folder, ['licenses'])).get('licenses')!;
  await fill(database.ownerUrl);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const variables = {
    ENVIRONMENT: 'development',
    PORT: `${port}`,
    DATABASE_URL: database.appUrl,
    HOUSES: JSON.stringify({ licenses: url }),
    HOP_SECRETS: folder.secret('hop'),
    LICENSE_SIGNING_KEYS: folder.secretPath('license-signing-keys.json'),
    MAIL_DIR: folder.mail,
    HOSTED_PRODUCT_DIR: join(path, 'hosted-product'),
  };
  const house = await supervise({
    name: 'licenses',
    module: 'subgraphs/licenses/server',
    variables,
    logs: folder.logs,
    url,
    isBuilt: true,
  });
  const agent = new Agent({ connections, pipelining: 1, headersTimeout: 30_000, bodyTimeout: 30_000 });
  const hop = folder.secret('hop');
  return {
    owner: database.ownerUrl,
    ask: async <Answer>(viewer: Partial<Viewer>, query: string, variables: object) => {
      const body = JSON.stringify({ query, variables });
      const asking = { ...anonymous, subject: 'bench', ...viewer };
      const token = signHop(hop, { audience: 'licenses', body, viewer: asking, correlationId: 'bench', now: wallClock.now() });
      const headers = { 'content-type': 'application/json', authorization: hopHeader(token) };
      const answer = await request(`${url}/graphql`, { method: 'POST', dispatcher: agent, headers, body });
      return (await answer.body.json()) as Answer;
    },
    close: async () => {
      await agent.destroy();
      await house.stop();
      await server.stop();
      folder.release();
      rmSync(path, { recursive: true, force: true });
    },
  };
}
