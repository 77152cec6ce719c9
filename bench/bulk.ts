/**
 * A distributor sends a file of 10,000 orders through the gateway, and the house that places them is killed with -9 in the middle.
 * Each line must have its outcome, each order must be there once and be told once, and orders must have heard of each.
 */
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { dayOf, wallClock } from '../kernel/time';
import { type Channel, openChannel } from '../scripts/seed/partners';
import type { Progress, Report } from './run';
import { rounded } from './support/figures';
import { openRealPlatform, type RealPlatform, type Telling } from './support/real-platform';

const LINES = Number(process.env.LINES ?? 10_000);
const PART_LINES = 1_000;
/** One line in so many orders for less than it comes to, and is refused. */
const REFUSED_EVERY = 100;
const AGAIN_MS = 250;
const PATIENCE_MS = 15 * 60_000;

const UPLOAD = `mutation ($input: UploadBulkOrderInput!) {
  uploadBulkOrder(input: $input) { bulkOrder { status lineCount } userErrors { code message retryable } } }`;
const STATUS = '{ bulkOrder(externalId: "bench") { status counts { pending accepted rejected refused } } }';

const startsOn = dayOf(wallClock.now());
const lineOf = (number: number): object => ({
  externalId: `bench-${number}`,
  endCustomer: {
    companyName: `Bench Customer ${number % 500}`,
    country: 'DE',
    address: { street: '1 Quay', city: 'Hamburg', postalCode: '20095', country: 'DE' },
    soldToName: 'Ines Weber',
    soldToEmail: `ines@customer-${number % 500}.example`,
  },
  lines: [{ sku: 'premium-self-managed', quantity: 10, startsOn }],
  // 10 × $136.80
  po: { number: `PO-${number}`, amount: { amount: number % REFUSED_EVERY === 0 ? '1.00' : '1368.00', currency: 'USD' } },
  termsAccepted: true,
});

export async function measure(progress: Progress): Promise<Report> {
  progress('starting the gateway and the houses');
  const channels: Channel[] = [];
  const tell: Telling = async stage => void channels.push(await openChannel(stage, startsOn));
  const scene = await openRealPlatform(1, undefined, tell);
  try {
    const [channel] = channels;
    if (!channel) throw new Error('There is no channel.');
    const ask = asPartner(scene, channel.client);
    progress(`${LINES} lines, in parts of ${PART_LINES}`);
    const beganAt = performance.now();
    await sendFile(ask);
    const receivedMs = performance.now() - beganAt;
    progress('placing; the house is killed half-way');
    const killedAt = await killHalfWay(scene, ask);
    await untilCounts(ask, ({ status }) => status === 'DONE');
    const placedMs = performance.now() - beganAt - receivedMs;
    progress('orders hear of what was placed');
    const stored = await whatIsThere(scene);
    return reportFrom({ receivedMs, placedMs, killedAt, stored });
  } finally {
    await scene.close();
  }
}

interface Standing {
  readonly status: string;
  readonly counts: { readonly pending: number; readonly accepted: number; readonly rejected: number; readonly refused: number };
}
type Ask = <Answer>(document: string, variables?: object) => Promise<Answer | null>;

/** Asks as the distributor's system does; null when nobody answered, as while the house is down. */
function asPartner({ platform }: RealPlatform, client: { readonly id: string; readonly secret: string }): Ask {
  const headers = { authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}` };
  const signIn = async () => {
    const body = new URLSearchParams({ grant_type: 'client_credentials' });
    const response = await fetch(`${platform.url}/oauth/token`, { method: 'POST', headers, body });
    return ((await response.json()) as { access_token: string }).access_token;
  };
  const token = signIn();
  return async <Answer>(query: string, variables: object = {}) => {
    const response = await fetch(`${platform.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data } = (await response.json()) as { data?: Answer };
    return data ?? null;
  };
}

/** As a good client does, a part that was not answered is sent again, under its key. */
async function sendFile(ask: Ask): Promise<void> {
  for (let part = 1; (part - 1) * PART_LINES < LINES; part++) {
    const first = (part - 1) * PART_LINES + 1;
    const last = Math.min(part * PART_LINES, LINES);
    const lines = Array.from({ length: last - first + 1 }, (_, index) => JSON.stringify(lineOf(first + index)));
    const input = {
      idempotencyKey: `bench-part-${part}`,
      externalId: 'bench',
      format: 'JSON_LINES',
      part,
      content: lines.join('\n'),
      isLast: last === LINES,
    };
    await until(async () => {
      const answer = await ask<{ uploadBulkOrder: { bulkOrder: object | null; userErrors: { message: string }[] } | null }>(UPLOAD, {
        input,
      });
      const [refusal] = answer?.uploadBulkOrder?.userErrors ?? [];
      if (refusal) throw new Error(refusal.message);
      return answer?.uploadBulkOrder?.bulkOrder ?? null;
    });
  }
}

async function killHalfWay({ platform }: RealPlatform, ask: Ask): Promise<Standing['counts']> {
  const { counts } = await untilCounts(ask, standing => standing.counts.pending < LINES / 2);
  process.kill(platform.houses.get('partners')?.pid() ?? 0, 'SIGKILL');
  return counts;
}

const untilCounts = (ask: Ask, isReached: (standing: Standing) => boolean): Promise<Standing> =>
  until(async () => {
    const answer = await ask<{ bulkOrder: Standing | null }>(STATUS);
    return answer?.bulkOrder && isReached(answer.bulkOrder) ? answer.bulkOrder : null;
  });

async function until<Found>(look: () => Promise<Found | null>): Promise<Found> {
  for (const patience = performance.now() + PATIENCE_MS; performance.now() < patience; await pause(AGAIN_MS)) {
    const found = await look();
    if (found !== null) return found;
  }
  throw new Error('It took too long.');
}

/** What the databases hold, once orders have heard of everything. */
async function whatIsThere({ databases }: RealPlatform) {
  const sql = (house: string) => postgres(databases.get(house)?.ownerUrl ?? '', { max: 1, onnotice: () => {} });
  const [partners, orders] = [sql('partners'), sql('orders')];
  try {
    const [placed] = await partners`select count(*)::int as orders, count(distinct external_id)::int as references
      from partner_orders where external_id like 'bench-%'`;
    const states = await partners`select state, count(*)::int as lines from bulk_order_lines group by state order by state`;
    const [told] = await partners`select count(*)::int as events, count(distinct subject)::int as subjects
      from event_log where type = 'PartnerOrderAccepted.v1'`;
    const carriedOut = await until(async () => {
      const [heard] = await orders`select count(*)::int as orders, count(distinct id)::int as ids from orders where po_number like 'PO-%'`;
      return heard?.orders >= (placed?.orders ?? 0) ? heard : null;
    });
    return { placed, states: Object.fromEntries(states.map(({ state, lines }) => [state, lines])), told, carriedOut };
  } finally {
    await Promise.all([partners.end(), orders.end()]);
  }
}

interface Found {
  readonly receivedMs: number;
  readonly placedMs: number;
  readonly killedAt: Standing['counts'];
  readonly stored: Awaited<ReturnType<typeof whatIsThere>>;
}

function reportFrom({ receivedMs, placedMs, killedAt, stored }: Found): Report {
  const { placed, states, told, carriedOut } = stored;
  const figures = {
    lines: LINES,
    receivedS: rounded(receivedMs / 1000),
    placedS: rounded(placedMs / 1000),
    perSecond: rounded(LINES / (placedMs / 1000)),
    killedWithPending: killedAt.pending,
    states,
    orders: placed?.orders,
    references: placed?.references,
    events: told?.events,
    carriedOut: carriedOut?.orders,
  };
  return {
    rows: [
      ['received', `${figures.receivedS} s for ${LINES} lines`],
      ['placed, with a kill', `${figures.placedS} s, ${figures.perSecond} lines a second`],
      ['killed with lines still to place', `${killedAt.pending}`],
      ['lines by outcome', JSON.stringify(states)],
      ['orders, and references of them', `${placed?.orders}, ${placed?.references}`],
      ['told, of orders', `${told?.events}, ${told?.subjects}`],
      ['in the hands of orders', `${carriedOut?.orders}`],
    ],
    figures,
  };
}
