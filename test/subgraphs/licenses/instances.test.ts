/** Instances under their code: how many, which machine, and what happens when one leaves. */
import { INSTANCES_PER_CODE_MAX } from '../../../subgraphs/licenses/domain/instance';
import { buyerOf, instance, sales, support } from '../../support/viewers';
import { act, activate, granted, lookedAt, newId, newPurchase, openLicenses, report } from './scene';

let house: Awaited<ReturnType<typeof openLicenses>>;
beforeAll(async () => {
  house = await openLicenses();
});
afterAll(() => house.close());

const INSTANCE = 'instance { id hostname deactivatedAt deactivationCause }';
const ACTIVATION = 'activation { instancesActivated instances(first: 100) { hostname deactivationCause } }';
const deactivated = async (accountId: string) =>
  (await house.announced('InstanceDeactivated.v1')).filter(event => event.accountId === accountId).map(event => event.data);

async function instanceIdOf(purchase: ReturnType<typeof newPurchase>): Promise<string> {
  return (await lookedAt(house, purchase, 'activation { instances { id } }')).activation.instances[0].id;
}

test('a code activates twenty instances, and one more when one of them has left', async () => {
  const purchase = newPurchase();
  const code = await granted(house, purchase);
  for (let number = 1; number <= INSTANCES_PER_CODE_MAX; number++)
    expect((await activate(house, code, `machine-${number}`)).code).toBeNull();
  expect(await activate(house, code, 'one-more')).toMatchObject({ code: 'TOO_MANY_INSTANCES', license: null });
  expect((await activate(house, code, 'machine-7')).code).toBeNull(); // it is one of the twenty
  await act(house, buyerOf(purchase.accountId), 'deactivateInstance', { instanceId: await instanceIdOf(purchase) }, INSTANCE);
  expect((await activate(house, code, 'one-more')).code).toBeNull();
  expect((await lookedAt(house, purchase, ACTIVATION)).activation.instancesActivated).toBe(20);
});

test('a new machine takes over from the old one, even when the code has no room', async () => {
  const purchase = newPurchase();
  const code = await granted(house, purchase);
  await activate(house, code, 'old-machine', { hostname: 'old' });
  const { license, code: refusal } = await activate(house, code, 'new-machine', { hostname: 'new', replacesInstanceId: 'old-machine' });
  expect(refusal).toBeNull();
  const { instancesActivated, instances } = (await lookedAt(house, purchase, ACTIVATION)).activation;
  expect(instancesActivated).toBe(1);
  // Both came at one moment of the standing clock, so either may be listed first.
  expect(instances).toHaveLength(2);
  expect(instances).toContainEqual({ hostname: 'new', deactivationCause: null });
  expect(instances).toContainEqual({ hostname: 'old', deactivationCause: 'MOVED' });
  expect((await report(house, license.id, {}, 'old-machine')).code).toBe('INSTANCE_DEACTIVATED');
});

test('an instance that activates with another code of its owner has left the first one', async () => {
  const first = newPurchase();
  const second = newPurchase(first.accountId);
  await activate(house, await granted(house, first), 'wanderer');
  await activate(house, await granted(house, second), 'wanderer');
  expect((await lookedAt(house, first, ACTIVATION)).activation.instancesActivated).toBe(0);
  expect((await lookedAt(house, second, ACTIVATION)).activation.instancesActivated).toBe(1);
  expect(await deactivated(first.accountId)).toEqual([expect.objectContaining({ cause: 'MOVED' })]);
});

test("another owner's instance of the same name stays where it is", async () => {
  const [one, another] = [newPurchase(), newPurchase()];
  await activate(house, await granted(house, one), 'namesake');
  await activate(house, await granted(house, another), 'namesake');
  expect((await lookedAt(house, one, ACTIVATION)).activation.instancesActivated).toBe(1);
});

test('a deactivated instance is refused at its next sync, and comes back with its code as the same instance', async () => {
  const purchase = newPurchase();
  const code = await granted(house, purchase);
  const { license } = await activate(house, code);
  const instanceId = await instanceIdOf(purchase);
  const answer = await act(house, instance('instance-1'), 'deactivateInstance', { instanceId }, INSTANCE);
  expect(answer.instance).toMatchObject({ id: instanceId, deactivatedAt: '2026-06-15T12:00:00.000Z', deactivationCause: 'ITSELF' });
  expect((await report(house, license.id)).code).toBe('INSTANCE_DEACTIVATED');
  expect((await activate(house, code)).license.id).toBe(license.id);
  expect(await instanceIdOf(purchase)).toBe(instanceId);
  expect((await report(house, license.id)).code).toBeNull();
});

test('support deactivates with a reason, which goes into the audit trail, and twice is once', async () => {
  const purchase = newPurchase();
  await activate(house, await granted(house, purchase));
  const instanceId = await instanceIdOf(purchase);
  expect((await act(house, support, 'deactivateInstance', { instanceId }, INSTANCE)).code).toBe('REASON_INVALID');
  await act(house, support, 'deactivateInstance', { instanceId, reason: 'The machine is gone.' }, INSTANCE);
  await act(house, support, 'deactivateInstance', { instanceId, reason: 'Once more.' }, INSTANCE);
  expect(await deactivated(purchase.accountId)).toEqual([expect.objectContaining({ instanceId, cause: 'SUPPORT' })]);
  const acts = (await house.announced('SupportActed.v1')).filter(event => event.subject === instanceId).map(event => event.data);
  expect(acts[0]).toMatchObject({ act: 'INSTANCE_DEACTIVATED', actor: support.subject, reason: 'The machine is gone.' });
});

test('a dry run deactivates nothing', async () => {
  const purchase = newPurchase();
  await activate(house, await granted(house, purchase));
  const input = { instanceId: await instanceIdOf(purchase), dryRun: true };
  const { instance: shown } = await act(house, buyerOf(purchase.accountId), 'deactivateInstance', input, INSTANCE);
  expect(shown.deactivationCause).toBe('OWNER');
  expect((await lookedAt(house, purchase, ACTIVATION)).activation.instancesActivated).toBe(1);
});

test("a stranger's instance is as good as none", async () => {
  const purchase = newPurchase();
  await activate(house, await granted(house, purchase));
  const input = { instanceId: await instanceIdOf(purchase) };
  expect((await act(house, buyerOf(newId('account')), 'deactivateInstance', input, INSTANCE)).code).toBe('INSTANCE_NOT_FOUND');
  expect((await act(house, instance('instance-2'), 'deactivateInstance', input, INSTANCE)).code).toBe('INSTANCE_NOT_FOUND');
  expect((await act(house, sales, 'deactivateInstance', input, INSTANCE)).code).toBe('FORBIDDEN');
  expect((await act(house, support, 'deactivateInstance', { instanceId: 'ins_' }, INSTANCE)).code).toBe('INSTANCE_NOT_FOUND');
});

test('an instance whose clock is wrong by more than a day is told to set it', async () => {
  const code = await granted(house, newPurchase());
  expect((await activate(house, code, 'late', { clock: '2026-06-14T12:00:00Z' })).code).toBeNull();
  const refused = await activate(house, code, 'too-late', { clock: '2026-06-14T11:00:00Z' });
  expect(refused.userErrors).toEqual([expect.objectContaining({ code: 'CLOCK_SKEW', path: ['clock'], retryable: true })]);
});
