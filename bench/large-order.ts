/** What an order of 115 lines costs: how long its preview and its placing take through the gateway, and how many statements they send. */
import type { Progress, Report } from './run';
import { median, ms, percentile, rounded } from './support/figures';
import { openRealPlatform, type RealPlatform } from './support/real-platform';

const LINES = 115;
const ROUNDS = 30;
const WARM_UP = 5;
const PREVIEW =
  'query Preview($input: PlaceOrderInput!) { previewOrder(input: $input) { lines { working } total { amount } userErrors { code message } } }';
const PLACE = 'mutation Place($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } userErrors { code message } } }';

export async function measure(progress: Progress): Promise<Report> {
  progress('starting the product, with one customer');
  const shop = await openRealPlatform(1);
  try {
    progress(`warming up with ${WARM_UP} previews and orders`);
    for (let round = 0; round < WARM_UP; round++) {
      await timed(shop, 'preview', `warm-${round}`);
      await timed(shop, 'place', `warm-${round}`);
    }
    progress(`${ROUNDS} previews of ${LINES} lines`);
    const previews = await rounds(shop, 'preview');
    progress(`${ROUNDS} orders of ${LINES} lines`);
    const orders = await rounds(shop, 'place');
    return reportOf(previews, orders);
  } finally {
    await shop.close();
  }
}

interface Rounds {
  readonly ms: readonly number[];
  readonly statements: number;
}

async function rounds(shop: RealPlatform, what: 'preview' | 'place'): Promise<Rounds> {
  const before = await shop.statements();
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round++) took.push(await timed(shop, what, `${what}-${round}`));
  return { ms: took, statements: ((await shop.statements()) - before) / ROUNDS };
}

interface Answer {
  readonly data: Readonly<Record<string, { readonly lines?: readonly unknown[]; readonly userErrors: readonly unknown[] } | null>> | null;
}

/** Five years of 23 subscriptions: a line for each year of each. */
async function timed(shop: RealPlatform, what: 'preview' | 'place', idempotencyKey: string): Promise<number> {
  const actions = Array.from({ length: LINES / 5 }, (_, index) => ({
    createSubscription: { sku: 'premium-self-managed', quantity: index + 1, termMonths: 60 },
  }));
  const input = { idempotencyKey, billingAccountId: shop.accounts[0], termsAccepted: true, actions };
  const startedAt = performance.now();
  const { data }: Answer = await shop.ask(what === 'preview' ? PREVIEW : PLACE, { input });
  const took = performance.now() - startedAt;
  const answer = data?.[what === 'preview' ? 'previewOrder' : 'placeOrder'];
  const isWhole = answer?.userErrors.length === 0 && (what === 'place' || answer.lines?.length === LINES);
  if (!isWhole) throw new Error(`The ${what} was not answered: ${JSON.stringify(answer)}`);
  return took;
}

const reportOf = (previews: Rounds, orders: Rounds): Report => ({
  rows: [
    [`preview of ${LINES} lines, median of ${ROUNDS}`, ms(median(previews.ms))],
    [`preview of ${LINES} lines, p99`, ms(percentile(previews.ms, 99))],
    ['SQL statements a preview', previews.statements.toFixed(0)],
    [`order of ${LINES} lines placed, median of ${ROUNDS}`, ms(median(orders.ms))],
    [`order of ${LINES} lines placed, p99`, ms(percentile(orders.ms, 99))],
    ['SQL statements an order, all houses, until carried out', orders.statements.toFixed(0)],
  ],
  figures: {
    lines: LINES,
    previewMs: { median: rounded(median(previews.ms)), p99: rounded(percentile(previews.ms, 99)) },
    placeMs: { median: rounded(median(orders.ms)), p99: rounded(percentile(orders.ms, 99)) },
    statements: { preview: rounded(previews.statements), order: rounded(orders.statements) },
  },
});
