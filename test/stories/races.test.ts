import { openTestPlatform, type TestPlatform } from '../support/platform';
import { brokenAtRest } from '../support/promises';
import { race } from '../support/races';

const ROUNDS = 20;
const AT_ONCE = 10;

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openTestPlatform({ now: new Date('2025-06-15T12:00:00.000Z') });
});
afterAll(() => platform?.close());

test('seats, renewal, cancellation and refund of one subscription at once: never oversold, never refunded twice, no version twice', async () => {
  const company = await platform.openCompany('Fabrikam');
  const outcomes = await race(platform, company, ROUNDS, AT_ONCE);
  // In each round somebody won, or nothing would have raced; who it was is left to chance.
  const changed = ['addSeats', 'renewSubscription', 'cancelSubscription'].map(name => outcomes[`${name}: taken`] ?? 0);
  expect(changed.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(ROUNDS);
  const credited = ['postCreditMemo', 'cancelSubscription'].map(name => outcomes[`${name}: taken`] ?? 0);
  expect(credited.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(ROUNDS);
  expect(await brokenAtRest(platform)).toEqual([]);
}, 120_000);
