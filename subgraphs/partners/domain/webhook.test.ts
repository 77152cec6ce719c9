import { eventsFrom, TRIED_FOR_MS, waitAfter } from './webhook';

test('a failed delivery is tried again with growing waits, for three days', () => {
  const waits: number[] = [];
  let sinceMs = 0;
  for (let attempts = 1; ; attempts++) {
    const wait = waitAfter(attempts, sinceMs);
    if (wait === null) break;
    waits.push(wait);
    sinceMs += wait;
  }
  expect(waits.slice(0, 4)).toEqual([5_000, 30_000, 120_000, 600_000]);
  expect(waits.every((wait, index) => wait >= (waits[index - 1] ?? 0))).toBe(true);
  expect(sinceMs).toBeLessThanOrEqual(TRIED_FOR_MS); // 72 hours
  expect(TRIED_FOR_MS - sinceMs).toBeLessThan(8 * 3_600_000);
});

test.each([[[]], [['order.unknown']]])('events %j are refused', asked =>
  expect(eventsFrom(asked)).toMatchObject({ refusal: { code: 'EVENT_UNKNOWN' } }),
);
test('events are kept once, in our order', () =>
  expect(eventsFrom(['order.error', 'order.accepted', 'order.error'])).toMatchObject({ value: ['order.accepted', 'order.error'] }));
