/** What the gateway tells those who look after it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { openPlatform, type Platform } from './platform';

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
});
afterAll(() => platform.close());

const metrics = async () => (await platform.send('/metrics')).body;
const count = async (pattern: RegExp) => Number(pattern.exec(await metrics())?.[1] ?? 0);

test('requests are counted and timed by operation, and only names of our own documents become labels', async () => {
  await platform.post({ query: 'query MyPurchases { whoAmI }' });
  for (let n = 0; n < 5; n += 1) await platform.post({ query: `query Invented${n} { whoAmI }` });
  await platform.post({ query: '{ whoAmI }' });
  await platform.post({ query: '{' });
  const text = await metrics();
  expect(text).not.toContain('Invented');
  for (const [operation, outcome, times] of [
    ['MyPurchases', 'answered', 1],
    ['other', 'answered', 5],
    ['unnamed', 'answered', 1],
    ['refused', 'refused', 1],
  ]) {
    expect(text).toContain(`gateway_request_seconds_count{operation="${operation}",outcome="${outcome}"} ${times}`);
  }
  expect(text).toContain('gateway_refusals_total{code="GRAPHQL_PARSE_FAILED"} 1');
  expect(text).toContain('gateway_requests_running 0');
});

test('calls to houses are counted by what came of them', async () => {
  const answered = /gateway_house_seconds_count\{[^}]*house="orders"[^}]*outcome="answered"[^}]*\} (\d+)/;
  const late = /gateway_house_seconds_count\{[^}]*house="orders"[^}]*outcome="deadline"[^}]*\} (\d+)/;
  const before = [await count(answered), await count(late)];
  await platform.post({ query: '{ order(id: 1) { id } }' });
  platform.orders.mood = 'hangs';
  await platform.post({ query: '{ order(id: 1) { state } }' });
  platform.orders.mood = 'up';
  expect([await count(answered), await count(late)]).toEqual([before[0]! + 1, before[1]! + 1]);
});

test('plans that were there and reads that were shared are counted, and every house has its queue', async () => {
  const hits = /gateway_plan_lookups_total\{outcome="hit"\} (\d+)/;
  const misses = /gateway_plan_lookups_total\{outcome="miss"\} (\d+)/;
  const [flown, shared] = [/gateway_reads_total\{outcome="flown"\} (\d+)/, /gateway_reads_total\{outcome="shared"\} (\d+)/];
  const numbers = async () => Promise.all([hits, misses, flown, shared].map(count));
  const before = await numbers();
  const query = 'query Counted { order(id: 77) { id state } }';
  platform.orders.mood = 'hangs';
  const together = Promise.all([1, 2, 3].map(() => platform.post({ query })));
  // The first brought the plan, or waited for it with the others; whichever it was, one of them flew.
  await together;
  platform.orders.mood = 'up';
  await platform.post({ query });
  const after = await numbers();
  const [hit, missed, flew, rode] = after.map((value, at) => value - before[at]!);
  expect(hit! + missed!).toBe(4);
  expect(missed).toBeGreaterThanOrEqual(1);
  expect(flew! + rode!).toBe(4);
  expect(rode).toBeGreaterThanOrEqual(1);
  const text = await metrics();
  expect(text).toMatch(/gateway_documents_kept [1-9]/);
  expect(text).toContain('gateway_plans_waiting 0');
  for (const house of ['customers', 'orders', 'partners']) expect(text).toContain(`gateway_house_calls_queued{house="${house}"} 0`);
});

test('a supergraph that is declined is counted', async () => {
  const good = readFileSync(platform.supergraphPath, 'utf8');
  writeFileSync(platform.supergraphPath, 'type Query { broken');
  await platform.gateway.rereadSupergraph();
  expect(await count(/gateway_supergraph_files_total\{outcome="declined"\} (\d+)/)).toBeGreaterThan(0);
  writeFileSync(platform.supergraphPath, good);
});

test('numbers are not for who stands behind a proxy', async () => {
  expect((await platform.send('/metrics', { headers: { 'x-forwarded-for': '203.0.113.7' } })).status).toBe(404);
});

test('a trace goes from the client through the gateway to the house', async () => {
  const traceparent = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;
  await platform.post({ query: '{ order(id: 1) { id billingAccount { name } } }' }, { traceparent });
  for (const house of [platform.orders, platform.customers])
    expect(house.seen.at(-1)?.traceparent).toMatch(/^00-(ab){16}-[0-9a-f]{16}-01$/);
  await platform.post({ query: '{ order(id: 1) { id } }' }, { traceparent: 'nonsense' });
  expect(platform.orders.seen.at(-1)?.traceparent).toBeUndefined();
});

test('those who look after the graph see how an answer came to be; others do not', async () => {
  const headers = async (role: string) => ({
    authorization: `Bearer ${await platform.mint({ sub: 'usr_1', roles: [role] })}`,
    traceparent: `00-${'12'.repeat(16)}-${'34'.repeat(8)}-01`,
  });
  const question = { query: '{ order(id: 1) { id billingAccount { name } } }', extensions: { trace: true, plan: true } };
  const { body } = await platform.post(question, await headers('SUPPORT'));
  expect(body.data).toEqual({ order: { id: '1', billingAccount: { name: 'Account acc_1' } } });
  expect(body.extensions.trace.traceId).toBe('12'.repeat(16));
  expect(body.extensions.trace.calls.map(({ house, outcome }: { house: string; outcome: string }) => [house, outcome])).toEqual([
    ['orders', 'answered'],
    ['customers', 'answered'],
  ]);
  expect(body.extensions).toHaveProperty('plan');
  expect(Object.keys((await platform.post(question, await headers('BUYER'))).body.extensions)).toEqual(['cost']);
});
