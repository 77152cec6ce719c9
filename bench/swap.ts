/**
 * Supergraphs change while clients go on: each change is another schema, written as a deployment writes it. Counts what
 * failed, shows that broken files change nothing and are told by number and log, and whether memory stays where it was.
 * SWAP_CHANGES=1000 SWAP_REQUESTS=1000000 takes the better part of an hour on two cores.
 */
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { claimsFor, DEVELOPMENT_ISSUER } from '../gateway/identity';
import { openSigningKey } from '../gateway/signing-key';
import { CUSTOMERS, ORDERS, supergraphOf } from '../test/gateway/platform';
import type { Progress, Report } from './run';
import { ms, percentile, rounded } from './support/figures';
import { type GatewayProcess, startGateway } from './support/gateway-process';
import { openPlainHouse } from './support/plain-house';

const CHANGES = Number(process.env['SWAP_CHANGES'] ?? 100);
const REQUESTS = Number(process.env['SWAP_REQUESTS'] ?? 50_000);
const CONNECTIONS = 16;
const CHECKPOINTS = 10;
const SAMPLE_MS = 500;
const IN_FORCE_MS_MAX = 60_000;

const ACCOUNTS = [1, 2, 3].map(n => ({ __typename: 'BillingAccount', id: `acc_${n}`, name: `Account ${n}` }));
const QUESTIONS = [
  { query: '{ billingAccounts { id name } }', answer: { billingAccounts: ACCOUNTS.map(({ id, name }) => ({ id, name })) } },
  {
    query: '{ billingAccounts { name orders { id state } } }',
    answer: { billingAccounts: ACCOUNTS.map(({ id, name }) => ({ name, orders: [{ id: `ord_of_${id}`, state: 'FULFILLED' }] })) },
  },
].map(({ query, answer }) => ({ body: JSON.stringify({ query }), start: `{"data":${JSON.stringify(answer)},"extensions"` }));

export async function measure(progress: Progress): Promise<Report> {
  const scene = await openScene();
  try {
    const load = openLoad(scene.gateway.url, scene.token);
    const watch = watchMemory(scene.gateway);
    const checkpoints: (Memory & { readonly changes: number; readonly requests: number; readonly failed: number })[] = [];
    for (let change = 1; change <= CHANGES; change += 1) {
      await scene.change(change);
      while (load.answered() + load.failed() < (REQUESTS * change) / CHANGES) await pause(20);
      if (change % Math.ceil(CHANGES / CHECKPOINTS) !== 0) continue;
      const checkpoint = { changes: change, requests: load.answered(), failed: load.failed(), ...(await watch.sinceLast()) };
      checkpoints.push(checkpoint);
      progress(JSON.stringify(checkpoint));
    }
    const broken = await scene.break(() => load.answered());
    await load.stop();
    watch.stop();
    const times = load.times();
    return {
      rows: [
        ['supergraphs that came into force', String(scene.changed())],
        ['requests answered, and failed', `${load.answered()}, ${load.failed()}`],
        ['p50 and p99 of a request', `${ms(percentile(times, 50))}, ${ms(percentile(times, 99))}`],
        ['broken files, declined by number, told in the log', `${broken.files}, ${broken.declined}, ${broken.logged}`],
        ['requests answered meanwhile', String(broken.answered)],
        ...checkpoints.map(
          point =>
            [
              `after ${point.changes} changes and ${point.requests} requests`,
              `heap ${point.heapMb} MB, resident ${point.residentMb} MB, loop blocked ${point.loopBlockedMs} ms at most, planners ${point.planners}`,
            ] as const,
        ),
      ],
      figures: {
        changes: scene.changed(),
        answered: load.answered(),
        failed: load.failed(),
        firstFailures: load.firstFailures,
        p50: rounded(percentile(times, 50)),
        p99: rounded(percentile(times, 99)),
        broken,
        checkpoints,
      },
    };
  } finally {
    await scene.close();
  }
}

async function openScene() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const path = join(folder, 'supergraph.graphql');
  // A deployment puts the whole file in place at once.
  const put = (text: string) => {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  };
  put(supergraphOf({ customers: CUSTOMERS, orders: ORDERS }));
  const houses = await Promise.all([
    openPlainHouse('customers', () => JSON.stringify({ data: { billingAccounts: ACCOUNTS } })),
    openPlainHouse('orders', ordersOf),
  ]);
  const key = await openSigningKey(join(folder, 'secrets/gateway-signing-key.json'), { mayCreate: true });
  const claims = claimsFor(DEVELOPMENT_ISSUER, { sub: 'usr_bench', roles: ['BUYER'] });
  const token = await key.sign(claims, { issuedAt: new Date(), seconds: 86_400 });
  const gateway = await startGateway(folder, { SUPERGRAPH_PATH: path }, houses);
  let log = '';
  gateway.child.stdout?.on('data', text => (log += text));
  const filesOf = async (outcome: string) => (await gateway.metrics()).of('gateway_supergraph_files_total', `"${outcome}"`);
  const until = async (outcome: string, count: number) => {
    for (const end = performance.now() + IN_FORCE_MS_MAX; (await filesOf(outcome)) < count; await pause(20))
      if (performance.now() > end) throw new Error(`Not ${outcome} within ${IN_FORCE_MS_MAX} ms:\n${log.slice(-2_000)}`);
  };
  let changed = 0;
  return {
    gateway,
    token,
    changed: () => changed,
    async change(number: number): Promise<void> {
      put(supergraphOf({ customers: CUSTOMERS, orders: `${ORDERS} extend type Order { added${number}: Int }` }));
      await until('in-force', number);
      changed = number;
      log = '';
    },
    async break(answered: () => number) {
      const before = answered();
      const good = readFileSync(path, 'utf8');
      const texts = [
        'type Query { broken',
        good.replace('type Query', 'type Quarry'),
        good.replace('CUSTOMERS @join__graph(name: "customers"', 'CUSTOMERS @join__graph(name: "nobody"'),
      ];
      for (const [at, text] of texts.entries()) {
        put(text);
        await until('declined', at + 1);
      }
      await pause(1_000);
      return {
        files: texts.length,
        declined: await filesOf('declined'),
        logged: log.split('is broken').length - 1,
        answered: answered() - before,
      };
    },
    async close() {
      gateway.child.kill('SIGTERM');
      await Promise.all(houses.map(house => house.close()));
      rmSync(folder, { recursive: true });
    },
  };
}

function ordersOf(body: string): string {
  const { variables }: { variables: { representations: readonly { id: string }[] } } = JSON.parse(body);
  const entities = variables.representations.map(({ id }) => ({ orders: [{ id: `ord_of_${id}`, state: 'FULFILLED' }] }));
  return JSON.stringify({ data: { _entities: entities } });
}

/** Clients that ask without a pause, each on a connection of its own, and look at what they get. */
function openLoad(url: string, token: string) {
  const pool = new Pool(url, { connections: CONNECTIONS, pipelining: 1 });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const firstFailures: string[] = [];
  const durations: number[] = [];
  let [answered, failed, isOver] = [0, 0, false];
  const fail = (text: string) => {
    failed += 1;
    if (firstFailures.length < 5) firstFailures.push(text.slice(0, 500));
  };
  const client = async (number: number) => {
    for (let turn = number; !isOver; turn += 1) {
      const { body, start } = QUESTIONS[turn % QUESTIONS.length] ?? { body: '', start: '' };
      const startedAt = performance.now();
      try {
        const reply = await pool.request({ method: 'POST', path: '/graphql', headers, body });
        const text = await reply.body.text();
        if (text.startsWith(start)) answered += 1;
        else fail(text);
      } catch (fault) {
        fail(String(fault));
      }
      // One of sixteen tells as much as all of them, and a million numbers are memory.
      if (number === 0) durations.push(performance.now() - startedAt);
    }
  };
  const clients = Array.from({ length: CONNECTIONS }, (_, number) => client(number));
  return {
    answered: () => answered,
    failed: () => failed,
    firstFailures,
    times: () => durations,
    async stop() {
      isOver = true;
      await Promise.all(clients);
      await pool.close();
    },
  };
}

interface Memory {
  /** What was in use at the least, and so was not garbage. */
  readonly heapMb: number;
  readonly residentMb: number;
  readonly loopBlockedMs: number;
  readonly planners: number;
}

/** Looks at the gateway's memory twice a second: the least of a while is what it holds, garbage put aside. */
function watchMemory({ child, metrics }: GatewayProcess) {
  let samples: { readonly heap: number; readonly resident: number; readonly lag: number }[] = [];
  const timer = setInterval(async () => {
    const numbers = await metrics().catch(() => null);
    if (!numbers) return;
    samples.push({
      heap: numbers.of('nodejs_heap_size_used_bytes') / 1024 / 1024,
      resident: numbers.of('process_resident_memory_bytes') / 1024 / 1024,
      lag: numbers.of('nodejs_eventloop_lag_max_seconds') * 1_000,
    });
  }, SAMPLE_MS);
  const planners = () => readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ').length;
  return {
    async sinceLast(): Promise<Memory> {
      while (samples.length === 0) await pause(SAMPLE_MS / 5);
      const [heaps, residents, lags] = [
        samples.map(({ heap }) => heap),
        samples.map(({ resident }) => resident),
        samples.map(({ lag }) => lag),
      ];
      samples = [];
      return {
        heapMb: rounded(Math.min(...heaps)),
        residentMb: rounded(Math.max(...residents), 0),
        loopBlockedMs: rounded(Math.max(...lags), 0),
        planners: planners(),
      };
    },
    stop: () => clearInterval(timer),
  };
}
