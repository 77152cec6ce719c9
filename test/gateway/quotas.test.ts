/** What a partner's system may ask for in a minute, and how it is told. */
import { openPlatform, type Platform } from './platform';

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform({ PARTNER_REQUESTS_PER_MINUTE: '5', PARTNER_COST_PER_MINUTE: '30' });
});
afterAll(() => platform.close());

const clientOf = async (clientId: string, role = 'PARTNER') => {
  const authorization = `Bearer ${await platform.mint({ sub: `partner:${clientId}`, roles: [role], client_id: clientId })}`;
  return (body: object) => platform.post(body, { authorization });
};
const CHEAP = { query: '{ __typename }' };
/** The numbers of a header such as `"requests";r=4;t=60`, by name. */
const leftIn = (header: string | null) =>
  Object.fromEntries([...(header ?? '').matchAll(/"(\w+)";r=(\d+);t=\d+/g)].map(([, name, left]) => [name, Number(left)]));

test('each answer tells what is left; a request too many is refused with when to come back, and nobody else is', async () => {
  const [ask, other] = [await clientOf('pcl_requests'), await clientOf('pcl_other')];
  const first = await ask(CHEAP);
  expect(first.status).toBe(200);
  expect(first.headers.get('ratelimit-policy')).toBe('"requests";q=5;w=60, "cost";q=30;w=60');
  expect(leftIn(first.headers.get('ratelimit'))).toEqual({ requests: 4, cost: 30 });
  // What is refused for another reason is a request as well.
  expect((await ask({ query: '{ nothing }' })).status).toBe(400);
  for (let n = 0; n < 3; n += 1) await ask(CHEAP);
  const tooMany = await ask(CHEAP);
  expect(tooMany).toMatchObject({
    status: 429,
    body: { errors: [{ extensions: { code: 'RATE_LIMITED', limit: { name: 'requestsPerMinute', max: 5, found: 6 } } }] },
  });
  expect(Number(tooMany.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(leftIn(tooMany.headers.get('ratelimit'))).toMatchObject({ requests: 0 });
  expect((await other(CHEAP)).status).toBe(200);
});

test('what an operation costs counts as well, and to ask for the price is free', async () => {
  const ask = await clientOf('pcl_cost');
  const dear = { query: `{ ${Array.from({ length: 20 }, (_, n) => `a${n}: whoAmI`).join(' ')} }` };
  const priced = await ask({ ...dear, extensions: { dryRun: 'cost' } });
  const { requested } = priced.body.extensions.cost;
  expect(leftIn(priced.headers.get('ratelimit'))).toEqual({ requests: 4 });
  const paid = await ask(dear);
  expect([paid.status, paid.body.extensions.cost.requested]).toEqual([200, requested]);
  expect(leftIn(paid.headers.get('ratelimit'))).toEqual({ requests: 3, cost: Math.max(0, 30 - requested) });
});

test('people are not counted, whatever client they use', async () => {
  const ask = await clientOf('purchasing-web', 'SUPPORT');
  for (let n = 0; n < 8; n += 1) expect((await ask(CHEAP)).status).toBe(200);
  expect((await ask(CHEAP)).headers.get('ratelimit')).toBeNull();
});
