/** L9: a cancellation delivers a licence that has expired, at once, and older ones never come back. */
import { support } from '../../support/viewers';
import { act, activate, granted, lookedAt, newPurchase, openLicenses, type Purchase, report, versionCreated } from './scene';

let house: Awaited<ReturnType<typeof openLicenses>>;
beforeAll(async () => {
  house = await openLicenses();
});
afterAll(() => house.close());

const STANDING = 'licenses { id kind status expiresOn generatedFrom } deliveries { purpose status subject }';

async function cancelled(purchase: Purchase) {
  await house.receive('subscriptions', versionCreated(purchase, { version: 2, status: 'CANCELLED' }));
  await house.runJobs();
  return lookedAt(house, purchase, STANDING);
}

test('the expired licence is there and on its way before any instance asks for it', async () => {
  const purchase = newPurchase();
  const { license } = await activate(house, await granted(house, purchase));
  const { licenses, deliveries } = await cancelled(purchase);
  expect(licenses).toEqual([
    { id: expect.any(String), kind: 'ONLINE_CLOUD', status: 'EXPIRED', expiresOn: '2026-06-15', generatedFrom: 'CANCELLATION' },
    { id: license.id, kind: 'ONLINE_CLOUD', status: 'REVOKED', expiresOn: '2027-01-01', generatedFrom: 'ACTIVATION' },
  ]);
  expect(deliveries).toEqual([{ purpose: 'CANCELLATION', status: 'SENT', subject: expect.stringContaining('was cancelled') }]);
  expect((await report(house, license.id)).license.id).toBe(licenses[0].id);
});

test('it is issued and mailed once, whoever comes first and however often it is told', async () => {
  const purchase = newPurchase();
  const { license } = await activate(house, await granted(house, purchase));
  const told = await house.receive('subscriptions', versionCreated(purchase, { version: 2, status: 'CANCELLED' }));
  await report(house, license.id); // a sync overtakes the job
  await house.receive('subscriptions', ...told);
  await house.runJobs();
  const { licenses, deliveries } = await lookedAt(house, purchase, STANDING);
  expect([licenses.length, deliveries.length]).toEqual([2, 1]);
});

test('a file in a closed network is mailed its end, as a file', async () => {
  const purchase = newPurchase();
  await granted(house, purchase);
  const input = {
    subscriptionName: `A-S${purchase.subscriptionId.slice(-8)}`,
    kind: 'OFFLINE_CLOUD',
    reason: 'closed network',
    ticket: 'T-1',
  };
  await act(house, support, 'issueLicense', input, 'license { id }');
  const { licenses } = await cancelled(purchase);
  expect(licenses.map((row: { kind: string; status: string }) => [row.kind, row.status])).toEqual([
    ['OFFLINE_CLOUD', 'EXPIRED'],
    ['OFFLINE_CLOUD', 'REVOKED'],
  ]);
  expect(house.mails().filter(mail => mail.includes(`${input.subscriptionName}-2.license`))).not.toEqual([]);
});

test('nothing older comes back: not by a late event, a sync, an activation or a resend', async () => {
  const purchase = newPurchase();
  const code = await granted(house, purchase);
  const { license } = await activate(house, code);
  const { licenses } = await cancelled(purchase);
  await house.receive('subscriptions', versionCreated(purchase, { version: 1 }));
  await house.runJobs();
  expect((await report(house, license.id, { on: '2026-06-14' })).license.id).toBe(licenses[0].id);
  expect((await activate(house, code)).code).toBe('SUBSCRIPTION_CANCELLED');
  expect((await act(house, support, 'resendLicense', { licenseId: license.id, reason: 'please' }, 'delivery { status }')).code).toBe(
    'LICENSE_SUPERSEDED',
  );
  expect((await lookedAt(house, purchase, STANDING)).licenses).toHaveLength(2);
});

test('a subscription without any licence has none to end', async () => {
  const purchase = newPurchase();
  await granted(house, purchase);
  expect(await cancelled(purchase)).toEqual({ licenses: [], deliveries: [] });
});
