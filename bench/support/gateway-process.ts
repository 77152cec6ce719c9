/** One gateway in a process of its own, in front of houses that stand in this one. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { HOP_SECRET } from '../../test/gateway/fake-house';

export interface GatewayProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** The gateway's own numbers, as a monitoring system reads them. */
  metrics(): Promise<Metrics>;
}

export interface Metrics {
  /** The sum of all lines of a name, or of those whose labels hold a text. */
  of(name: string, labels?: string): number;
}

export interface Address {
  readonly name: string;
  readonly url: string;
}

const ROOT = join(__dirname, '../..');

/** Starts a gateway as it is shipped; `variables` come on top of what every measurement sets. */
export async function startGateway(folder: string, variables: NodeJS.ProcessEnv, houses: readonly Address[]): Promise<GatewayProcess> {
  const env = {
    ...process.env,
    ENVIRONMENT: 'test',
    PORT: '0',
    WORKERS: '1',
    EXECUTION: 'compiled',
    HOUSES: JSON.stringify(Object.fromEntries(houses.map(({ name, url }) => [name, url]))),
    HOP_SECRETS: HOP_SECRET,
    DATA_DIR: folder,
    DEVELOPMENT_ISSUER: 'yes_for_development_only',
    ...variables,
  };
  const child = fork(join(ROOT, 'gateway/server.ts'), { env, cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const url = await new Promise<string>((found, failed) => {
    child.once('exit', code => failed(new Error(`The gateway ended with ${code}.`)));
    child.stdout?.on('data', (line: Buffer) => {
      const address = /"url":"([^"]+)"/.exec(line.toString())?.[1];
      if (address) found(address);
    });
  });
  return { child, url, metrics: async () => metricsIn(await (await fetch(`${url}/metrics`)).text()) };
}

function metricsIn(text: string): Metrics {
  const lines = text.split('\n').flatMap(line => {
    const [, name, labels = '', value] = /^([a-z_]+)(\{[^}]*\})? (\S+)$/.exec(line) ?? [];
    return name && value ? [{ name, labels, value: Number(value) }] : [];
  });
  return {
    of: (name, labels = '') =>
      lines.filter(line => line.name === name && line.labels.includes(labels)).reduce((sum, { value }) => sum + value, 0),
  };
}
