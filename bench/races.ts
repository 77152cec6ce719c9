/**
 * Seats added twice, a renewal, a cancellation with its money back and a refund by finance, all at once for one subscription:
 * 1,000 times, on every house and a real database in this process. Counts what came of the requests, and every exception
 * to what must hold afterwards. `RACE_ROUNDS` runs another number.
 */
import setUp from '../test/support/global-setup';
import tearDown from '../test/support/global-teardown';
import { openTestPlatform } from '../test/support/platform';
import { brokenAtRest } from '../test/support/promises';
import { race } from '../test/support/races';
import type { Progress, Report } from './run';

const ROUNDS = Number(process.env.RACE_ROUNDS ?? 1_000);
const ROUNDS_OF_ACCOUNT = 250;
const AT_ONCE = 16;

export async function measure(progress: Progress): Promise<Report> {
  progress('starting the product');
  await setUp();
  const platform = await openTestPlatform({ now: new Date('2025-06-15T12:00:00.000Z') });
  try {
    const startedAt = performance.now();
    let outcomes: Record<string, number> = {};
    const came: Record<string, number>[] = [];
    for (let done = 0; done < ROUNDS; done += ROUNDS_OF_ACCOUNT) {
      progress(`${done} of ${ROUNDS} rounds`);
      const company = await platform.openCompany(`Racer ${done}`);
      outcomes = await race(platform, company, Math.min(ROUNDS_OF_ACCOUNT, ROUNDS - done), AT_ONCE);
      came.push(outcomes);
    }
    progress('checking what must hold');
    const broken = await brokenAtRest(platform);
    for (const sentence of broken.slice(0, 20)) progress(sentence);
    const answers = summed(came.map(of => onlyAnswers(of)));
    const orders = Object.entries(outcomes).filter(([kind]) => !isAnswer(kind));
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    return {
      rows: [
        ['rounds', String(ROUNDS)],
        ...Object.entries(answers).map(([kind, count]) => [kind, String(count)] as const),
        ...orders.map(([kind, count]) => [`orders: ${kind}`, String(count)] as const),
        ['oversold, refunded twice, versions twice, or anything else that must not be', String(broken.length)],
        ['seconds', String(seconds)],
      ],
      figures: { rounds: ROUNDS, answers, orders: Object.fromEntries(orders), broken: broken.length, seconds },
    };
  } finally {
    await platform.close();
    await tearDown();
  }
}

/** Answers are counted for each account; orders are counted over all of them at the end. */
const isAnswer = (kind: string): boolean => kind.includes(':');
const onlyAnswers = (outcomes: Record<string, number>) => Object.fromEntries(Object.entries(outcomes).filter(([kind]) => isAnswer(kind)));

function summed(all: readonly Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const [kind, count] of all.flatMap(one => Object.entries(one))) total[kind] = (total[kind] ?? 0) + count;
  return Object.fromEntries(Object.entries(total).toSorted(([a], [b]) => a.localeCompare(b)));
}
