/** T1: users above the seats of the term that ends are charged with its renewal, once and for a whole year. */
import { day } from '../../../kernel/time';
import type { SubscriptionVersionCreated } from '../../../subgraphs/subscriptions/events/published';
import type { TestHouse } from '../../support/house';
import { cancel, carryOut, dayComes, planned, renew } from './amending-scene';
import { acme, aId, openOrders, preview, versionEvent } from './scene';

let house: TestHouse;
beforeEach(async () => {
  house = await openOrders();
  dayComes(house, '2026-12-01');
});
afterEach(() => house.close());

const NAME = 'A-S00000001';
const renewal = { renew: { subscriptionName: NAME } };
const counted = (usersMax: number, isReconciled = false, termStartsOn = '2025-12-09') => ({
  type: 'TermCounted.v1',
  accountId: acme,
  data: { accountId: acme, subscriptionId: aId('subscription', 1), termStartsOn: day(termStartsOn), usersMax, isReconciled },
});
/** 100 seats that were sold at $100, below today's list. */
const hundred = (change: Partial<SubscriptionVersionCreated> = {}) => {
  const [charge] = versionEvent(1).data.charges;
  return versionEvent(1, {
    version: 2,
    charges: [{ ...charge!, quantity: 100, unitPrice: { amount: '100.00', currency: 'USD' } }],
    ...change,
  });
};

test('100 seats at $100 with 120 users at most are trued up by $2,000, as a line of its own beside the renewal', async () => {
  await house.receive('subscriptions', hundred(), counted(110), counted(120));
  const shown = await preview(house, [renewal]);
  expect(shown.lines).toMatchObject([
    { description: 'Premium SaaS, renewal', quantity: 100, amount: { amount: '22800.00' } },
    {
      description: 'Premium SaaS, true-up of the last term',
      quantity: 20,
      unitPrice: { amount: '100.00' },
      amount: { amount: '2000.00' },
      working: '120 users at most − 100 seats: 20 seats × $100.00 = $2,000.00',
    },
  ]);
  expect(shown.total.amount).toBe('24800.00');
  expect(shown.changes).toContainEqual({
    kind: 'TRUE_UP_CHARGED',
    subject: NAME,
    field: 'trueUp',
    before: null,
    after: '20 seats: $2,000.00',
  });

  const { order } = await renew(house, NAME);
  expect(order.total.amount).toBe('24800.00');
  // It grants no seat and is no charge of the new term, so it is in no recurring revenue: 100 seats × $228.
  expect((await planned(house)).changes).toMatchObject([{ kind: 'RENEW', charges: [{ quantity: 100, model: 'RECURRING' }] }]);
  expect((await planned(house)).changes[0]!.charges).toHaveLength(1);
  const lines =
    await house.sql`select model, amount_minor::text, period_starts_on::text as starts, period_ends_on::text as ends from order_lines order by position`;
  expect(lines.map(line => ({ ...line }))).toEqual([
    { model: 'RECURRING', amount_minor: '2280000', starts: '2026-12-09', ends: '2027-12-09' },
    { model: 'ONE_TIME', amount_minor: '200000', starts: '2025-12-09', ends: '2026-12-09' },
  ]);
});

test('a term that was reconciled quarter by quarter is not trued up, and nor is one without users above its seats', async () => {
  await house.receive('subscriptions', hundred(), counted(120, true));
  expect((await preview(house, [renewal])).lines).toHaveLength(1);
  await house.receive('subscriptions', counted(100));
  expect((await preview(house, [renewal])).lines).toHaveLength(1);
});

test('a new term resets the most users: those of the term before are not trued up again', async () => {
  await house.receive('subscriptions', hundred(), counted(150, false, '2024-12-09'));
  expect((await preview(house, [renewal])).lines).toHaveLength(1);
});

test('nothing but a renewal is trued up', async () => {
  dayComes(house, '2026-06-15');
  await house.receive('subscriptions', hundred(), counted(120));
  const { lines } = await preview(house, [{ addSeats: { subscriptionName: NAME, quantity: 5 } }]);
  expect(lines).toHaveLength(1);
});

test('a renewal that is refunded gives back its own price, and not what was trued up', async () => {
  await house.receive('subscriptions', hundred(), counted(120));
  await renew(house, NAME);
  const renewed = (await planned(house)).changes[0]!;
  await carryOut(house, 'InvoiceRequested.v1');
  dayComes(house, '2026-12-20');
  const charges = renewed.charges as SubscriptionVersionCreated['charges'];
  await house.receive('subscriptions', hundred({ version: 3, term: { ...renewed.term, kind: 'RENEWAL' }, charges }));
  const { order } = await cancel(house, NAME, { refund: true });
  expect(order.total.amount).toBe('-22800.00'); // 100 × $228; the true-up of $2,000 stays
});
