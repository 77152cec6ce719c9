// Gateways side by side: each on core 0, load and houses on core 1, rounds interleaved, every request with a token of its own.
import { openGateways, pin } from './gateway-processes.mjs';
import { openHouses, SDL } from './houses.mjs';
import { compare, measure, median, ratio, warm } from './measure.mjs';
import { OPERATIONS } from './operations.mjs';
import { supergraphAt } from './supergraph.mjs';

const isQuick = process.argv.includes('--quick');
const ROUNDS = Number(process.env.ROUNDS ?? (isQuick ? 1 : 3));
const MS = Number(process.env.SECONDS ?? (isQuick ? 1 : 3)) * 1_000;
const WANTED = (process.env.OPERATIONS ?? 'full,small,tiny').split(',');
const NAMES = (process.env.GATEWAYS ?? 'bare,handWritten,stock,hive,hiveNative,mercurius,ours').split(',');
const DELAY_MS = 4;
/** Houses that are asked one after the other: what no gateway can be faster than. */
const WAVES = 4;

pin(process.pid, 1);
const houses = await openHouses();
const gateways = await openGateways(NAMES, { supergraphSdl: supergraphAt(houses.port), houses: Object.keys(SDL), port: houses.port });
const only = names => new Map([...gateways].filter(([name]) => names(name)));

const figures = {};
for (const [name, query] of Object.entries(OPERATIONS).filter(([own]) => WANTED.includes(own))) {
  // What was written by hand was written for one query.
  const able = only(gateway => name === 'full' || gateway !== 'handWritten');
  figures[name] = await compare(name, able, { query }, houses, { rounds: ROUNDS, ms: MS });
}

/** One client, and houses that take their time: how much a gateway adds to the waves of its plan. */
async function latencies() {
  const slow = {};
  for (const [name, gateway] of only(own => ['handWritten', 'stock', 'hiveNative', 'ours'].includes(own))) {
    houses.delayMs = 0;
    await warm(gateway, { query: OPERATIONS.full }, MS / 2);
    houses.delayMs = DELAY_MS;
    houses.delays.length = 0;
    const { p50, p99 } = await measure(gateway, { query: OPERATIONS.full }, houses, { connections: 1, ms: MS });
    const wavesMs = WAVES * median(houses.delays);
    slow[name] = { p50: Number(p50.toFixed(1)), p99: Number(p99.toFixed(1)), wavesMs: Number(wavesMs.toFixed(1)) };
    console.log(
      name.padEnd(14) +
        Object.values(slow[name])
          .map(value => value.toFixed(1).padStart(13))
          .join(''),
    );
  }
  houses.delayMs = 0;
  return slow;
}
if (WANTED.includes('full')) {
  console.log(
    `\none client, ${DELAY_MS} ms in each house\n${'gateway'.padEnd(14)}${['p50 ms', 'p99 ms', '4 waves ms'].map(text => text.padStart(13)).join('')}`,
  );
  figures.slowHouses = await latencies();
}

const ratios = {
  stock: ratio(figures.full, 'stock'),
  stockSmall: ratio(figures.small, 'stock'),
  stockTiny: ratio(figures.tiny, 'stock'),
  hiveNative: ratio(figures.full, 'hiveNative'),
  handWritten: ratio(figures.full, 'handWritten'),
};
console.log(`\n${JSON.stringify({ ratios, figures })}`);
for (const { child } of gateways.values()) child.kill('SIGKILL');
process.exit(0);
