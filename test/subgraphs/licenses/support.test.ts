/** What support does by hand: issues, takes back, sends again. Each with who, why and for which ticket. */
import { signerOf } from '../../../subgraphs/licenses/ports/signer';
import { liveKeysOf } from '../../../subgraphs/licenses/ports/signing-keys';
import { buyerOf, sales, support } from '../../support/viewers';
import { act, activate, granted, keys, lookedAt, newPurchase, openLicenses, type Purchase, report, versionCreated } from './scene';

let house: Awaited<ReturnType<typeof openLicenses>>;
beforeAll(async () => {
  house = await openLicenses();
});
afterAll(() => house.close());
beforeEach(() => house.setClock(new Date('2026-06-15T12:00:00.000Z')));

const LICENSE = 'license { id key kind seats expiresOn generatedFrom usersAtInstallationMax reason ticket status }';
const LICENSES = 'licenses { id status generatedFrom revocation { reason } } deliveries { purpose status recipient subject text reason }';
const named = ({ subscriptionId }: Purchase) => `A-S${subscriptionId.slice(-8)}`;
const why = { reason: 'Their renewal is delayed.', ticket: 'ZD-4711' };
const actsOn = async (subject: string) =>
  (await house.announced('SupportActed.v1')).filter(event => event.subject === subject).map(event => event.data);
const issue = (purchase: Purchase, change: object = {}) =>
  act(house, support, 'issueLicense', { subscriptionName: named(purchase), ...why, ...change }, LICENSE);

async function activated(told: Parameters<typeof granted>[2] = {}) {
  const purchase = newPurchase();
  const code = await granted(house, purchase, told);
  return { purchase, code, license: (await activate(house, code)).license };
}

test('a licence issued by hand goes through the same door, with a reason and a ticket, and reaches the instance', async () => {
  const { purchase, license } = await activated();
  const { license: manual } = await issue(purchase, { seats: 40, expiresOn: '2026-07-15' });
  expect(manual).toMatchObject({ kind: 'ONLINE_CLOUD', seats: 40, expiresOn: '2026-07-15', generatedFrom: 'MANUAL', ...why });
  expect(signerOf(liveKeysOf(keys)).verify(manual.key)).toMatchObject({ licenseId: manual.id, seats: 40 });
  expect((await report(house, license.id)).license.id).toBe(manual.id);
  expect((await report(house, manual.id, { on: '2026-06-14' })).license).toBeNull(); // it stands
  expect(await actsOn(manual.id)).toEqual([
    { accountId: purchase.accountId, act: 'LICENSE_ISSUED', subject: manual.id, actor: support.subject, ...why },
  ]);
  const issued = (await house.announced('LicenseIssued.v1')).filter(event => event.accountId === purchase.accountId);
  expect(issued.map(event => event.subject)).toEqual([license.id, manual.id]);
});

test('a manual licence gives way when the subscription changes', async () => {
  const { purchase } = await activated();
  const { license: manual } = await issue(purchase, { seats: 40 });
  await house.receive('subscriptions', versionCreated(purchase, { version: 2, seats: [12] }));
  const { license } = await report(house, manual.id);
  expect(license.id).not.toBe(manual.id);
});

test('a licence file says how many users it fits, and is mailed to Sold-To as a file', async () => {
  const purchase = newPurchase();
  await granted(house, purchase, { seats: [100] });
  const { license } = await issue(purchase, { kind: 'OFFLINE_CLOUD' });
  expect(license).toMatchObject({ kind: 'OFFLINE_CLOUD', seats: 100, usersAtInstallationMax: 110 });
  await house.runJobs();
  const [mail] = house.mails().filter(text => text.includes(`filename=${named(purchase)}-1.license`));
  expect(mail).toMatch(/^To: Sold To <sold@example\.com>$/m);
  expect(mail?.replaceAll('\n', '')).toContain(Buffer.from(`${license.key}\n`).toString('base64'));
});

test.each([
  [{ reason: ' ' }, 'REASON_INVALID'],
  [{ ticket: '' }, 'TICKET_INVALID'],
  [{ seats: 0 }, 'SEATS_OUT_OF_RANGE'],
  [{ expiresOn: '2026-06-15' }, 'EXPIRY_OUT_OF_RANGE'],
  [{ subscriptionName: 'A-S00000000' }, 'SUBSCRIPTION_NOT_FOUND'],
])('a licence by hand with %j is refused with %s', async (change, code) => {
  const { purchase } = await activated();
  expect((await issue(purchase, change)).code).toBe(code);
});

test('a hosted and a cancelled subscription get no licence by hand', async () => {
  const hosted = newPurchase();
  await granted(house, hosted, { deployment: 'SAAS' });
  expect((await issue(hosted)).code).toBe('WRONG_PRODUCT');
  const { purchase } = await activated();
  await house.receive('subscriptions', versionCreated(purchase, { version: 2, status: 'CANCELLED' }));
  expect((await issue(purchase)).code).toBe('SUBSCRIPTION_CANCELLED');
});

test('a licence that is taken back stops its instances, and nothing brings it back', async () => {
  const { purchase, code, license } = await activated();
  const revoke = (licenseId: string) => act(house, support, 'revokeLicense', { licenseId, ...why }, 'license { id status }');
  expect((await revoke(license.id)).license).toEqual({ id: license.id, status: 'REVOKED' });
  const { license: last } = await report(house, license.id);
  expect(last.expiresOn).toBe('2026-06-15');
  expect((await activate(house, code)).license.id).toBe(last.id);
  expect((await lookedAt(house, purchase, LICENSES)).licenses).toEqual([
    { id: last.id, status: 'EXPIRED', generatedFrom: 'REVOCATION', revocation: null },
    { id: license.id, status: 'REVOKED', generatedFrom: 'ACTIVATION', revocation: { reason: why.reason } },
  ]);
  expect((await revoke(license.id)).code).toBe('LICENSE_REVOKED');
  expect((await revoke('lic_00000000000000000000000000000000')).code).toBe('LICENSE_NOT_FOUND');
  expect((await actsOn(license.id)).map(data => (data as { act: string }).act)).toEqual(['LICENSE_REVOKED']);
  await expect(house.sql`delete from license_revocations`).rejects.toThrow();
});

test('a licence is sent once more to Sold-To, with its reason, and the owner reads what was sent', async () => {
  const { purchase, code, license } = await activated();
  const resent = await act(
    house,
    support,
    'resendLicense',
    { licenseId: license.id, reason: 'It went into spam.' },
    'delivery { channel recipient status }',
  );
  expect(resent.delivery).toEqual({ channel: 'EMAIL', recipient: null, status: 'REQUESTED' });
  await house.runJobs();
  const [delivery] = (await lookedAt(house, purchase, LICENSES, buyerOf(purchase.accountId))).deliveries;
  expect(delivery).toMatchObject({ purpose: 'RESEND', status: 'SENT', recipient: 'sold@example.com', reason: null });
  expect(delivery.text).toContain(`Activation code: ${code}`);
  expect((await lookedAt(house, purchase, LICENSES)).deliveries[0].reason).toBe('It went into spam.');
  expect((await lookedAt(house, purchase, 'deliveries { text }', sales)).deliveries[0].text).toBeNull();
});

test('what was replaced is not sent again', async () => {
  const { purchase, license } = await activated();
  await issue(purchase, { seats: 40 });
  const resend = (licenseId: string, reason = 'lost') => act(house, support, 'resendLicense', { licenseId, reason }, 'delivery { status }');
  expect((await resend(license.id)).code).toBe('LICENSE_SUPERSEDED');
  expect((await resend(license.id, '')).code).toBe('REASON_INVALID');
  expect((await resend('lic_')).code).toBe('LICENSE_NOT_FOUND');
});

test('a dry run of each answers what would come, and leaves nothing', async () => {
  const { purchase, license } = await activated();
  expect((await issue(purchase, { seats: 40, dryRun: true })).license).toMatchObject({ seats: 40, generatedFrom: 'MANUAL' });
  await act(house, support, 'revokeLicense', { licenseId: license.id, ...why, dryRun: true }, 'license { id }');
  const { delivery } = await act(
    house,
    support,
    'resendLicense',
    { licenseId: license.id, reason: 'lost', dryRun: true },
    'delivery { status }',
  );
  expect(delivery).toEqual({ status: 'REQUESTED' });
  expect(await lookedAt(house, purchase, 'licenses { id status } deliveries { purpose }')).toEqual({
    licenses: [{ id: license.id, status: 'CURRENT' }],
    deliveries: [],
  });
});

test('only support does any of this', async () => {
  const { purchase, license } = await activated();
  const buyer = buyerOf(purchase.accountId);
  const refusals = await Promise.all([
    act(house, buyer, 'issueLicense', { subscriptionName: named(purchase), ...why }, LICENSE),
    act(house, sales, 'revokeLicense', { licenseId: license.id, ...why }, LICENSE),
    act(house, buyer, 'resendLicense', { licenseId: license.id, reason: 'lost' }, 'delivery { status }'),
  ]);
  expect(refusals.map(refusal => refusal.code)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
});
