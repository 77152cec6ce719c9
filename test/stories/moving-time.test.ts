/** One mutation moves time for all houses: what is due on the way comes in its order, and the client follows. */
import { openTestPlatform, type TestPlatform } from '../support/platform';
import { type Company, eventually, newKey } from '../support/shop';

let platform: TestPlatform;
let company: Company;
let staff: string;
beforeAll(async () => {
  platform = await openTestPlatform({ now: new Date('2026-06-15T12:00:00.000Z') });
  company = await platform.openCompany('Northwind');
  staff = await platform.operator();
});
afterAll(() => platform?.close());

const MOVE = `mutation ($input: MoveClockInput!) {
  moveClock(input: $input) { movement { id state startsAt endsAt } clock { at isMoving } userErrors { code message path retryable } }
}`;
const CLOCK = '{ deploymentClock { at isMovable isMoving movement { state reachedAt startedBy waitsFor } } }';
const move = async (token: string, to: string, more: object = {}) =>
  (await platform.query(token, MOVE, { input: { idempotencyKey: newKey(), to, ...more } })).moveClock;
const clock = async () => (await platform.query(staff, CLOCK)).deploymentClock;
const untilMoved = () => eventually(async () => (await clock()).movement.state === 'DONE', 120_000);
const reminders = async () => {
  const told = await platform.sql('billing')`select time from event_log where type = 'InvoiceOverdue.v1' order by position`;
  return told.map(({ time }) => time.toISOString());
};

test('an unpaid invoice is reminded of on the mornings on which that is due, though weeks pass in seconds', async () => {
  await platform.untilOrder(company.token, await platform.buy(company, { sku: 'premium-self-managed', quantity: 10 }));
  await platform.clock.moveTo(new Date('2026-07-28T12:00:00Z'));
  const moved = await move(staff, '2026-07-30T12:00:00Z');
  expect(moved).toMatchObject({ userErrors: [], movement: { state: 'RUNNING' }, clock: { isMoving: true } });
  await untilMoved();
  // Issued on 15 June and due 30 days later, on 15 July: reminders after 7 and 14 days, at six in the morning.
  expect(await reminders()).toEqual(['2026-07-22T06:00:00.000Z', '2026-07-29T06:00:00.000Z']);
  const { at, isMoving } = await clock();
  expect(isMoving).toBe(false);
  expect(at >= '2026-07-30T12:00:00').toBe(true);
}, 180_000);

test('the same movement asked for again moves nothing more', async () => {
  const idempotencyKey = newKey();
  const first = await move(staff, '2026-07-31T00:00:00Z', { idempotencyKey });
  const again = await move(staff, '2026-07-31T00:00:00Z', { idempotencyKey });
  expect(again.movement.id).toBe(first.movement.id);
  await untilMoved();
});

test('a movement that is only tried out moves nothing', async () => {
  expect(await move(staff, '2027-01-01T00:00:00Z', { dryRun: true })).toMatchObject({ userErrors: [], movement: { state: 'RUNNING' } });
  expect(await clock()).toMatchObject({ isMovable: true, isMoving: false });
  expect((await clock()).at < '2026-08-01').toBe(true);
});

test('time goes only forward, and not too far at once', async () => {
  expect(await move(staff, '2026-07-30T00:00:00Z')).toMatchObject({ userErrors: [{ code: 'CLOCK_MOVES_BACK', path: ['to'] }] });
  expect(await move(staff, '2036-08-01T00:00:00Z')).toMatchObject({ userErrors: [{ code: 'CLOCK_MOVES_TOO_FAR', path: ['to'] }] });
});

test('a buyer knows the time and does not move it', async () => {
  const { data } = await platform.ask(company.token, '{ deploymentClock { at } }');
  expect(data.deploymentClock.at).toBeTruthy();
  const { errors } = await platform.ask(company.token, MOVE, { input: { idempotencyKey: newKey(), to: '2026-09-01T00:00:00Z' } });
  expect(errors[0]!.extensions.code).toBe('FORBIDDEN');
});

test('a house that is away holds time up, is named, and finds its place when it is back', async () => {
  await platform.stopHouse('billing');
  await move(staff, '2026-08-01T00:00:00Z');
  const waiting = await eventually(async () => {
    const { movement } = await clock();
    return movement.waitsFor.length > 0 && movement;
  }, 120_000);
  expect(waiting).toMatchObject({ state: 'RUNNING', waitsFor: ['billing'] });
  expect(await move(staff, '2026-09-01T00:00:00Z')).toMatchObject({ userErrors: [{ code: 'CLOCK_IS_MOVING', retryable: true }] });
  await platform.startHouse('billing');
  await untilMoved();
  // The house hears last of all that time runs again.
  const row = await eventually(async () => {
    const [kept] = await platform.sql('billing')`select stands_at, timers_at >= '2026-08-01' as is_there from deployment_clock`;
    return kept!['stands_at'] === null && kept;
  });
  expect(row).toEqual({ stands_at: null, is_there: true });
}, 180_000);

test('in one process time moves as it does between processes', async () => {
  await platform.clock.moveTo(new Date('2026-08-20T00:00:00Z'));
  // 30 days after 15 July.
  expect((await reminders()).at(-1)).toBe('2026-08-14T06:00:00.000Z');
});
