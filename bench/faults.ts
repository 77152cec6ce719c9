/**
 * What is lost when processes are killed: 500 purchases, while a house and then the database are killed with -9. Every
 * order must end fulfilled with exactly one version, one invoice and one activation code, and the journal must balance.
 */
import postgres from 'postgres';
import type { Progress, Report } from './run';
import { buy, followFulfilled, sentAgain } from './support/buying';
import { openRealPlatform, type RealPlatform } from './support/real-platform';

const PURCHASES = 500;
const AT_ONCE = 50;
const SAME_KEY = 10;

export async function measure(progress: Progress): Promise<Report> {
  progress('starting the product, with 50 customers');
  const shop = await openRealPlatform(50);
  const fulfilled = followFulfilled(shop);
  try {
    progress(`${PURCHASES} purchases, ${AT_ONCE} at a time`);
    const startedAt = performance.now();
    const killing = killOnTheWay(shop, progress);
    const orders = await buyAll(shop);
    await killing;
    progress('waiting until each is fulfilled');
    await Promise.all([...new Set(orders)].map(fulfilled.until));
    const seconds = (performance.now() - startedAt) / 1000;
    progress('counting');
    return reportOf(await countAll(shop, orders), orders, seconds);
  } finally {
    fulfilled.stop();
    await shop.close();
  }
}

/** Each purchase has a key of its own, but the first ten share one. */
async function buyAll(shop: RealPlatform): Promise<readonly string[]> {
  const orders: string[] = [];
  let next = 0;
  const client = async () => {
    for (let number = next++; number < PURCHASES + SAME_KEY - 1; number = next++) {
      const isShared = number < SAME_KEY;
      orders.push(await buy(shop, isShared ? 'the same key' : `purchase-${number}`, isShared ? 0 : number));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
  return orders;
}

async function killOnTheWay(shop: RealPlatform, progress: Progress): Promise<void> {
  const pause = (ms: number) => new Promise(resume => setTimeout(resume, ms));
  for (const house of ['subscriptions', 'orders', 'billing', 'licenses']) {
    await pause(1_500);
    progress(`kill -9 ${house}`);
    process.kill(shop.platform.houses.get(house)?.pid() ?? 0, 'SIGKILL');
  }
  await pause(1_500);
  progress('kill -9 PostgreSQL');
  process.kill(shop.server.pid() ?? 0, 'SIGKILL');
}

interface Counted {
  readonly fulfilled: number;
  readonly notExactlyOne: Readonly<Record<'version' | 'invoice' | 'activation', number>>;
  readonly journal: Readonly<Record<string, string>>;
}

async function countAll(shop: RealPlatform, orders: readonly string[]): Promise<Counted> {
  const rows = async (house: string, query: string) => {
    const sql = postgres(shop.databases.get(house)?.ownerUrl ?? '', { max: 1, onnotice: () => {} });
    return [...(await sql.unsafe(query))].map(row => ({ ...row })) as Record<string, unknown>[];
  };
  const wanted = new Set(orders);
  const offFrom = (counts: readonly Record<string, unknown>[]) => {
    const byOrder = new Map(counts.map(row => [String(row.id), Number(row.count)]));
    return [...wanted].filter(order => byOrder.get(order) !== 1).length;
  };
  const perOrder = (type: string) => `select data->>'orderId' as id, count(*) from event_log where type = '${type}' group by 1`;
  const states = await rows('orders', `select state, count(*) from orders group by 1`);
  const versions = await rows('subscriptions', perOrder('SubscriptionVersionCreated.v1'));
  const invoices = await rows('billing', perOrder('InvoicePosted.v1'));
  const stored = await rows('subscriptions', `select count(*) from subscription_versions`);
  const storedInvoices = await rows('billing', 'select count(*) from invoices');
  const codes = await rows('licenses', `select count(*), count(distinct subscription_id) as subscriptions from activations`);
  const journal = await rows('billing', 'select currency, sum(debit_minor - credit_minor) as sum from journal_postings group by 1');
  const beyond = (row: Record<string, unknown> | undefined, key = 'count') => Math.abs(Number(row?.[key]) - wanted.size);
  return {
    fulfilled: Number(states.find(row => row.state === 'FULFILLED')?.count ?? 0),
    notExactlyOne: {
      version: offFrom(versions) + beyond(stored[0]),
      invoice: offFrom(invoices) + beyond(storedInvoices[0]),
      activation: beyond(codes[0]) + beyond(codes[0], 'subscriptions'),
    },
    journal: Object.fromEntries(journal.map(row => [String(row.currency), String(row.sum)])),
  };
}

function reportOf({ fulfilled, notExactlyOne, journal }: Counted, orders: readonly string[], seconds: number): Report {
  const distinct = new Set(orders).size;
  return {
    rows: [
      ['purchases acknowledged', `${distinct}, of which one by ${SAME_KEY} requests with the same key`],
      ['fulfilled', `${fulfilled}`],
      [
        'without exactly one version, invoice, activation code',
        `${notExactlyOne.version}, ${notExactlyOne.invoice}, ${notExactlyOne.activation}`,
      ],
      [
        'sum of the journal',
        Object.entries(journal)
          .map(([currency, sum]) => `${currency} ${sum}`)
          .join(', '),
      ],
      ['requests sent again with the same key', `${sentAgain()}`],
      ['time, with five kills', `${seconds.toFixed(1)} s`],
    ],
    figures: { purchases: distinct, fulfilled, notExactlyOne, journal, sentAgain: sentAgain(), seconds },
  };
}
