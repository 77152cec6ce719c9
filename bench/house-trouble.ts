/**
 * One house slow, hanging, resetting or refusing: what those feel who ask nothing of it, beside rounds in which it is well,
 * in turn and in one run. Some clients ask only `customers`, as many ask both houses; counted is also how long those wait,
 * and whether the healthy house's fields are in every answer.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { claimsFor, DEVELOPMENT_ISSUER } from '../gateway/identity';
import { openSigningKey } from '../gateway/signing-key';
import { CUSTOMERS, ORDERS, supergraphOf } from '../test/gateway/platform';
import type { Progress, Report } from './run';
import { ms, percentile, rounded } from './support/figures';
import { startGateway } from './support/gateway-process';
import { openPlainHouse, type PlainHouse } from './support/plain-house';

const TROUBLES = ['slow', 'hangs', 'resets', 'refuses'] as const;
type Trouble = (typeof TROUBLES)[number];
const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
const ROUND_MS = Number(process.env['SECONDS'] ?? 3) * 1_000;
const SETTLE_MS = 500;
const CLIENTS = 10;
/** So often that the gateway has work, and not so often that the machine has nothing else to do. */
const PAUSE_MS = 10;
const DEADLINE_MS = 1_000;

const ACCOUNTS = [1, 2, 3].map(n => ({ __typename: 'BillingAccount', id: `acc_${n}`, name: `Account ${n}` }));
const UNRELATED = '{ billingAccounts { id name } }';
const MIXED = '{ billingAccounts { id name orders { id state } } }';

export async function measure(progress: Progress): Promise<Report> {
  const scene = await openScene();
  try {
    await round(scene, 'up', 2_000);
    const up: Felt[] = [];
    const troubled = new Map<Trouble, Felt[]>(TROUBLES.map(trouble => [trouble, []]));
    for (let at = 1; at <= ROUNDS; at += 1) {
      for (const trouble of TROUBLES) {
        progress(`round ${at}: orders is well, then ${trouble}`);
        up.push(await round(scene, 'up', ROUND_MS));
        troubled.get(trouble)?.push(await round(scene, trouble, ROUND_MS));
      }
    }
    return reportOf(up, troubled);
  } finally {
    await scene.close();
  }
}

/** What clients felt of a round. */
interface Felt {
  readonly unrelated: readonly number[];
  readonly mixed: readonly number[];
  /** Answers without what the healthy house knows: there must be none. */
  readonly lost: number;
}

type Scene = Awaited<ReturnType<typeof openScene>>;

async function round({ orders, ask }: Scene, mood: PlainHouse['mood'], length: number): Promise<Felt> {
  orders.mood = mood;
  await pause(SETTLE_MS);
  const [unrelated, mixed]: [number[], number[]] = [[], []];
  let [lost, isOver] = [0, false];
  const client = async (viewer: number, query: string, times: number[]) => {
    while (!isOver) {
      const { text, ms: took } = await ask(query, viewer);
      times.push(took);
      if (!ACCOUNTS.every(({ name }) => text.includes(name))) lost += 1;
      await pause(PAUSE_MS);
    }
  };
  const clients = Array.from({ length: CLIENTS }, (_, at) => [
    client(2 * at, UNRELATED, unrelated),
    client(2 * at + 1, MIXED, mixed),
  ]).flat();
  await pause(length);
  isOver = true;
  await Promise.all(clients);
  orders.mood = 'up';
  return { unrelated, mixed, lost };
}

async function openScene() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const supergraph = join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, supergraphOf({ customers: CUSTOMERS, orders: ORDERS }));
  const customers = await openPlainHouse('customers', () => JSON.stringify({ data: { billingAccounts: ACCOUNTS } }));
  const entities = ACCOUNTS.map(({ id }) => ({ orders: [{ id: `ord_of_${id}`, state: 'FULFILLED' }] }));
  const orders = await openPlainHouse('orders', () => JSON.stringify({ data: { _entities: entities } }));
  const key = await openSigningKey(join(folder, 'secrets/gateway-signing-key.json'), { mayCreate: true });
  const claims = (viewer: number) => claimsFor(DEVELOPMENT_ISSUER, { sub: `usr_${viewer}`, roles: ['BUYER'] });
  // Each client is somebody else, so that no two share a read.
  const tokens = await Promise.all(
    Array.from({ length: 2 * CLIENTS }, (_, viewer) => key.sign(claims(viewer), { issuedAt: new Date(), seconds: 3_600 })),
  );
  const variables = { SUPERGRAPH_PATH: supergraph, HOUSE_DEADLINE_MS: String(DEADLINE_MS) };
  const { child, url } = await startGateway(folder, variables, [customers, orders]);
  const agent = new Agent({ connections: 2 * CLIENTS, pipelining: 1 });
  return {
    orders,
    async ask(query: string, viewer: number) {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${tokens[viewer]}` };
      const startedAt = performance.now();
      const answer = await request(`${url}/graphql`, { method: 'POST', dispatcher: agent, headers, body: JSON.stringify({ query }) });
      const text = await answer.body.text();
      return { text, ms: performance.now() - startedAt };
    },
    async close() {
      child.kill('SIGTERM');
      await agent.destroy();
      await Promise.all([customers.close(), orders.close()]);
      rmSync(folder, { recursive: true });
    },
  };
}

const all = (felt: readonly Felt[], of: (one: Felt) => readonly number[]) => felt.flatMap(of);

function reportOf(up: readonly Felt[], troubled: ReadonlyMap<Trouble, readonly Felt[]>): Report {
  const of = (felt: readonly Felt[]) => {
    const [unrelated, mixed] = [all(felt, one => one.unrelated), all(felt, one => one.mixed)];
    return {
      requests: unrelated.length,
      p50: rounded(percentile(unrelated, 50)),
      p95: rounded(percentile(unrelated, 95)),
      p99: rounded(percentile(unrelated, 99)),
      mixedP99: rounded(percentile(mixed, 99)),
      lost: felt.reduce((sum, { lost }) => sum + lost, 0),
    };
  };
  const well = of(up);
  const figures = [...troubled].map(([trouble, felt]) => {
    const found = of(felt);
    return { trouble, ...found, ratioP50: rounded(found.p50 / well.p50, 2), ratioP99: rounded(found.p99 / well.p99, 2) };
  });
  return {
    rows: [
      ['orders is well: who asks only customers, p50, p95, p99', `${ms(well.p50)}, ${ms(well.p95)}, ${ms(well.p99)}`],
      ...figures.map(
        ({ trouble, p50, p95, p99, ratioP50, ratioP99, mixedP99, lost }) =>
          [
            `orders ${trouble}: the same, beside rounds without trouble, and p99 of who asks both`,
            `${ms(p50)}, ${ms(p95)}, ${ms(p99)}; × ${ratioP50} and × ${ratioP99}; ${ms(mixedP99)}; ${lost} answers lost`,
          ] as const,
      ),
    ],
    figures: { deadlineMs: DEADLINE_MS, well, troubled: figures },
  };
}
