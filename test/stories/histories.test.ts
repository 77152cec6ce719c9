/** `HISTORIES=50 npx jest test/stories/histories` lives through more of them; `HISTORY_SEED` chooses others. */
import fc from 'fast-check';
import { readAgain } from '../support/copies';
import { history, live } from '../support/histories';
import { openTestPlatform, type TestPlatform } from '../support/platform';
import { brokenAtRest } from '../support/promises';

const HISTORIES = Number(process.env.HISTORIES ?? 2);
const SEED = Number(process.env.HISTORY_SEED ?? 20_240_131);

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openTestPlatform({ now: new Date('2024-01-31T12:00:00.000Z') });
});
afterAll(() => platform?.close());

test(`whatever a customer does (seed ${SEED}): preview = order = invoice, the books balance, and seats are what was charged`, async () => {
  let lived = 0;
  const property = fc.asyncProperty(history, async one => {
    expect(await live(platform, one, `Wingtip ${++lived}`)).toEqual([]);
    expect(await brokenAtRest(platform)).toEqual([]);
  });
  // A history takes seconds: the first that fails is shown as it is, with its seed.
  await fc.assert(property, { seed: SEED, numRuns: HISTORIES, endOnFailure: true });
}, 600_000);

test('every log read again from its first event makes the same copies, and nothing twice', async () => {
  expect(await readAgain(platform)).toEqual([]);
  expect(await brokenAtRest(platform)).toEqual([]);
}, 120_000);
