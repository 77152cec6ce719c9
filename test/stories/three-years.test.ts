/** `npm run bench -- simulation` lives through the same three years twice, and compares all that was told. */
import { openTestPlatform, type TestPlatform } from '../support/platform';
import { brokenAtRest } from '../support/promises';
import { HOUSES_BEGIN_AT, liveUntil } from '../support/small-company';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openTestPlatform({ now: HOUSES_BEGIN_AT });
});
afterAll(() => platform?.close());

const told = async (house: string, type: string) =>
  (await platform.sql(house)`select time, data from event_log where type = ${type} order by time, position`).map(({ time, data }) => ({
    on: time.toISOString().slice(0, 10),
    ...data,
  }));

test('a small company lives through three years, invoice by invoice, and every promise holds at the end', async () => {
  const names = await liveUntil(platform, new Date('2027-01-31T09:00:00.000Z'));

  const posted = await told('billing', 'InvoicePosted.v1');
  expect(posted.map(({ on, total }) => [on, total.amount]).toSorted()).toEqual([
    ['2024-02-20', '2280.00'], // 10 × $228, for the group that was trying it
    ['2024-02-29', '4560.00'], // the first year of a ramp: 20 × $228
    ['2024-03-01', '1140.00'], // 5 × $228 for the lab
    ['2024-04-10', '986.96'], // 5 × $228 ÷ 365 × 316 days, beside the plan
    ['2024-05-27', '513.00'], // the first quarter, 13 users of 10 seats: 3 × $228 × 9 ÷ 12
    ['2024-07-15', '549.70'], // 4 × $228 ÷ 365 × 220 days
    ['2024-09-05', '342.00'], // the second quarter, 20 users of 17 seats: 3 × $228 × 6 ÷ 12, declined on 27 August and paid with another card
    ['2024-10-01', '1140.00'], // 5 × $228 for a workshop, given back 19 days later
    ['2024-12-01', '20.00'], // 2 packs of minutes × $10
    ['2025-02-19', '6156.00'], // renewed by itself: 22 users × $228 + 5 × $228
    ['2025-02-28', '5700.00'], // the second year of the ramp: 25 × $228, from the last of February on
    ['2025-03-10', '1140.00'], // the lab's renewal of 28 February, whose card was declined
    ['2025-03-15', '19789.15'], // 22 × ($1,188 − $228) ÷ 365 × 342 days
    ['2026-02-28', '1140.00'], // the lab, renewed by itself
    ['2026-02-28', '6840.00'], // the third year of the ramp: 30 × $228
    ['2026-03-05', '18960.00'], // renewed by hand after its end, for fewer: 15 × $1,188 + 5 × $228
    ['2026-05-27', '6237.00'], // still 22 users, now of 15 seats: 7 × $1,188 × 9 ÷ 12
  ]);
  expect((await told('billing', 'CreditMemoPosted.v1')).map(({ on, total }) => [on, total.amount])).toEqual([['2024-10-20', '1140.00']]);

  // Due on 30 March 2025: reminded of after 7, 14 and 30 days, held after more than 90, free again when it is paid.
  expect((await told('billing', 'InvoiceOverdue.v1')).map(({ on }) => on)).toEqual(['2025-04-06', '2025-04-13', '2025-04-29']);
  expect((await told('billing', 'AccountOverdue.v1')).map(({ on }) => on)).toEqual(['2025-06-29']);
  expect((await told('billing', 'AccountSettled.v1')).map(({ on }) => on)).toEqual(['2025-07-10']);

  const attempts = await platform.sql('subscriptions')`
    select s.name, a.status, a.reasons, a.attempted_at from renewal_attempts a join subscriptions s on s.id = a.subscription_id order by a.attempted_at`;
  const called = new Map([...names].map(([name, number]) => [number, name]));
  expect(
    attempts.map(row => [row['attempted_at'].toISOString().slice(0, 10), called.get(row['name']), row['status'], row['reasons']]),
  ).toEqual([
    ['2025-02-19', 'hosted', 'RENEWED', []],
    ['2025-02-28', 'lab', 'RENEWED', []],
    ['2026-02-19', 'hosted', 'NOT_ATTEMPTED', ['TURNED_OFF']],
    ['2026-02-28', 'lab', 'RENEWED', []],
  ]);
  expect(await brokenAtRest(platform)).toEqual([]);
}, 300_000);
