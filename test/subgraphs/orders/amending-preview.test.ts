/** P9: what a preview shows of an amendment is what the order then is, to the cent, and what is refused is refused alike. */
import fc from 'fast-check';
import { addDays, day } from '../../../kernel/time';
import type { TestHouse } from '../../support/house';
import { dayComes } from './amending-scene';
import { acmeBuyer, aId, BUY, newKey, openOrders, payload, preview, progress, purchase, versionEvent } from './scene';

let house: TestHouse;
beforeAll(async () => {
  house = await openOrders();
});
afterAll(() => house.close());

const END = day('2026-12-09');
const quantity = fc.option(fc.integer({ min: 1, max: 40 }));
const sku = fc.constantFrom('premium-saas', 'premium-self-managed', 'ultimate-saas', 'ultimate-self-managed');
const amendment = fc.oneof(
  fc.record({ quantity, termMonths: fc.integer({ min: 1, max: 60 }) }).map(renew => ({ renew })),
  fc.record({ sku, quantity }).map(changePlan => ({ changePlan })),
  fc.record({ refund: fc.boolean() }).map(cancel => ({ cancel })),
  fc.constant({ removeProduct: { sku: 'code-assistant' } }),
);
/** Seats of two purchases, and an add-on: a year until 9 December 2026. */
const charges = (first: number, second: number, addedOn: number) => {
  const [base] = versionEvent(1).data.charges;
  return [
    { ...base!, quantity: first },
    { ...base!, chargeId: aId('charge', 2), quantity: second, startsOn: addDays(base!.startsOn, addedOn) },
    { ...base!, chargeId: aId('charge', 3), sku: 'code-assistant', kind: 'ADD_ON', quantity: 2 },
  ];
};
const scene = fc.record({
  amendment,
  daysBeforeEnd: fc.integer({ min: -20, max: 330 }),
  first: fc.integer({ min: 1, max: 30 }),
  second: fc.integer({ min: 1, max: 30 }),
  addedOn: fc.integer({ min: 1, max: 34 }),
});

interface Shown {
  readonly sku: string;
  readonly quantity: number;
  readonly days: number | null;
  readonly amount: { readonly amount: string };
  readonly working: string;
}

const namedOn = (action: object, subscriptionName: string) =>
  Object.fromEntries(Object.entries(action).map(([kind, input]) => [kind, { ...input, subscriptionName }]));
const minorOf = (amount: string) => Number(amount.replace('.', ''));

test('what is previewed of an amendment is what is ordered, and a credit never exceeds what the subscription cost', async () => {
  let number = 10;
  await fc.assert(
    fc.asyncProperty(scene, async ({ amendment: action, daysBeforeEnd, first, second, addedOn }) => {
      const name = `A-S000000${++number}`;
      dayComes(house, addDays(END, -daysBeforeEnd));
      await house.receive('subscriptions', versionEvent(number, { name, charges: charges(first, second, addedOn) }));
      const actions = [namedOn(action, name)];
      const shown = await preview(house, actions);
      const variables = purchase(actions, { idempotencyKey: newKey(), ...(shown.total && { expectedTotal: shown.total }) });
      const { order, userErrors } = payload(await house.run(acmeBuyer, BUY, variables), 'placeOrder');
      expect(userErrors).toEqual(shown.userErrors);
      if (!order) return;
      expect(order.total).toEqual(shown.total);
      const lines = shown.lines.map(({ sku: of, quantity: units, days, amount: { amount }, working }: Shown) => ({
        sku: of,
        quantity: units,
        days,
        amount: { amount },
        working,
      }));
      expect((await progress(house, order.id)).lines).toEqual(lines);
      const credited = lines
        .filter((line: Shown) => minorOf(line.amount.amount) < 0)
        .reduce((sum: number, line: Shown) => sum - minorOf(line.amount.amount), 0);
      expect(credited).toBeLessThanOrEqual((first + second + 2) * 22_800); // each seat and add-on cost at most $228
    }),
    { seed: 20260615, numRuns: 60 },
  );
}, 120_000);
