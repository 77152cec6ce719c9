/** Several gateway processes on one address: killed, replaced one after the other, and held to a size. */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { openPlatform, type Platform } from './platform';

let platform: Platform;
let first: ChildProcess | undefined;
let url = '';
// Each request opens a connection of its own, so that it may meet any of the processes.
// What was handed to a process in the moment of its death is never answered, and given up soon.
const agent = new Agent({ pipelining: 0, headersTimeout: 3_000 });
beforeAll(async () => {
  platform = await openPlatform();
});
afterEach(() => stop());
afterAll(async () => {
  await agent.close();
  await platform.close();
});

async function start(variables: NodeJS.ProcessEnv = {}): Promise<void> {
  const { DEVELOPMENT_ISSUER = '', ...environment } = { ...platform.environment, WORKERS: '2', ...variables };
  first = fork('gateway/server.ts', {
    env: { ...process.env, ...environment, DEVELOPMENT_ISSUER },
    execArgv: ['--conditions=development', '--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let log = '';
  first.stdout?.on('data', text => (log += text));
  first.stderr?.on('data', text => (log += text));
  for (const until = performance.now() + 90_000; (log.match(/is ready/g)?.length ?? 0) < 2; await after(20)) {
    if (performance.now() > until || first.exitCode !== null) throw new Error(log);
  }
  url = /"url":"([^"]+)"/.exec(log)?.[1] ?? '';
}

async function stop(): Promise<number | null> {
  if (!first || first.exitCode !== null) return first?.exitCode ?? null;
  const gone = new Promise(done => first?.once('exit', done));
  first.kill('SIGTERM');
  await gone;
  return first.exitCode;
}

/** The processes that serve, without those of the compiler beside them. */
const workers = (): readonly number[] =>
  readFileSync(`/proc/${first?.pid}/task/${first?.pid}/children`, 'utf8')
    .split(' ')
    .flatMap(pid => (pid.trim() && commandOf(pid).includes('gateway/server.ts') ? [Number(pid)] : []));

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

async function ask(path = '/graphql', method: 'POST' | 'GET' = 'POST', more: Readonly<Record<string, string>> = {}): Promise<string> {
  const headers = { ...more, 'content-type': 'application/json', connection: 'close' };
  const { body } = await request(url + path, {
    dispatcher: agent,
    method,
    headers,
    ...(method === 'POST' && { body: '{"query":"{ whoAmI }"}' }),
  });
  return body.text();
}

/** Asks once and without a pause until something is so; a balancer in front would send a request again that never got an answer. */
async function askUntil(isSo: () => boolean, ms = 60_000): Promise<{ answered: number; failed: number }> {
  const count = { answered: 0, failed: 0 };
  for (const until = performance.now() + ms; performance.now() < until; ) {
    const answer = await ask()
      .catch(() => ask())
      .catch(String);
    if (answer.includes('anonymous')) count.answered += 1;
    else count.failed += 1;
    if (isSo()) break;
  }
  return count;
}

test('both answer on one address; one that is killed is replaced, and SIGTERM ends all', async () => {
  await start();
  const [killed = 0, other = 0] = workers();
  process.kill(killed, 'SIGKILL');
  const { answered, failed } = await askUntil(() => workers().length === 2 && !workers().includes(killed));
  expect([answered > 0, failed, workers().includes(other)]).toEqual([true, 0, true]);
  expect(await stop()).toBe(0);
  expect(() => process.kill(other, 0)).toThrow();
}, 120_000);

test('SIGHUP replaces one after the other without a failed request', async () => {
  await start();
  const before = workers();
  first?.kill('SIGHUP');
  const { answered, failed } = await askUntil(() => workers().length === 2 && before.every(pid => !workers().includes(pid)));
  expect([answered > 0, failed]).toEqual([true, 0]);
  expect(before.filter(pid => workers().includes(pid))).toEqual([]);
}, 120_000);

test('one that has grown too large is replaced while the other answers', async () => {
  await start({ WORKER_MEMORY_MB: '64' });
  const before = workers();
  const { failed } = await askUntil(() => before.some(pid => !workers().includes(pid)));
  expect([failed, before.some(pid => !workers().includes(pid))]).toEqual([0, true]);
}, 120_000);

test('what a partner’s system may ask in a minute is counted together', async () => {
  await start({ PARTNER_REQUESTS_PER_MINUTE: '6' });
  const bearer = { authorization: `Bearer ${await platform.mint({ sub: 'partner:pcl_1', roles: ['PARTNER'], client_id: 'pcl_1' })}` };
  const answers: string[] = [];
  for (let n = 0; n < 16; n += 1) answers.push(await ask('/graphql', 'POST', bearer));
  expect(answers.filter(answer => answer.includes('RATE_LIMITED'))).toHaveLength(10);
}, 120_000);

test('their numbers are told as one', async () => {
  await start();
  for (let n = 0; n < 20; n += 1) await ask();
  const text = await ask('/metrics', 'GET');
  expect(text).toMatch(/gateway_request_seconds_count\{operation="unnamed",outcome="answered"\} 20\n/);
}, 120_000);

test('a configuration that cannot be used ends all of them with its sentence', async () => {
  await expect(start({ SUPERGRAPH_PATH: '/nowhere' })).rejects.toThrow(/SUPERGRAPH_PATH: the supergraph at \/nowhere cannot be read/);
}, 120_000);
