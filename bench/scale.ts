/** What a buyer waits for when the databases are large: 100,000 accounts and 1,000,000 subscription versions, or as many as ACCOUNTS says. */
import { readFileSync } from 'node:fs';
import { dayOf, wallClock } from '../kernel/time';
import type { Progress, Report } from './run';
import { median, ms, percentile, rounded } from './support/figures';
import { fillShop, INVOICES_EACH, LINES_EACH, SUBSCRIPTIONS_EACH, VERSIONS_EACH } from './support/large-shop';
import { openRealPlatform, type RealPlatform } from './support/real-platform';

const ACCOUNTS = Number(process.env.ACCOUNTS ?? 100_000);
/** Accounts that the asking token speaks for: as many as an organization may have. */
const ASKED = 100;
const WARM_UP = 200;
const QUESTIONS = 1_000;
const LINES = 115;
const LARGE_ORDERS = 20;

export async function measure(progress: Progress): Promise<Report> {
  progress(`writing ${ACCOUNTS.toLocaleString('en')} accounts; at full size this takes some minutes`);
  const shop = await openRealPlatform(1, async databases => {
    const all = await fillShop(databases, ACCOUNTS, dayOf(wallClock.now()), progress);
    return all.filter((_, index) => index % Math.ceil(ACCOUNTS / ASKED) === 0);
  });
  try {
    progress(`MyPurchases, ${QUESTIONS} times`);
    const purchases = await askMyPurchases(shop);
    progress(`an order of ${LINES} lines, previewed and placed ${LARGE_ORDERS} times`);
    const preview = await timed(shop, LARGE_ORDERS, number => largeOrder(shop, 'previewOrder', number));
    const place = await timed(shop, LARGE_ORDERS, number => largeOrder(shop, 'placeOrder', number));
    return reportOf({ purchases, preview, place, memory: shop.memory() });
  } finally {
    await shop.close();
  }
}

interface Timed {
  readonly times: readonly number[];
  readonly statements: number;
}

async function timed(shop: RealPlatform, count: number, ask: (number: number) => Promise<void>): Promise<Timed> {
  const before = await shop.statements();
  const times: number[] = [];
  for (let number = 0; number < count; number++) {
    const startedAt = performance.now();
    await ask(number);
    times.push(performance.now() - startedAt);
  }
  return { times, statements: ((await shop.statements()) - before) / count };
}

async function askMyPurchases(shop: RealPlatform): Promise<Timed> {
  const document = /query MyPurchases[\s\S]*?\n}\n/.exec(readFileSync('operations/operations.graphql', 'utf8'))![0];
  const fragment = 'fragment Amount on Money { amount currency }';
  const ask = async (number: number) => {
    const account = shop.accounts[1 + (number % (shop.accounts.length - 1))];
    const { data, errors }: PurchasesAnswer = await shop.ask(`${document}\n${fragment}`, { account });
    if (errors || data?.billingAccount?.subscriptions.nodes.length !== SUBSCRIPTIONS_EACH)
      throw new Error(`MyPurchases of ${account} was not answered: ${JSON.stringify(errors ?? data)}`);
  };
  for (let number = 0; number < WARM_UP; number++) await ask(number);
  return timed(shop, QUESTIONS, ask);
}

interface PurchasesAnswer {
  readonly data: { readonly billingAccount: { readonly subscriptions: { readonly nodes: readonly unknown[] } } | null } | null;
  readonly errors?: unknown;
}

async function largeOrder(shop: RealPlatform, mutation: 'previewOrder' | 'placeOrder', number: number): Promise<void> {
  const input = {
    idempotencyKey: `large-${mutation}-${number}`,
    billingAccountId: shop.accounts[1 + number],
    termsAccepted: true,
    actions: Array.from({ length: LINES }, (_, line) => ({ createSubscription: { sku: 'premium-self-managed', quantity: line + 1 } })),
  };
  const document =
    mutation === 'placeOrder'
      ? 'mutation Place($input: PlaceOrderInput!) { answer: placeOrder(input: $input) { order { id } userErrors { code message } } }'
      : 'query Preview($input: PlaceOrderInput!) { answer: previewOrder(input: $input) { lines { amount { amount currency } working } userErrors { code message } } }';
  const answer: { readonly data: { readonly answer: { readonly userErrors: readonly unknown[] } | null } | null } = await shop.ask(
    document,
    { input },
  );
  if (answer.data?.answer?.userErrors.length !== 0) throw new Error(`An order of ${LINES} lines was not taken: ${JSON.stringify(answer)}`);
}

interface Found {
  readonly purchases: Timed;
  readonly preview: Timed;
  readonly place: Timed;
  readonly memory: Readonly<Record<string, number>>;
}

function reportOf({ purchases, preview, place, memory }: Found): Report {
  const row = (name: string, { times, statements }: Timed) =>
    [name, `median ${ms(median(times))}, p99 ${ms(percentile(times, 99))}, ${rounded(statements)} SQL statements`] as const;
  const figures = ({ times, statements }: Timed) => ({
    medianMs: rounded(median(times)),
    p99Ms: rounded(percentile(times, 99)),
    statements: rounded(statements),
  });
  const versions = ACCOUNTS * SUBSCRIPTIONS_EACH * VERSIONS_EACH;
  const lines = ACCOUNTS * INVOICES_EACH * LINES_EACH;
  return {
    rows: [
      [
        'in the databases',
        `${ACCOUNTS.toLocaleString('en')} accounts, ${versions.toLocaleString('en')} versions, ${lines.toLocaleString('en')} invoice lines`,
      ],
      row('MyPurchases', purchases),
      row(`preview of ${LINES} lines`, preview),
      row(`order of ${LINES} lines (statements: with all that follows)`, place),
      [
        'memory',
        Object.entries(memory)
          .map(([name, mb]) => `${name} ${mb} MB`)
          .join(', '),
      ],
    ],
    figures: {
      accounts: ACCOUNTS,
      versions,
      lines,
      myPurchases: figures(purchases),
      preview: figures(preview),
      place: figures(place),
      memoryMb: memory,
    },
  };
}
