// Gateways side by side: each on core 0, load and houses on core 1, rounds interleaved, every request with a token of its own.
import { execFileSync, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importJWK, SignJWT } from 'jose';
import { Pool } from 'undici';
import { openHouses, SDL } from './houses.mjs';
import { OPERATIONS } from './operations.mjs';
import { supergraphAt } from './supergraph.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const SECONDS = Number(process.env.SECONDS ?? 4);
const CONNECTIONS = Number(process.env.CONNECTIONS ?? 50);
const WANTED = (process.env.OPERATIONS ?? 'full,small,tiny').split(',');
const NAMES = (process.env.GATEWAYS ?? 'bare,handWritten,stock,hive,hiveNative,mercurius,ours').split(',');
const HOP_SECRET = 'a signing key that is yes_for_tests_only and long';
const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK']).toString());

const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const pin = (pid, core) => execFileSync('taskset', ['-a', '-p', '-c', String(core), String(pid)], { stdio: 'ignore' });

/** Processor time of a process and of all it started, in milliseconds. */
function cpuMs(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  const own = ((Number(stat[11]) + Number(stat[12])) * 1000) / TICKS_PER_SECOND;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return own + children.map(cpuMs).reduce((a, b) => a + b, 0);
}
const memoryMb = pid => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);

async function openOurs(port) {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-bench-'));
  writeFileSync(join(folder, 'supergraph.graphql'), supergraphAt(port));
  const houses = Object.fromEntries(Object.keys(SDL).map(house => [house, `http://127.0.0.1:${port}/${house}`]));
  const gatewayPort = 20_000 + Math.floor(Math.random() * 20_000);
  const environment = {
    ...process.env,
    ENVIRONMENT: 'test',
    NODE_ENV: 'production',
    PORT: String(gatewayPort),
    HOUSES: JSON.stringify(houses),
    HOP_SECRETS: HOP_SECRET,
    DATA_DIR: folder,
    WORKERS: '1',
    SUPERGRAPH_PATH: join(folder, 'supergraph.graphql'),
    DEVELOPMENT_ISSUER: 'yes_for_development_only',
    EXPLORER_PATH: join(folder, 'explorer'),
  };
  const child = fork(join(here, '../../dist/gateway/server.js'), [], {
    env: environment,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    cwd: join(here, '../..'),
  });
  for (let waitedMs = 0; waitedMs < 20_000; waitedMs += 100) {
    if (
      await fetch(`http://127.0.0.1:${gatewayPort}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    await new Promise(done => setTimeout(done, 100));
  }
  return { child, port: gatewayPort, tokens: await tokensOf(folder) };
}

async function tokensOf(folder) {
  const [key] = JSON.parse(readFileSync(join(folder, 'secrets/gateway-signing-key.json'), 'utf8')).keys;
  const signer = await importJWK(key, 'ES256');
  const now = Math.floor(Date.now() / 1000);
  return Promise.all(
    Array.from({ length: 500 }, (_, at) =>
      new SignJWT({ sub: `usr_${at}`, roles: ['OPERATOR'] })
        .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: 'JWT' })
        .setIssuer('urn:purchasing-graph:development')
        .setAudience('purchasing-graph')
        .setIssuedAt(now)
        .setNotBefore(now)
        .setExpirationTime(now + 86_400)
        .sign(signer),
    ),
  );
}

async function openOther(name, port) {
  const child = fork(join(here, 'gateways.mjs'), [name, String(port)], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const started = await new Promise((done, failed) => {
    child.once('message', done);
    child.once('exit', () => failed(new Error(`${name} does not start.`)));
  });
  return { child, port: started.port, tokens: null };
}

/** So many connections ask as fast as they are answered. */
async function load(gateway, operation, { connections, ms }) {
  const pool = new Pool(`http://127.0.0.1:${gateway.port}`, { connections });
  const body = JSON.stringify({ query: operation, operationName: /query (\w+)/.exec(operation)[1] });
  const tokens = gateway.tokens ?? TOKENS;
  const latencies = [];
  const startedAt = performance.now();
  let failures = 0;
  const worker = async first => {
    for (let at = first; performance.now() - startedAt < ms; at += connections) {
      const sentAt = performance.now();
      const reply = await pool.request({
        method: 'POST',
        path: '/graphql',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens[at % tokens.length]}` },
        body,
      });
      const text = await reply.body.text();
      if (reply.statusCode !== 200 || text.includes('"errors"')) {
        failures += 1;
        if (failures === 1) console.error(text.slice(0, 300));
      }
      gateway.bytes = text.length;
      latencies.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, at) => worker(at)));
  await pool.close();
  latencies.sort((a, b) => a - b);
  return {
    count: latencies.length,
    failures,
    p50: latencies[Math.floor(latencies.length * 0.5)],
    p99: latencies[Math.floor(latencies.length * 0.99)],
    ms: performance.now() - startedAt,
  };
}

async function measure(gateway, operation, houses) {
  const { pid } = gateway.child;
  await load(gateway, operation, { connections: CONNECTIONS, ms: Math.min(1_500, SECONDS * 500) });
  const [cpuBefore, seenBefore] = [cpuMs(pid), houses.seen.count];
  const { count, failures, p50, p99, ms } = await load(gateway, operation, { connections: CONNECTIONS, ms: SECONDS * 1_000 });
  return {
    cpu: (cpuMs(pid) - cpuBefore) / count,
    rate: (count * 1_000) / ms,
    p50,
    p99,
    memory: memoryMb(pid),
    subrequests: Math.round((houses.seen.count - seenBefore) / count),
    failures,
    bytes: gateway.bytes,
  };
}

const TOKENS = Array.from({ length: 500 }, (_, at) => `token-of-user-${at}`);
pin(process.pid, 1);
const houses = await openHouses();
const opened = new Map();
for (const name of NAMES) {
  try {
    const gateway = name === 'ours' ? await openOurs(houses.port) : await openOther(name, houses.port);
    pin(gateway.child.pid, 0);
    opened.set(name, gateway);
  } catch (fault) {
    console.error(`${name}: ${fault.message}`);
  }
}

const results = {};
for (const [operation, text] of Object.entries(OPERATIONS).filter(([name]) => WANTED.includes(name))) {
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, gateway] of opened) {
      if (name === 'handWritten' && operation !== 'full') continue;
      results[operation] ??= {};
      results[operation][name] ??= [];
      results[operation][name].push(await measure(gateway, text, houses));
    }
  }
}

const figures = {};
for (const [operation, byName] of Object.entries(results)) {
  console.log(
    `\n${operation}\n${'gateway'.padEnd(14)}${['requests/s', 'CPU ms', 'p50 ms', 'p99 ms', 'MB', 'subrequests', 'bytes', 'failed'].map(title => title.padStart(13)).join('')}`,
  );
  for (const [name, rounds] of Object.entries(byName)) {
    const of = key => median(rounds.map(round => round[key]));
    const row = {
      cpu: of('cpu'),
      rate: of('rate'),
      p50: of('p50'),
      p99: of('p99'),
      memory: of('memory'),
      subrequests: of('subrequests'),
      bytes: of('bytes'),
      failures: of('failures'),
    };
    figures[operation] ??= {};
    figures[operation][name] = row;
    console.log(
      name.padEnd(14) +
        [
          row.rate.toFixed(0),
          row.cpu.toFixed(3),
          row.p50.toFixed(1),
          row.p99.toFixed(1),
          row.memory,
          row.subrequests,
          row.bytes,
          row.failures,
        ]
          .map(cell => String(cell).padStart(13))
          .join(''),
    );
  }
}
const over = (operation, name) => Number((figures[operation]?.[name]?.cpu / figures[operation]?.ours?.cpu).toFixed(2));
const ratios = {
  stock: over('full', 'stock'),
  stockSmall: over('small', 'stock'),
  stockTiny: over('tiny', 'stock'),
  hiveNative: over('full', 'hiveNative'),
  handWritten: over('full', 'handWritten'),
};
console.log(`\n${JSON.stringify({ ratios, figures })}`);
for (const { child } of opened.values()) child.kill('SIGKILL');
houses.server.closeAllConnections();
houses.server.close();
process.exit(0);
