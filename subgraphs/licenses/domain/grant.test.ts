import { idFromUuid } from '#kernel/ids';
import { isReady } from './grant';

const first = idFromUuid('subscription', '0190a1b2-c3d4-7e5f-8a6b-000000000001');
const second = idFromUuid('subscription', '0190a1b2-c3d4-7e5f-8a6b-000000000002');
const grants = [
  { subscriptionId: first, deployment: 'SAAS' },
  { subscriptionId: second, deployment: 'SELF_MANAGED' },
];

test('a request waits until each of its subscriptions has arrived', () => {
  expect([isReady(grants, new Set()), isReady(grants, new Set([first])), isReady(grants, new Set([first, second]))]).toEqual([
    false,
    false,
    true,
  ]);
});
