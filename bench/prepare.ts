/**
 * What a document costs that is seen for the first time, while fifty other clients go on with one that is known: 1,000
 * distinct operations on the product's graph, documents as large as the limits allow, and operations that no planner finds
 * a plan for. Prints what each of them waits, what the others feel of it, and how long the event loop stood still.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buildSchema, parse, validate } from 'graphql';
import { Agent, request } from 'undici';
import { claimsFor, DEVELOPMENT_ISSUER } from '../gateway/identity';
import { openSigningKey } from '../gateway/signing-key';
import { compose } from '../scripts/generate';
import { generateOperation } from '../test/gateway/execution/operation-generator';
import { BOMB, bombedHouses } from '../test/gateway/execution/planner-bomb';
import { withLink } from '../test/gateway/execution/small-houses';
import type { Progress, Report } from './run';
import { ms, percentile, rounded } from './support/figures';
import { startGateway } from './support/gateway-process';
import { openPlainHouse } from './support/plain-house';

const OPERATIONS = 1_000;
const SPARE = 200;
const LARGE = 50;
const BOMBS = 3;
const OTHERS = 50;
const QUIET_MS = 5_000;
const SAMPLE_MS = 250;
/** The others ask so often that the gateway has work, and not so often that the machine has nothing else to do. */
const OTHERS_PAUSE_MS = 100;

const SCHEMAS = join(__dirname, '../schema');
const KNOWN = '{ me { id name } }';

export async function measure(progress: Progress): Promise<Report> {
  const scene = await openScene();
  try {
    for (const query of warmUp(20)) await scene.ask(query);
    progress(`${OTHERS} clients ask what is known, and nobody else`);
    const others = openOthers(scene.ask);
    const quiet = await phase(scene, others, () => pause(QUIET_MS));
    progress(`${OPERATIONS} operations are seen for the first time`);
    const distinct = await phase(scene, others, () => firstAndSecond(scene.ask, operations(OPERATIONS + SPARE), OPERATIONS));
    progress(`${LARGE} documents as large as the limits allow`);
    const large = await phase(scene, others, () => firstAndSecond(scene.ask, largest(LARGE)));
    progress(`${BOMBS} operations without a plan, and 100 new ones beside them`);
    const bombed = await phase(scene, others, () => bombs(scene.ask));
    await others.stop();
    return reportOf({ quiet, distinct, large, bombed });
  } finally {
    await scene.close();
  }
}

type Ask = (query: string) => Promise<{ readonly status: number; readonly text: string; readonly ms: number }>;
type Scene = Awaited<ReturnType<typeof openScene>>;

async function openScene() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const generated = ['api.graphql', 'partner.graphql', 'supergraph.graphql'];
  const product = readdirSync(SCHEMAS).filter(file => file.endsWith('.graphql') && !generated.includes(file));
  const bombed = Object.entries(bombedHouses()).map(([name, sdl]) => [name, withLink(sdl)] as const);
  const sdlByHouse = Object.fromEntries([
    ...product.map(file => [basename(file, '.graphql'), readFileSync(join(SCHEMAS, file), 'utf8')] as const),
    ...bombed,
  ]);
  writeFileSync(
    join(folder, 'supergraph.graphql'),
    compose(Object.entries(sdlByHouse).map(([house, sdl]) => ({ house, sdl }))).supergraphSdl,
  );
  const houses = await Promise.all(Object.keys(sdlByHouse).map(name => openPlainHouse(name, answerTo)));
  const key = await openSigningKey(join(folder, 'secrets/gateway-signing-key.json'), { mayCreate: true });
  const claims = claimsFor(DEVELOPMENT_ISSUER, { sub: 'usr_bench', roles: ['SUPPORT'] });
  const token = await key.sign(claims, { issuedAt: new Date(), seconds: 86_400 });
  const gateway = await startGateway(folder, { SUPERGRAPH_PATH: join(folder, 'supergraph.graphql') }, houses);
  const agent = new Agent({ connections: OTHERS + 10, pipelining: 1, headersTimeout: 30_000 });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const ask: Ask = async query => {
    const startedAt = performance.now();
    const body = JSON.stringify({ query });
    const answer = await request(`${gateway.url}/graphql`, { method: 'POST', dispatcher: agent, headers, body });
    const text = await answer.body.text();
    return { status: answer.statusCode, text, ms: performance.now() - startedAt };
  };
  return {
    gateway,
    ask,
    async close() {
      gateway.child.kill('SIGTERM');
      await agent.destroy();
      await Promise.all(houses.map(house => house.close()));
      rmSync(folder, { recursive: true });
    },
  };
}

/** Every house knows the viewer, and of everything else that there is none. */
const answerTo = (body: string): string =>
  body.includes('{me{')
    ? '{"data":{"me":{"__typename":"User","id":"usr_1","name":"Bo"}}}'
    : '{"data":null,"errors":[{"message":"There is none.","extensions":{"code":"NOT_FOUND"}}]}';

/** Clients that go on whatever happens. */
function openOthers(ask: Ask) {
  let times: number[] = [];
  let [failed, isOver] = [0, false];
  const client = async () => {
    while (!isOver) {
      const { text, ms: took } = await ask(KNOWN);
      times.push(took);
      if (!text.startsWith('{"data":{"me":{"id":"usr_1","name":"Bo"}}')) failed += 1;
      await pause(OTHERS_PAUSE_MS);
    }
  };
  const clients = Array.from({ length: OTHERS }, client);
  return {
    failed: () => failed,
    sinceLast() {
      const since = times;
      times = [];
      return since;
    },
    async stop() {
      isOver = true;
      await Promise.all(clients);
    },
  };
}

/** Runs a part of the measurement, and tells what the others felt of it. */
async function phase<T>({ gateway }: Scene, others: ReturnType<typeof openOthers>, work: () => Promise<T>) {
  const lags: number[] = [];
  const look = async () => {
    const numbers = await gateway.metrics();
    lags.push(numbers.of('nodejs_eventloop_lag_max_seconds') * 1_000);
  };
  await look();
  lags.length = 0;
  others.sinceLast();
  const timer = setInterval(() => void look().catch(() => {}), SAMPLE_MS);
  const found = await work();
  clearInterval(timer);
  await look();
  const felt = others.sinceLast();
  return {
    found,
    others: { requests: felt.length, p50: rounded(percentile(felt, 50)), p99: rounded(percentile(felt, 99)), failed: others.failed() },
    loopBlockedMs: rounded(Math.max(...lags)),
  };
}

/** Asks each twice: what the first time costs beyond the second is what preparing it took. */
async function firstAndSecond(ask: Ask, queries: readonly string[], countMax = queries.length) {
  const first: number[] = [];
  const second: number[] = [];
  let refused = 0;
  for (const query of queries) {
    if (first.length === countMax) break;
    const answer = await ask(query);
    // What costs too much is turned away before it is prepared.
    if (answer.status !== 200) {
      refused += 1;
      continue;
    }
    first.push(answer.ms);
    second.push((await ask(query)).ms);
  }
  const prepared = first.map((took, at) => Math.max(0, took - (second[at] ?? 0)));
  return { operations: first.length, refused, first: figuresOf(first), second: figuresOf(second), prepare: figuresOf(prepared) };
}

async function bombs(ask: Ask) {
  const explosions = Promise.all(Array.from({ length: BOMBS }, (_, at) => ask(BOMB.replace('a {', `a${at}: a {`))));
  await pause(20);
  const beside = await firstAndSecond(ask, operations(100, 50_000));
  const answers = await explosions;
  return { cutOff: answers.map(({ status, ms: took }) => ({ status, ms: rounded(took, 0) })), beside };
}

const figuresOf = (times: readonly number[]) => ({
  p50: rounded(percentile(times, 50)),
  p99: rounded(percentile(times, 99)),
  max: rounded(Math.max(...times)),
});

const schema = buildSchema(readFileSync(join(SCHEMAS, 'api.graphql'), 'utf8'));

/** Distinct operations of every shape, the same ones on every run. */
function operations(count: number, from = 1): readonly string[] {
  const found: string[] = [];
  for (let seed = from; found.length < count; seed += 1) {
    const { query, variables } = generateOperation({ schema, seed, avoided: [] });
    const isReadable = query.startsWith('query') && Object.keys(variables).length === 0;
    if (isReadable && validate(schema, parse(query)).length === 0) found.push(query.replace('Generated', `Generated${seed}`));
  }
  return found;
}

const warmUp = (count: number) => operations(count, 90_000);

/** As many accounts, fields, lists and levels as one operation may have. */
const largest = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => {
    const account = (n: number) =>
      `r${n}_${at}: billingAccount(id: "acc_${n}") { id name number currency channel createdAt isAutoPay billTo { name email address { city } } soldTo { name } contacts { name email }
        subscriptions(first: 1) { nodes { id name status seats plan { sku name } term { startsOn endsOn } } } invoices(first: 1) { nodes { id number total { amount } } } organization { id name } }`;
    return `query Large${at} { ${Array.from({ length: 20 }, (_unused, n) => account(n)).join(' ')} }`;
  });

interface Phase<T> {
  readonly found: T;
  readonly others: { readonly requests: number; readonly p50: number; readonly p99: number; readonly failed: number };
  readonly loopBlockedMs: number;
}
type Asked = Awaited<ReturnType<typeof firstAndSecond>>;

interface Parts {
  readonly quiet: Phase<void>;
  readonly distinct: Phase<Asked>;
  readonly large: Phase<Asked>;
  readonly bombed: Phase<Awaited<ReturnType<typeof bombs>>>;
}

function reportOf({ quiet, distinct, large, bombed }: Parts): Report {
  const both = ({ p50, p99, max }: ReturnType<typeof figuresOf>) => `${ms(p50)}, ${ms(p99)}, ${ms(max)}`;
  const felt = (title: string, { others, loopBlockedMs }: Phase<unknown>) =>
    [
      `${title}: the others' p50, p99, failed, and the event loop's longest stand`,
      `${ms(others.p50)}, ${ms(others.p99)}, ${others.failed}, ${ms(loopBlockedMs)}`,
    ] as const;
  return {
    rows: [
      felt('nothing new', quiet),
      [`${distinct.found.operations} distinct operations, prepared in p50, p99, max`, both(distinct.found.prepare)],
      ['the same, whole requests, the first time', both(distinct.found.first)],
      ['the same, whole requests, the second time', both(distinct.found.second)],
      felt('new operations', distinct),
      [`${large.found.operations} documents at the limits, prepared in p50, p99, max`, both(large.found.prepare)],
      felt('large documents', large),
      [
        'operations without a plan, turned away with and after',
        bombed.found.cutOff.map(({ status, ms: took }) => `${status} ${took} ms`).join(', '),
      ],
      ['new operations beside them, prepared in p50, p99, max', both(bombed.found.beside.prepare)],
      felt('operations without a plan', bombed),
    ],
    figures: { quiet, distinct, large, bombed },
  };
}
