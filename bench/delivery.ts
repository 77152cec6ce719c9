/**
 * From paid to deliverable: purchases at a steady pace, as in a busy shop, and how long after each order was accepted its code was
 * granted and its mail handed over. An accepted order on account terms counts as paid, so payment is within these figures.
 */
import type { Progress, Report } from './run';
import { buy, sentAgain } from './support/buying';
import { ms, percentile, rounded } from './support/figures';
import { openRealPlatform, type RealPlatform } from './support/real-platform';

const CUSTOMERS = 250;
const PER_SECOND = Number(process.env.PER_SECOND ?? 50);
const SECONDS = 20;
const WARM_UP = 50;
const WAIT_MAX_MS = 120_000;

export async function measure(progress: Progress): Promise<Report> {
  progress(`starting the product, with ${CUSTOMERS} customers`);
  const shop = await openRealPlatform(CUSTOMERS);
  try {
    await Promise.all(Array.from({ length: WARM_UP }, (_, number) => buy(shop, `warm-up-${number}`, number)));
    await deliveredAfter(shop, WARM_UP);
    const count = PER_SECOND * SECONDS;
    progress(`${count} purchases, ${PER_SECOND} a second`);
    const startedAt = performance.now();
    const orders = await Promise.all(
      Array.from({ length: count }, async (_, number) => {
        await new Promise(resume => setTimeout(resume, (number * 1_000) / PER_SECOND));
        return buy(shop, `paced-${number}`, number);
      }),
    );
    const placedSeconds = (performance.now() - startedAt) / 1_000;
    const delivered = await deliveredAfter(shop, WARM_UP + count);
    const accepted = await momentsOf(shop, 'orders', 'OrderAccepted.v1');
    const granted = await momentsOf(shop, 'licenses', 'LicensesGranted.v1');
    const after = (moments: ReadonlyMap<string, number>) =>
      orders.map(id => (moments.get(id) ?? Number.NaN) - (accepted.get(id) ?? Number.NaN));
    return reportOf({ granted: after(granted), delivered: after(delivered), perSecond: count / placedSeconds });
  } finally {
    await shop.close();
  }
}

/** When each order was told of in a log, by the house's own clock: all houses of this machine share one. */
async function momentsOf(shop: RealPlatform, house: string, type: string): Promise<ReadonlyMap<string, number>> {
  const moments = new Map<string, number>();
  for (let after = 0; ; ) {
    const { events, through } = await shop.hear(house, [type], after, 0);
    for (const { subject, time } of events) moments.set(subject, new Date(time).getTime());
    if (events.length === 0) return moments;
    after = through;
  }
}

async function deliveredAfter(shop: RealPlatform, count: number): Promise<ReadonlyMap<string, number>> {
  const until = performance.now() + WAIT_MAX_MS;
  for (;;) {
    const delivered = await momentsOf(shop, 'licenses', 'LicensesDelivered.v1');
    if (delivered.size >= count) return delivered;
    if (performance.now() > until) throw new Error(`${delivered.size} of ${count} orders were delivered.`);
    await new Promise(resume => setTimeout(resume, 500));
  }
}

interface Found {
  readonly granted: readonly number[];
  readonly delivered: readonly number[];
  readonly perSecond: number;
}

function reportOf({ granted, delivered, perSecond }: Found): Report {
  const line = (waited: readonly number[]) => `p50 ${ms(percentile(waited, 50))}, p99 ${ms(percentile(waited, 99))}`;
  const figure = (waited: readonly number[]) => ({ p50: rounded(percentile(waited, 50)), p99: rounded(percentile(waited, 99)) });
  return {
    rows: [
      ['purchases a second', perSecond.toFixed(0)],
      ['accepted and paid → licence granted', line(granted)],
      ['accepted and paid → mail handed over', line(delivered)],
      ['sent again with the same key', `${sentAgain()}`],
    ],
    figures: { perSecond: rounded(perSecond), grantedMs: figure(granted), deliveredMs: figure(delivered), sentAgain: sentAgain() },
  };
}
