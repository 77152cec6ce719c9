// What is measured of a gateway: processor time for each request of its process and of all that it started, and latency.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { Pool } from 'undici';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK']).toString());

export const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Processor time of a process and of all it started, in milliseconds: a planner in a process of its own counts. */
function cpuMs(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  const own = ((Number(stat[11]) + Number(stat[12])) * 1000) / TICKS_PER_SECOND;
  const children = readdirSync(`/proc/${pid}/task`).flatMap(task =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean),
  );
  return own + children.map(cpuMs).reduce((a, b) => a + b, 0);
}
const memoryMb = pid => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);

/**
 * So many connections ask as fast as they are answered, each request with an authorization of its own. `variables` makes
 * those of the n-th request. Ends after a time, but not before so many requests.
 */
async function load(gateway, { query, variables }, { connections, ms, least = 0 }) {
  const pool = new Pool(`http://127.0.0.1:${gateway.port}`, { connections });
  const operationName = /query (\w+)/.exec(query)[1];
  const fixed = variables ? null : JSON.stringify({ query, operationName });
  const latencies = [];
  const startedAt = performance.now();
  let [failures, sent] = [0, 0];
  const worker = async () => {
    while (performance.now() - startedAt < ms || (latencies.length < least && performance.now() - startedAt < ms * 4)) {
      const at = sent++;
      gateway.asked = (gateway.asked ?? 0) + 1;
      const sentAt = performance.now();
      const reply = await pool.request({
        method: 'POST',
        path: '/graphql',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${gateway.tokens[at % gateway.tokens.length]}` },
        body: fixed ?? JSON.stringify({ query, operationName, variables: variables(gateway.asked) }),
      });
      const text = await reply.body.text();
      latencies.push(performance.now() - sentAt);
      gateway.bytes = text.length;
      if (reply.statusCode === 200 && !text.includes('"errors"')) continue;
      failures += 1;
      if (!gateway.complained) console.error(text.slice(0, 300));
      gateway.complained = true;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const took = performance.now() - startedAt;
  await pool.close();
  latencies.sort((a, b) => a - b);
  const at = share => latencies[Math.floor(latencies.length * share)];
  return { count: latencies.length, failures, p50: at(0.5), p99: at(0.99), ms: took };
}

/** Lets a gateway become warm: its code is compiled and its caches are filled before anything is counted. */
export const warm = (gateway, operation, ms) => load(gateway, operation, { connections: 50, ms, least: 1_500 });

/** One round of one gateway. */
export async function measure(gateway, operation, houses, { connections = 50, ms }) {
  const { pid } = gateway.child;
  await load(gateway, operation, { connections, ms: Math.min(500, ms / 4) });
  const [cpuBefore, seenBefore] = [cpuMs(pid), houses.seen.count];
  const { count, failures, p50, p99, ms: took } = await load(gateway, operation, { connections, ms });
  return {
    cpu: (cpuMs(pid) - cpuBefore) / count,
    rate: (count * 1_000) / took,
    p50,
    p99,
    memory: memoryMb(pid),
    subrequests: Math.round((houses.seen.count - seenBefore) / count),
    bytes: gateway.bytes,
    failures,
  };
}

const DIGITS = { cpu: 3, rate: 0, p50: 1, p99: 1 };
const TITLES = ['requests/s', 'CPU ms', 'p50 ms', 'p99 ms', 'MB', 'subrequests', 'bytes', 'failed'];
const KEYS = ['rate', 'cpu', 'p50', 'p99', 'memory', 'subrequests', 'bytes', 'failures'];

/** Interleaved rounds of all gateways; prints and answers the medians by name. */
export async function compare(title, gateways, operation, houses, { rounds, ms }) {
  const found = new Map([...gateways].map(([name]) => [name, []]));
  for (const gateway of gateways.values()) await warm(gateway, operation, ms);
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, gateway] of gateways) found.get(name).push(await measure(gateway, operation, houses, { ms }));
  }
  console.log(`\n${title}\n${'gateway'.padEnd(14)}${TITLES.map(text => text.padStart(13)).join('')}`);
  const figures = {};
  for (const [name, all] of found) {
    const row = Object.fromEntries(KEYS.map(key => [key, Number(median(all.map(one => one[key])).toFixed(DIGITS[key] ?? 0))]));
    figures[name] = row;
    console.log(name.padEnd(14) + KEYS.map(key => row[key].toFixed(DIGITS[key] ?? 0).padStart(13)).join(''));
  }
  return figures;
}

/** Their processor time for a request over ours: above 1 ours is better. */
export const ratio = (figures, name) => Number((figures?.[name]?.cpu / figures?.ours?.cpu).toFixed(2));
