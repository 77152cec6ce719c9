/**
 * 1,000 subscribers on one gateway process, of ten viewers and then of as many as there are subscribers. All follow one
 * account while 100 things happen on it, and a tenth of the connections is killed on the way; then all follow one order,
 * which the gateway reads for each viewer each time. Houses and clients share the other core.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { claimsFor, DEVELOPMENT_ISSUER } from '../gateway/identity';
import { openSigningKey } from '../gateway/signing-key';
import { openHouse } from '../test/gateway/fake-house';
import { ACCOUNT, CUSTOMERS, ORDERS, supergraphOf } from '../test/gateway/platform';
import type { Progress, Report } from './run';
import { ms, percentile, rounded } from './support/figures';
import { startGateway } from './support/gateway-process';
import { openSubscriber, type Subscriber } from './support/subscriber';

const SUBSCRIBERS = 1_000;
const UPDATES = 100;
const UPDATES_PER_SECOND = 10;
const ORDER_UPDATES = 10;
const KILLED = SUBSCRIBERS / 10;

const FOLLOW_ACCOUNT = `subscription { accountEvents(account: "${ACCOUNT}") { id kind subject at } }`;
const FOLLOW_ORDER = 'subscription { orderUpdated(id: "ord_1") { id state } }';

export async function measure(progress: Progress): Promise<Report> {
  progress('starting a gateway and two houses');
  const scene = await openScene();
  try {
    const account = await measureAccount(scene, progress);
    const order = await measureOrder(scene, progress, 10);
    const orderOfEach = await measureOrder(scene, progress, SUBSCRIBERS);
    return {
      rows: [
        ['subscribers', String(SUBSCRIBERS)],
        [`an account's event, p50 and p99 of ${UPDATES} to each`, `${ms(account.p50)}, ${ms(account.p99)}`],
        ['missed and repeated after a tenth was killed', `${account.missed}, ${account.repeated}`],
        [`an order, read for 10 viewers, p50 and p99 of ${ORDER_UPDATES}`, `${ms(order.p50)}, ${ms(order.p99)}`],
        [`an order, read for ${SUBSCRIBERS} viewers, p50 and p99 of ${ORDER_UPDATES}`, `${ms(orderOfEach.p50)}, ${ms(orderOfEach.p99)}`],
        ['memory of the gateway', `${scene.memoryMb()} MB`],
      ],
      figures: { subscribers: SUBSCRIBERS, account, order, orderOfEach, memoryMb: scene.memoryMb() },
    };
  } finally {
    await scene.close();
  }
}

type Scene = Awaited<ReturnType<typeof openScene>>;

async function measureAccount({ orders, follow }: Scene, progress: Progress) {
  progress(`${SUBSCRIBERS} subscribers follow one account`);
  const subscribers = await follow(FOLLOW_ACCOUNT);
  const saidAt: number[] = [];
  progress(`${UPDATES} things happen; ${KILLED} connections are killed on the way`);
  for (let update = 0; update < UPDATES; update += 1) {
    saidAt.push(performance.now());
    orders.announce({ type: 'Happened.v1', subject: String(update), accountId: ACCOUNT as never });
    if (update === UPDATES / 2) for (const subscriber of subscribers.slice(0, KILLED)) subscriber.breakAndReturn();
    await pause(1_000 / UPDATES_PER_SECOND);
  }
  await pause(2_000);
  const steady = subscribers.slice(KILLED).flatMap(({ heard }) => heard.map(({ subject, at }) => at - (saidAt[Number(subject)] ?? at)));
  const subjects = subscribers.map(({ heard }) => heard.map(({ subject }) => subject));
  for (const subscriber of subscribers) subscriber.leave();
  return {
    updates: UPDATES,
    p50: rounded(percentile(steady, 50)),
    p99: rounded(percentile(steady, 99)),
    missed: subjects.reduce((sum, all) => sum + UPDATES - new Set(all).size, 0),
    repeated: subjects.reduce((sum, all) => sum + all.length - new Set(all).size, 0),
  };
}

async function measureOrder({ orders, follow }: Scene, progress: Progress, viewers: number) {
  progress(`${SUBSCRIBERS} subscribers of ${viewers} viewers follow one order`);
  const subscribers = await follow(FOLLOW_ORDER, viewers);
  for (const { heard } of subscribers) heard.length = 0;
  const delays: number[] = [];
  for (let update = 0; update < ORDER_UPDATES; update += 1) {
    const before = subscribers.map(({ heard }) => heard.length);
    const saidAt = performance.now();
    orders.announce({ type: 'OrderChanged.v1', subject: 'ord_1' });
    for (const end = saidAt + 5_000; subscribers.some(({ heard }, at) => heard.length === before[at]) && performance.now() < end; )
      await pause(20);
    delays.push(...subscribers.map(({ heard }, at) => (heard[before[at] ?? 0]?.at ?? Number.POSITIVE_INFINITY) - saidAt));
  }
  for (const subscriber of subscribers) subscriber.leave();
  return { viewers, updates: ORDER_UPDATES, p50: rounded(percentile(delays, 50)), p99: rounded(percentile(delays, 99)) };
}

async function openScene() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const supergraph = join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, supergraphOf({ customers: CUSTOMERS, orders: ORDERS }));
  const [customers, orders] = await Promise.all([openHouse('customers', CUSTOMERS), openHouse('orders', ORDERS)]);
  const key = await openSigningKey(join(folder, 'secrets/gateway-signing-key.json'), { mayCreate: true });
  const { child, url } = await startGateway(folder, { SUPERGRAPH_PATH: supergraph }, [customers, orders]);
  let memory = 0;
  const watch = setInterval(async () => {
    const text = await (await fetch(`${url}/metrics`)).text();
    memory = Math.max(memory, Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1] ?? 0));
  }, 2_000);
  const tokenOf = (viewer: number) =>
    key.sign(claimsFor(DEVELOPMENT_ISSUER, { sub: `usr_${viewer}`, roles: ['BUYER'] }), { issuedAt: new Date(), seconds: 3_600 });
  return {
    orders,
    memoryMb: () => rounded(memory / 1024 / 1024, 0),
    /** Opens all subscriptions, and waits until each is listening. */
    async follow(query: string, viewers = SUBSCRIBERS): Promise<readonly Subscriber[]> {
      const subscribers: Subscriber[] = [];
      for (let first = 0; first < SUBSCRIBERS; first += 50) {
        const next = Array.from({ length: 50 }, async (_, at) => openSubscriber(url, query, await tokenOf((first + at) % viewers)));
        subscribers.push(...(await Promise.all(next)));
      }
      await Promise.all(subscribers.map(({ isListening }) => isListening));
      return subscribers;
    },
    async close() {
      clearInterval(watch);
      child.kill('SIGTERM');
      await Promise.all([customers.close(), orders.close()]);
      rmSync(folder, { recursive: true });
    },
  };
}
