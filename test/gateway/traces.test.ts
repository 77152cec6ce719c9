/** One trace of a request: the gateway, a house as it ships, and its statements, as a collector receives them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trace } from '@opentelemetry/api';
import { type Gateway, openGateway } from '../../gateway/server';
import { silentLog } from '../../kernel/log';
import { type Served, serve } from '../../kernel/serve';
import { areSpansRecorded, statementName } from '../../kernel/telemetry';
import { exportSpans, type SpanExport } from '../../kernel/telemetry-export';
import { openScene } from '../subgraphs/customers/scene';
import { HOP_SECRET } from '../support/house';

/** A span as OTLP writes it. */
interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly { readonly key: string; readonly value: unknown }[];
}

const [SERVER, CLIENT] = [2, 3];
const TRACE = 'ab'.repeat(16);
const CALLER = 'cd'.repeat(8);

let scene: Awaited<ReturnType<typeof openScene>>;
let collector: Served;
let gateway: Gateway;
const folder = mkdtempSync(join(tmpdir(), 'traces-'));
const bodies: string[] = [];

beforeAll(async () => {
  scene = await openScene();
  collector = await serve({
    port: 0,
    bodyMax: 10_000_000,
    handle: async ({ path, body }) => {
      if (path === '/v1/traces') bodies.push(body);
      return { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' };
    },
    onFault: () => {},
  });
  const nowhere = ['orders', 'subscriptions', 'billing', 'licenses', 'partners', 'reports', 'platform'].map(
    house => [house, 'http://127.0.0.1:9'] as const,
  );
  const environment = {
    ENVIRONMENT: 'test',
    PORT: '0',
    HOUSES: JSON.stringify({ ...Object.fromEntries(nowhere), customers: scene.house.url }),
    HOP_SECRETS: HOP_SECRET,
    DATA_DIR: folder,
    DEVELOPMENT_ISSUER: 'yes_for_development_only',
  };
  gateway = await openGateway({ environment, log: silentLog });
});
afterAll(async () => {
  trace.disable();
  await gateway.close();
  await Promise.all([collector.close(0), scene.house.close()]);
  rmSync(folder, { recursive: true });
});

const ask = async (headers: Readonly<Record<string, string>> = {}) => {
  const token = await gateway.mint?.({ sub: scene.bob.subject, roles: ['BUYER'] });
  const answer = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify({ query: 'query MyPurchases { me { id email memberships { role } } }' }),
  });
  expect(await answer.json()).toMatchObject({ data: { me: { id: scene.bob.subject } } });
};

const spans = (): readonly OtlpSpan[] =>
  bodies.flatMap(body =>
    JSON.parse(body).resourceSpans.flatMap(({ scopeSpans }: { scopeSpans: { spans: OtlpSpan[] }[] }) => scopeSpans.flatMap(of => of.spans)),
  );

/** Runs work while spans are sent to the collector, and answers what it received. */
async function recorded(work: () => Promise<void>, variables: NodeJS.ProcessEnv = {}): Promise<readonly OtlpSpan[]> {
  bodies.length = 0;
  // The exporter reads where to send from the environment of its process, as in production.
  const before = { ...process.env };
  Object.assign(process.env, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...variables });
  let sending: SpanExport | null = null;
  try {
    sending = await exportSpans('gateway');
    await work();
  } finally {
    await sending?.close();
    trace.disable();
    process.env = before;
  }
  return spans();
}

test('nothing is recorded unless the environment says where spans go', async () => {
  const somewhere = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  const silent = [
    {},
    { OTEL_EXPORTER_OTLP_ENDPOINT: '' },
    { ...somewhere, OTEL_TRACES_EXPORTER: 'none' },
    { ...somewhere, OTEL_SDK_DISABLED: 'true' },
  ];
  for (const environment of silent) expect(await exportSpans('gateway', environment)).toBeNull();
  expect(areSpansRecorded()).toBe(false);
});

test.each([
  ['OTEL_TRACES_EXPORTER', 'zipkin'],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
  ['OTEL_TRACES_SAMPLER', 'now and then'],
  ['OTEL_TRACES_SAMPLER_ARG', 'half'],
])('a setting of traces that cannot be used is told: %s=%s', async (name, value) => {
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER: 'traceidratio', [name]: value };
  await expect(exportSpans('gateway', environment)).rejects.toThrow(name);
});

test('a trace goes on from the caller through the gateway and the house to each statement', async () => {
  const found = await recorded(() => ask({ traceparent: `00-${TRACE}-${CALLER}-01`, tracestate: 'vendor=1' }));
  expect(new Set(found.map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));
  const gatewaySpan = found.find(({ name }) => name === 'graphql MyPurchases');
  expect(gatewaySpan).toMatchObject({ parentSpanId: CALLER, kind: SERVER });
  const call = found.find(({ name }) => name === 'ask customers');
  expect(call).toMatchObject({ parentSpanId: gatewaySpan?.spanId, kind: CLIENT });
  const house = found.find(({ name }) => name === 'customers graphql');
  expect(house).toMatchObject({ parentSpanId: call?.spanId, kind: SERVER });
  const statements = found.filter(({ kind, name }) => kind === CLIENT && name !== 'ask customers');
  expect(statements.length).toBeGreaterThan(0);
  for (const statement of statements) {
    expect(statement.parentSpanId).toBe(house?.spanId);
    expect(statement.name).toMatch(/^(customers|kernel)\.\w+$|^(select|insert|update|delete) \w+$/);
  }
  // Neither the person nor the statement's text is in what leaves.
  expect(bodies.join()).not.toMatch(new RegExp(`${scene.bob.subject}|@|select .* from|\\$1`, 'i'));
  expect(bodies.join()).toContain('"gateway"');
});

test('a request that is part of no trace begins one, and a caller that is not recorded is followed', async () => {
  const begun = await recorded(() => ask());
  expect(begun.find(({ name }) => name === 'graphql MyPurchases')?.parentSpanId).toBeUndefined();
  expect(new Set(begun.map(({ traceId }) => traceId)).size).toBe(1);
  expect(await recorded(() => ask({ traceparent: `00-${TRACE}-${CALLER}-00` }))).toEqual([]);
  expect(await recorded(() => ask(), { OTEL_TRACES_SAMPLER: 'always_off' })).toEqual([]);
});

test('a collector that is away costs no request', async () => {
  const found = await recorded(() => ask(), {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
    OTEL_BSP_EXPORT_TIMEOUT: '200',
    OTEL_EXPORTER_OTLP_TIMEOUT: '200',
  });
  expect(found).toEqual([]);
});

test('a statement is named by its comment, or by what it does to which table, and never by its values', () => {
  const names = [
    '/* customers.byEmail */ select * from users where email = $1',
    'select "id" from "users" where "users"."email" = $1',
    'insert into "accounts" ("id") values ($1)',
    'update "holds" set "reason" = \'secret\'',
    'with x as (select 1) delete from "holds"',
    'begin',
  ].map(statementName);
  expect(names).toEqual(['customers.byEmail', 'select users', 'insert accounts', 'update holds', 'delete holds', 'statement']);
});
