import { join } from 'node:path';
import type { HouseDatabase } from '../../kernel/db/cluster';
import { freePort, isFree } from '../../kernel/db/embedded';
import { CannotStart, type DataFolder } from './deployment-folder';
import { isBuilt, type Supervised, supervise } from './processes';

/** Everything of the product that runs on this machine, beside its database. */
export interface Platform {
  readonly url: string;
  readonly houses: ReadonlyMap<string, Supervised>;
  readonly gateway: Supervised;
  /** The gateway first, so that nothing new comes in, then the houses. */
  stop(): Promise<void>;
}

export interface PlatformOptions {
  readonly folder: DataFolder;
  readonly databases: ReadonlyMap<string, HouseDatabase>;
  /** The gateway's port; the houses take those after it, as far as they are free. */
  readonly port: number;
  /** True runs what was built even where the sources start it. */
  readonly isBuilt?: boolean;
  /** Says what became ready. */
  readonly onReady?: (name: string) => void;
}

/** Starts each house and the gateway as processes of their own. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { folder, databases } = options;
  const names = [...databases.keys()];
  const urlByHouse = new Map<string, string>();
  for (const [index, name] of names.entries())
    urlByHouse.set(name, `http://127.0.0.1:${await portNear(options.port === 0 ? 0 : options.port + 1 + index)}`);
  const port = options.port === 0 ? await freePort() : options.port;
  const common = commonVariables(folder, Object.fromEntries(urlByHouse), port);
  const started: Supervised[] = [];
  try {
    const opening = names.map(async name => {
      const url = urlByHouse.get(name)!;
      const variables = { ...common, PORT: new URL(url).port, DATABASE_URL: databases.get(name)!.appUrl };
      const house = await supervise({
        name,
        module: `subgraphs/${name}/server`,
        variables,
        logs: folder.logs,
        url,
        isBuilt: options.isBuilt ?? isBuilt,
      });
      started.push(house);
      options.onReady?.(name);
    });
    const gateway = await startGateway({ ...options, port }, common, started);
    await Promise.all(opening);
    const houses = new Map(started.filter(one => one !== gateway).map(house => [house.name, house]));
    return {
      url: gateway.url,
      houses,
      gateway,
      stop: async () => {
        await gateway.stop();
        await Promise.all([...houses.values()].map(house => house.stop()));
      },
    };
  } catch (fault) {
    await Promise.all(started.map(one => one.stop()));
    throw fault;
  }
}

async function startGateway(
  options: PlatformOptions,
  common: Readonly<Record<string, string>>,
  started: Supervised[],
): Promise<Supervised> {
  const { port } = options;
  const variables = { ...common, PORT: `${port}`, DEVELOPMENT_ISSUER: 'yes_for_development_only', PERSONAS_PATH: options.folder.personas };
  const gateway = await supervise({
    name: 'gateway',
    module: 'gateway/server',
    variables,
    logs: options.folder.logs,
    url: `http://127.0.0.1:${port}`,
    isBuilt: options.isBuilt ?? isBuilt,
  });
  started.push(gateway);
  options.onReady?.('gateway');
  return gateway;
}

function commonVariables(folder: DataFolder, houses: Readonly<Record<string, string>>, port: number): Readonly<Record<string, string>> {
  return {
    ENVIRONMENT: 'development',
    // A demonstration may see a year pass.
    TEST_CLOCK: 'yes_for_test_deployments_only',
    HOP_SECRETS: folder.secret('hop'),
    HOUSES: JSON.stringify(houses),
    DATA_DIR: folder.path,
    DOCUMENT_SECRETS: folder.secret('documents'),
    DOCUMENT_BASE_URL: `http://127.0.0.1:${port}`,
    MAIL_DIR: folder.mail,
    CRM_DIR: join(folder.path, 'crm'),
    HOSTED_PRODUCT_DIR: join(folder.path, 'hosted-product'),
    LICENSE_SIGNING_KEYS: folder.secretPath('license-signing-keys.json'),
  };
}

/** Fails with a sentence when the product's own address is taken. */
export async function assertFree(port: number): Promise<void> {
  if (!(await isFree(port))) throw new CannotStart(`Port ${port} is in use: stop what listens there, or set PORT to another number.`);
}

/** The port that was wished for, or any free one: only the gateway's address is a promise. */
const portNear = async (wished: number): Promise<number> => (wished > 0 && (await isFree(wished)) ? wished : freePort());
