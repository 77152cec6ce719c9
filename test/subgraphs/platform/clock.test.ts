/** The house that owns the deployment's clock, alone. */
import { openHouse } from '../../../kernel/house';
import { silentLog } from '../../../kernel/log';
import { wallClock } from '../../../kernel/time';
import { platform } from '../../../subgraphs/platform/server';
import { freshDatabase } from '../../support/cluster';
import { ask, HOP_SECRET, openTestHouse, type TestHouse } from '../../support/house';
import { analyst, operator } from '../../support/viewers';

const MOVE = 'mutation ($input: MoveClockInput!) { moveClock(input: $input) { movement { state } userErrors { code } } }';
const input = (to: string) => ({ input: { idempotencyKey: to, to } });

test('where the clock on the wall is the only one, nobody moves time', async () => {
  const database = await freshDatabase('platform');
  const house = await openHouse(platform, {
    environment: 'test',
    variables: {},
    databaseUrl: database.url,
    port: 0,
    hopSecrets: [HOP_SECRET],
    neighbours: () => ({}),
    clock: wallClock,
    log: silentLog,
    isAtWork: false,
  });
  const { data } = await ask(house.url, 'platform', operator, { query: MOVE, variables: input('2099-01-01T00:00:00Z') });
  expect(data.moveClock).toEqual({ movement: null, userErrors: [{ code: 'CLOCK_NOT_MOVABLE' }] });
  expect((await ask(house.url, 'platform', operator, { query: '{ deploymentClock { isMovable movement { id } } }' })).data).toEqual({
    deploymentClock: { isMovable: false, movement: null },
  });
  await house.close();
  await database.drop();
});

describe('where time can be moved', () => {
  let house: TestHouse;
  beforeEach(async () => {
    house = await openTestHouse(platform);
  });
  afterEach(() => house.close());

  test('staff begin a movement, and the neighbours are told that time stands', async () => {
    const { data } = await house.run(operator, MOVE, input('2026-07-01T00:00:00Z'));
    expect(data.moveClock).toEqual({ movement: { state: 'RUNNING' }, userErrors: [] });
    expect((await house.announced('ClockMoved.v1')).map(event => event.data)).toMatchObject([
      { number: 2, standsAt: '2026-06-15T12:00:00.000Z' },
    ]);
    expect((await house.run(operator, MOVE, input('2026-08-01T00:00:00Z'))).data.moveClock.userErrors).toEqual([
      { code: 'CLOCK_IS_MOVING' },
    ]);
  });

  test('analysts do not move time', async () => {
    const { errors } = await house.run(analyst, MOVE, input('2026-07-01T00:00:00Z'));
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
