import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signerOf } from '../../../subgraphs/licenses/ports/signer';
import { liveKeysOf } from '../../../subgraphs/licenses/ports/signing-keys';
import { buyerOf, instance, partner, support } from '../../support/viewers';
import {
  accountChanged,
  activate,
  codeOf,
  granted,
  keys,
  licenseRequested,
  newId,
  newPurchase,
  openLicenses,
  representing,
  SUBSCRIPTION,
  versionCreated,
} from './scene';

let house: Awaited<ReturnType<typeof openLicenses>>;
beforeAll(async () => {
  house = await openLicenses();
});
afterAll(() => house.close());

const signer = signerOf(liveKeysOf(keys));
const licensesOf = async (subscriptionId: string) =>
  (await house.run(support, SUBSCRIPTION, representing(subscriptionId))).data._entities[0].licenses;

test('an instance exchanges its code for a licence that says what was bought', async () => {
  const purchase = newPurchase();
  const code = await granted(house, purchase, { seats: [10, 5] });
  const { license, code: refusal } = await activate(house, code);
  expect(refusal).toBeNull();
  expect(license).toMatchObject({ plan: 'ULTIMATE', seats: 15, startsOn: '2026-01-01', expiresOn: '2027-01-01' });
  expect(signer.verify(license.key)).toEqual({
    licenseId: license.id,
    kind: 'ONLINE_CLOUD',
    graceDays: 14,
    plan: 'ULTIMATE',
    seats: 15, // 10 + 5
    startsOn: '2026-01-01',
    expiresOn: '2027-01-01',
    issuedAt: new Date('2026-06-15T12:00:00.000Z'),
    subscriptionName: `A-S${purchase.subscriptionId.slice(-8)}`,
    companyName: 'Acme Holding',
  });
  expect(await licensesOf(purchase.subscriptionId)).toEqual([
    expect.objectContaining({ kind: 'ONLINE_CLOUD', status: 'CURRENT', generatedFrom: 'ACTIVATION' }),
  ]);
  const announced = (await house.announced()).filter(event => event.accountId === purchase.accountId).map(event => event.type);
  expect(announced).toEqual(['LicensesGranted.v1', 'LicenseIssued.v1', 'InstanceActivated.v1']);
});

test('a licence verifies outside of the house, with the public keys and plain Node alone', async () => {
  const { license } = await activate(house, await granted(house, newPurchase()));
  const published = await fetch(`${house.url}/.well-known/license-keys`);
  expect(published.status).toBe(200);
  const directory = mkdtempSync(join(tmpdir(), 'verify-'));
  writeFileSync(join(directory, 'keys.json'), await published.text());
  writeFileSync(join(directory, 'license.txt'), `${license.key}\n`);
  const verify = (text: string) =>
    execFileSync(process.execPath, ['scripts/verify-license.mjs', '--keys', join(directory, 'keys.json'), '--license', text], {
      stdio: 'pipe',
    }).toString();
  expect(JSON.parse(verify(join(directory, 'license.txt')))).toMatchObject({
    licenseId: license.id,
    seats: 10,
    companyName: 'Acme Holding',
  });
  const altered = license.key[60] === 'A' ? 'B' : 'A';
  expect(() => verify(`${license.key.slice(0, 60)}${altered}${license.key.slice(61)}`)).toThrow('The signature does not hold.');
});

test('1,000 licences, each with one sign changed, all fail to verify', async () => {
  const { license } = await activate(house, await granted(house, newPurchase()));
  const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const passed = Array.from({ length: 1000 }, (_, round) => {
    const place = round % license.key.length;
    const old = signs.indexOf(license.key[place]);
    const sign = signs.charAt((old + 1 + ((round * 7) % 63)) % 64);
    return `${license.key.slice(0, place)}${sign}${license.key.slice(place + 1)}`;
  }).filter(changed => changed === license.key || signer.verify(changed) !== null);
  expect(passed).toEqual([]);
  expect(
    ['', license.key.slice(1), `${license.key}A`, `${license.key}=`, ` ${license.key}`, license.key.toUpperCase()].map(signer.verify),
  ).toEqual(Array(6).fill(null));
});

test('an instance that activates again is the same instance with the same licence', async () => {
  const purchase = newPurchase();
  const code = await granted(house, purchase);
  const first = await activate(house, code);
  const second = await activate(house, ` ${code.toLowerCase().replace(/(.{6})/g, '$1-')}`, 'instance-1', { version: '18.5.0' });
  expect(second.license).toEqual(first.license);
  const { data } = await house.run(support, SUBSCRIPTION, representing(purchase.subscriptionId));
  expect(data._entities[0].activation).toMatchObject({ instancesActivated: 1, instances: [{ version: '18.5.0', lastSyncAt: null }] });
});

test('one code activates several instances, at once too, and they share the licence', async () => {
  const purchase = newPurchase();
  const code = await granted(house, purchase);
  const answers = await Promise.all(['a', 'b', 'c', 'a', 'b', 'c'].map(identifier => activate(house, code, identifier)));
  expect(new Set(answers.map(answer => answer.license.id)).size).toBe(1);
  const { data } = await house.run(support, SUBSCRIPTION, representing(purchase.subscriptionId));
  expect(data._entities[0].activation.instancesActivated).toBe(3);
});

test('the same key again gets the same answer, and with another code it is refused', async () => {
  const code = await granted(house, newPurchase());
  const again = { idempotencyKey: 'the same' };
  const first = await activate(house, code, 'instance-7', again);
  expect((await activate(house, code, 'instance-7', again)).license).toEqual(first.license);
  expect((await activate(house, 'A'.repeat(24), 'instance-7', again)).code).toBe('IDEMPOTENCY_KEY_REUSED');
});

test('unknown, malformed, empty and overlong codes get one and the same answer', async () => {
  const answers = await Promise.all(
    ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abc', '', "' or 1=1 --", 'x'.repeat(100_000)].map(code => activate(house, code)),
  );
  expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]).toMatchObject({ code: 'ACTIVATION_CODE_UNKNOWN', license: null });
});

test.each([
  [{ status: 'CANCELLED' }, 'SUBSCRIPTION_CANCELLED'],
  [{ status: 'SUSPENDED' }, 'SUBSCRIPTION_SUSPENDED'],
  [{ startsOn: '2025-01-01', endsOn: '2026-01-01' }, 'SUBSCRIPTION_EXPIRED'],
  [{ startsOn: '2026-07-01', endsOn: '2027-07-01' }, 'SUBSCRIPTION_NOT_STARTED'],
])('a subscription with %j is not activated: %s', async (told, refusal) => {
  const purchase = newPurchase();
  const answer = await activate(house, await granted(house, purchase, told));
  expect([answer.code, answer.license, await licensesOf(purchase.subscriptionId)]).toEqual([refusal, null, []]);
});

test('a code of a subscription that has moved to SaaS is of the wrong product', async () => {
  const purchase = newPurchase();
  const code = await granted(house, purchase);
  await house.receive('subscriptions', versionCreated(purchase, { version: 2, deployment: 'SAAS' }));
  expect((await activate(house, code)).code).toBe('WRONG_PRODUCT');
});

test('an activation before the account is known may be tried again', async () => {
  const purchase = newPurchase();
  await house.receive('subscriptions', versionCreated(purchase));
  const code = await grantedWithoutAccount(purchase);
  expect((await activate(house, code)).userErrors).toEqual([expect.objectContaining({ code: 'CONFLICT', retryable: true })]);
  await house.receive('customers', accountChanged(purchase));
  expect((await activate(house, code)).code).toBeNull();
});

test('an instance hears of what its owner has bought for later', async () => {
  const purchase = newPurchase();
  const code = await granted(house, purchase);
  await house.receive(
    'subscriptions',
    versionCreated(newPurchase(purchase.accountId), { tier: 'PREMIUM', startsOn: '2027-01-01', endsOn: '2028-01-01' }),
  );
  await house.receive('subscriptions', versionCreated(newPurchase(), { startsOn: '2027-01-01', endsOn: '2028-01-01' }));
  expect((await activate(house, code)).futureSubscriptions).toEqual([{ plan: 'PREMIUM', startsOn: '2027-01-01' }]);
});

test('an instance speaks for itself only', async () => {
  const code = await granted(house, newPurchase());
  expect((await activate(house, code, 'instance-1', { instanceId: 'instance-2' })).code).toBe('NOT_PERMITTED');
});

test.each([
  ['a buyer', buyerOf(newId('account'))],
  ['support', support],
  ['a partner', partner(newId('partner'), 'marketplace.order:create')],
])('%s activates no instance', async (_, viewer) => {
  const input = { idempotencyKey: 'k', activationCode: 'A'.repeat(24), instanceId: 'i', hostname: 'h', version: 'v' };
  const document = 'mutation ($input: ActivateInstanceInput!) { activateInstance(input: $input) { license { id } } }';
  const { data, errors } = await house.run(viewer, document, { input });
  expect([data.activateInstance, errors?.[0]?.extensions.code]).toEqual([null, 'FORBIDDEN']);
});

test('an unnamed instance is told which name is missing', async () => {
  const code = await granted(house, newPurchase());
  const { userErrors } = await activate(house, code, 'instance-1', { hostname: '' });
  expect(userErrors).toEqual([expect.objectContaining({ code: 'INPUT_INVALID', path: ['hostname'] })]);
});

test('an instance reads its licence, and nothing about the people behind it', async () => {
  const purchase = newPurchase();
  const code = await granted(house, purchase);
  const input = { idempotencyKey: 'curious', activationCode: code, instanceId: 'curious', hostname: 'h', version: 'v' };
  const document =
    'mutation ($input: ActivateInstanceInput!) { activateInstance(input: $input) { license { key deliveries { recipient } } } }';
  const { data } = await house.run(instance('curious'), document, { input });
  expect(data.activateInstance.license).toEqual({ key: expect.any(String), deliveries: [] });
  expect((await house.run(instance('curious'), SUBSCRIPTION, representing(purchase.subscriptionId))).data._entities).toEqual([null]);
});

async function grantedWithoutAccount(purchase: ReturnType<typeof newPurchase>): Promise<string> {
  await house.receive('orders', licenseRequested(purchase));
  return codeOf(house, purchase);
}
