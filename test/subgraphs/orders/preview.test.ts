/** P9: what a preview shows is what the order then is, to the cent, whatever is bought. */
import fc from 'fast-check';
import { addDays, day } from '../../../kernel/time';
import type { TestHouse } from '../../support/house';
import { acmeBuyer, BUY, newKey, openOrders, payload, premium, preview, progress, purchase, seats } from './scene';

let house: TestHouse;
beforeAll(async () => {
  house = await openOrders();
});
afterAll(() => house.close());

const today = day('2026-06-15');
const quantity = fc.integer({ min: 1, max: 5_000 });
const action = fc.oneof(
  fc
    .record({
      sku: fc.constantFrom('premium-saas', 'ultimate-saas', 'ultimate-self-managed'),
      quantity,
      termMonths: fc.integer({ min: 1, max: 60 }),
      startsOn: fc.integer({ min: -30, max: 365 }).map(days => addDays(today, days)),
    })
    .map(premium),
  fc.tuple(quantity, fc.integer({ min: -30, max: 176 })).map(([count, days]) => seats(count, { effectiveOn: addDays(today, days) })),
  fc.record({ sku: fc.constantFrom('code-assistant', 'compute-1000', 'storage-10gb'), quantity }).map(product => ({
    addProduct: { subscriptionName: 'A-S00000001', ...product },
  })),
);

test('what is previewed is what is ordered', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 8 }), async actions => {
      const shown = await preview(house, actions);
      expect(shown.userErrors).toEqual([]);
      const variables = purchase(actions, { idempotencyKey: newKey(), expectedTotal: shown.total });
      const { order, userErrors } = payload(await house.run(acmeBuyer, BUY, variables), 'placeOrder');
      expect(userErrors).toEqual([]);
      expect(order.total).toEqual(shown.total);
      const lines = shown.lines.map((line: Record<string, unknown>) => ({
        sku: line.sku,
        quantity: line.quantity,
        days: line.days,
        amount: { amount: (line.amount as { amount: string }).amount },
        working: line.working,
      }));
      expect((await progress(house, order.id)).lines).toEqual(lines);
    }),
    { seed: 20260615, numRuns: 30 },
  );
});
