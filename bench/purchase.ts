/** How long a purchase takes from click to fulfilled, how many fit into a second, and what one costs. */
import type { Progress, Report } from './run';
import { buy, type Fulfilled, followFulfilled, sentAgain } from './support/buying';
import { median, ms, percentile, rounded } from './support/figures';
import { openRealPlatform, type RealPlatform } from './support/real-platform';

/** Enough that purchases of one account seldom wait for each other, as in a shop. */
const CUSTOMERS = 250;
const ONE_BY_ONE = 50;
const TOGETHER = 500;
const WARM_UP = 30;

export async function measure(progress: Progress): Promise<Report> {
  progress(`starting the product, with ${CUSTOMERS} customers`);
  const shop = await openRealPlatform(CUSTOMERS);
  const fulfilled = followFulfilled(shop);
  try {
    progress(`warming up with ${WARM_UP} purchases`);
    for (let number = 0; number < WARM_UP; number++) await buyAndWait(shop, fulfilled, `warm-up-${number}`, number);
    progress(`${ONE_BY_ONE} purchases, one after the other`);
    const before = await shop.statements();
    const latencies: number[] = [];
    for (let number = 0; number < ONE_BY_ONE; number++) latencies.push(await buyAndWait(shop, fulfilled, `single-${number}`, number));
    const statements = (await shop.statements()) - before;
    progress(`${TOGETHER} purchases at once`);
    const together = await allTogether(shop, fulfilled);
    const memory = shop.memory();
    return reportOf({ latencies, statementsPerPurchase: statements / ONE_BY_ONE, together, memory });
  } finally {
    fulfilled.stop();
    await shop.close();
  }
}

async function buyAndWait(shop: RealPlatform, fulfilled: Fulfilled, key: string, number: number): Promise<number> {
  const startedAt = performance.now();
  await fulfilled.until(await buy(shop, key, number));
  return performance.now() - startedAt;
}

interface Together {
  readonly placedPerSecond: number;
  readonly fulfilledPerSecond: number;
  readonly placeP99: number;
  readonly sentAgain: number;
  /** Processor time of each process for one purchase. */
  readonly cpuMs: Readonly<Record<string, number>>;
  readonly statements: number;
}

async function allTogether(shop: RealPlatform, fulfilled: Fulfilled): Promise<Together> {
  const before = { cpuMs: shop.cpuMs(), statements: await shop.statements() };
  const startedAt = performance.now();
  const placed: number[] = [];
  const orders = await Promise.all(
    Array.from({ length: TOGETHER }, async (_, number) => {
      const order = await buy(shop, `together-${number}`, number);
      placed.push(performance.now() - startedAt);
      return order;
    }),
  );
  const placedMs = performance.now() - startedAt;
  await Promise.all(orders.map(fulfilled.until));
  const fulfilledMs = performance.now() - startedAt;
  return {
    placedPerSecond: (TOGETHER / placedMs) * 1000,
    fulfilledPerSecond: (TOGETHER / fulfilledMs) * 1000,
    placeP99: percentile(placed, 99),
    sentAgain: sentAgain(),
    cpuMs: Object.fromEntries(Object.entries(shop.cpuMs()).map(([name, ms]) => [name, rounded((ms - before.cpuMs[name]!) / TOGETHER)])),
    statements: ((await shop.statements()) - before.statements) / TOGETHER,
  };
}

interface Found {
  readonly latencies: readonly number[];
  readonly statementsPerPurchase: number;
  readonly together: Together;
  readonly memory: Readonly<Record<string, number>>;
}

function reportOf({ latencies, statementsPerPurchase, together, memory }: Found): Report {
  return {
    rows: [
      ['placeOrder → FULFILLED, median of 50', ms(median(latencies))],
      ['placeOrder → FULFILLED, p99', ms(percentile(latencies, 99))],
      ['500 at once: placed', `${together.placedPerSecond.toFixed(0)} a second, p99 ${ms(together.placeP99)}`],
      ['500 at once: sent again with the same key', `${together.sentAgain}`],
      ['500 at once: fulfilled', `${together.fulfilledPerSecond.toFixed(0)} a second`],
      ['SQL statements a purchase, all houses', `${statementsPerPurchase.toFixed(0)} alone, ${together.statements.toFixed(0)} at once`],
      ['500 at once: processor time of one', `${total(together.cpuMs)} ms in all: ${listed(together.cpuMs)}`],
      ['memory', `${total(memory)} MB in all: ${listed(memory)}`],
    ],
    figures: {
      fulfilledMs: { median: rounded(median(latencies)), p99: rounded(percentile(latencies, 99)) },
      placedPerSecond: rounded(together.placedPerSecond),
      fulfilledPerSecond: rounded(together.fulfilledPerSecond),
      sentAgain: together.sentAgain,
      statementsPerPurchase: rounded(statementsPerPurchase),
      statementsPerPurchaseTogether: rounded(together.statements),
      cpuMsPerPurchase: together.cpuMs,
      memoryMb: memory,
    },
  };
}

const total = (parts: Readonly<Record<string, number>>): number => rounded(Object.values(parts).reduce((sum, part) => sum + part, 0));
const listed = (parts: Readonly<Record<string, number>>): string =>
  Object.entries(parts)
    .map(([name, part]) => `${name} ${part}`)
    .join(', ');
