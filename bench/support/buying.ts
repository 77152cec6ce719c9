import type { RealPlatform } from './real-platform';

const WAIT_MAX_MS = 180_000;
const ATTEMPTS_MAX = 20;
const PLACE_ORDER = `mutation Buy($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } userErrors { code message retryable } } }`;

let again = 0;

/** Requests that were sent again with the same key, because they were told to. */
export const sentAgain = (): number => again;

/** Waits for orders to end well. */
export interface Fulfilled {
  readonly until: (orderId: string) => Promise<void>;
  readonly stop: () => void;
}

/** Hears orders' log as a neighbour would, so that waiting costs the product nothing. */
export function followFulfilled(shop: RealPlatform): Fulfilled {
  const done = new Set<string>();
  const waiting = new Map<string, () => void>();
  let isStopped = false;
  void (async () => {
    for (let after = 0; !isStopped; ) {
      const page = await shop.hear('orders', ['OrderFulfilled.v1'], after, 20).catch(() => null);
      if (!page) {
        await new Promise(resume => setTimeout(resume, 100));
        continue;
      }
      after = page.through;
      for (const { subject } of page.events) {
        done.add(subject);
        waiting.get(subject)?.();
      }
    }
  })();
  const until = (orderId: string) =>
    new Promise<void>((resolve, reject) => {
      if (done.has(orderId)) return resolve();
      const timer = setTimeout(() => reject(new Error(`${orderId} was not fulfilled within ${WAIT_MAX_MS} ms.`)), WAIT_MAX_MS);
      waiting.set(orderId, () => {
        clearTimeout(timer);
        resolve();
      });
    });
  return { until, stop: () => (isStopped = true) };
}

interface BuyAnswer {
  readonly data: {
    readonly placeOrder: {
      readonly order: { readonly id: string } | null;
      readonly userErrors: readonly { readonly retryable: boolean }[];
    } | null;
  } | null;
  readonly errors?: readonly { readonly extensions: { readonly retryable?: boolean } }[];
}

/** As a good client does: what may be sent again is sent again, with the same key. */
export async function buy(shop: RealPlatform, idempotencyKey: string, number: number): Promise<string> {
  const billingAccountId = shop.accounts[number % shop.accounts.length];
  const input = {
    idempotencyKey,
    billingAccountId,
    termsAccepted: true,
    actions: [{ createSubscription: { sku: 'premium-self-managed', quantity: 10 } }],
  };
  for (let attempt = 1; ; attempt++) {
    const { data, errors }: BuyAnswer = await shop.ask(PLACE_ORDER, { input });
    const order = data?.placeOrder?.order;
    if (order) return order.id;
    const isRetryable =
      errors?.every(error => error.extensions.retryable) ?? data?.placeOrder?.userErrors.every(error => error.retryable) ?? false;
    if (!isRetryable || attempt === ATTEMPTS_MAX)
      throw new Error(`An order was not taken: ${JSON.stringify(errors ?? data?.placeOrder?.userErrors)}`);
    again++;
    await new Promise(resume => setTimeout(resume, 250 * attempt));
  }
}
