/** A house that is slow, hangs or breaks off, as the network shows it: through a door that holds, cuts and delays bytes. */
import { openPlatform, type Platform } from './platform';
import { openTroubledDoor, type Trouble, type TroubledDoor } from './troubled-door';

const MIXED = '{ billingAccounts { id name orders { id } } order(id: 1) { id } }';
const UNRELATED = '{ billingAccounts { name } }';

let door: TroubledDoor;
let platform: Platform;
let ask: Awaited<ReturnType<Platform['as']>>;
beforeAll(async () => {
  door = await openTroubledDoor(() => platform.orders.url);
  platform = await openPlatform({}, { orders: door.url });
  ask = await platform.as({ roles: ['BUYER'] });
});
afterAll(async () => {
  await platform.close();
  await door.close();
});
beforeEach(() => {
  platform.orders.seen.length = 0;
});
afterEach(() => {
  door.trouble = 'none';
  door.release();
});

const NAMES = [1, 2, 3].map(n => ({ id: `acc_${n}`, name: `Account ${n}`, orders: null }));
const ERROR_PATHS = ['billingAccounts.0.orders', 'billingAccounts.1.orders', 'billingAccounts.2.orders', 'order'];
const pathsOf = (errors: readonly { path: readonly unknown[]; extensions: object }[]) => errors.map(({ path }) => path.join('.')).sort();

test.each<Trouble>(['holds', 'resets', 'refuses', 'trickles'])(
  'a house that %s loses its own fields, each with its path; the others answer, and it is itself again afterwards',
  async trouble => {
    expect((await ask(MIXED)).body.errors).toBeUndefined();
    door.trouble = trouble;
    const { status, body } = await ask(MIXED);
    expect([status, body.data]).toEqual([200, { billingAccounts: NAMES, order: null }]);
    expect(pathsOf(body.errors)).toEqual(ERROR_PATHS);
    for (const { extensions } of body.errors)
      expect(extensions).toMatchObject({ code: 'HOUSE_UNAVAILABLE', house: 'orders', retryable: true });
    door.trouble = 'none';
    door.release();
    expect((await ask(MIXED)).body).toMatchObject({ data: { order: { id: '1' } } });
  },
);

test('who asks nothing of a house that hangs does not wait for it', async () => {
  door.trouble = 'holds';
  let isAnswered = false;
  const waiting = ask(MIXED).then(answer => {
    isAnswered = true;
    return answer;
  });
  while (platform.orders.seen.length === 0) await new Promise(resume => setTimeout(resume, 1));
  expect((await ask(UNRELATED)).body.errors).toBeUndefined();
  expect(isAnswered).toBe(false);
  expect(pathsOf((await waiting).body.errors)).toEqual(ERROR_PATHS);
});

test('a house that is only slow is waited for', async () => {
  door.trouble = 'delays';
  const { body } = await ask(MIXED);
  expect(body.errors).toBeUndefined();
  expect(body.data.order).toEqual({ id: '1' });
});

test('a read whose answer broke off is asked once more, a change is not', async () => {
  door.trouble = 'resets once';
  expect((await ask('{ order(id: 1) { id } }')).body).toMatchObject({ data: { order: { id: '1' } } });
  expect(platform.orders.seen).toHaveLength(2);
  platform.orders.seen.length = 0;
  door.trouble = 'resets once';
  const { body } = await ask('mutation { addSeats(quantity: 1) { id } }');
  expect(body.data).toEqual({ addSeats: null });
  expect(pathsOf(body.errors)).toEqual(['addSeats']);
  expect(platform.orders.seen).toHaveLength(1);
});
