import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openTestPlatform, type TestPlatform } from '../support/platform';
import { newKey } from '../support/shop';

const execute = promisify(execFile);
const INSTANCE = 'b7d8f0a2-instance-of-fabrikam';
let platform: TestPlatform;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offline-'));
  platform = await openTestPlatform();
});
afterAll(async () => {
  await platform?.close();
  rmSync(folder, { recursive: true });
});

/** Verifies a licence as an instance without a network can: the script, the licence, the public keys, nothing else. */
async function verifyOffline(license: string) {
  const keys = await fetch(`${platform.urlOf('licenses')}/.well-known/license-keys`);
  writeFileSync(join(folder, 'keys.json'), await keys.text());
  const script = ['scripts/verify-license.mjs', '--keys', join(folder, 'keys.json'), '--license', license];
  return JSON.parse((await execute(process.execPath, script)).stdout);
}

test('a buyer pays by invoice, activates an instance with the code, verifies the licence offline and reports seats', async () => {
  const { run, query } = platform;
  const company = await platform.openCompany('Fabrikam');
  const orderId = await platform.buy(company, { sku: 'ultimate-self-managed', quantity: 10, poNumber: 'PO-4711' });
  const order = await platform.untilOrder(company.token, orderId);
  expect(order.steps.find((step: { kind: string }) => step.kind === 'PAYMENT')).toMatchObject({ state: 'DONE', attempts: 1 });

  const purchases = await run(company.token, 'MyPurchases', { account: company.accountId });
  const [subscription] = purchases.billingAccount.subscriptions.nodes;
  expect(subscription.activation.instancesActivated).toBe(0);
  expect(subscription.activation.code).toMatch(/^[A-Za-z0-9]{24}$/);
  const [invoice] = purchases.billingAccount.invoices.nodes;
  expect(invoice).toMatchObject({ dueOn: '2026-07-15', balance: { amount: '11880.00' } }); // 10 × $1,188, Net 30

  const machine = await platform.instance(INSTANCE);
  const names = { instanceId: INSTANCE, hostname: 'devops.fabrikam.example', version: '18.4.0' };
  const activation = { ...names, idempotencyKey: newKey(), activationCode: subscription.activation.code };
  const { activateInstance } = await run(machine, 'ActivateInstance', { input: activation });
  expect(activateInstance.userErrors).toEqual([]);
  const { license } = activateInstance;
  expect(license).toMatchObject({ plan: 'ULTIMATE', seats: 10, startsOn: '2026-06-15', expiresOn: '2027-06-15' });

  expect(await verifyOffline(license.key)).toMatchObject({
    licenseId: license.id,
    kind: 'ONLINE_CLOUD',
    seats: 10,
    startsOn: '2026-06-15',
    expiresOn: '2027-06-15',
    subscriptionName: subscription.name,
    companyName: 'Fabrikam',
  });
  const forged = `${license.key.slice(0, 40)}${license.key[40] === 'A' ? 'B' : 'A'}${license.key.slice(41)}`;
  await expect(verifyOffline(forged)).rejects.toThrow('The signature does not hold.');

  const report = { ...names, licenseId: license.id };
  const first = { ...report, on: '2026-06-15', billableUsers: 8, maxHistoricalUsers: 8 };
  const second = { ...report, on: '2026-06-16', billableUsers: 11, maxHistoricalUsers: 12 };
  for (const [today, input] of [
    ['15', first],
    ['15', first],
    ['16', second],
    ['16', first],
  ] as const) {
    await platform.clock.set(new Date(`2026-06-${today}T15:00:00.000Z`));
    const { reportSeatUsage } = await run(machine, 'ReportSeatUsage', { input });
    // The instance has the newest licence already.
    expect(reportSeatUsage).toMatchObject({ userErrors: [], license: null });
  }
  const { subscription: used } = await query(company.token, USAGE, { name: subscription.name });
  expect(used.seatUsage).toEqual([
    { on: '2026-06-16', billable: 11, max: 12, seats: 10, overage: 2 },
    { on: '2026-06-15', billable: 8, max: 8, seats: 10, overage: 0 },
  ]);
  expect(used.activation).toMatchObject({ instancesActivated: 1, instances: [{ hostname: names.hostname, version: names.version }] });
  expect(used.activation.instances[0].lastSyncAt).toMatch(/^2026-06-16T/);
});

test('support looks at the licences, issues one, sends it again and moves a subscription; the account shows who did it and why', async () => {
  const { run, query } = platform;
  const company = await platform.openCompany('Northwind');
  const support = await platform.support();
  await platform.untilOrder(company.token, await platform.buy(company, { sku: 'ultimate-self-managed', quantity: 100 }));
  const [from, to] = [await platform.registerNamespace(company, 'northwind'), await platform.registerNamespace(company, 'northwind-two')];
  await platform.untilOrder(company.token, await platform.buy(company, { sku: 'premium-saas', quantity: 5, namespaceId: from }));
  const purchases = await run(company.token, 'MyPurchases', { account: company.accountId });
  const names = purchases.billingAccount.subscriptions.nodes as readonly { name: string; namespace: object | null }[];
  const [onNamespace, own] = [names.find(one => one.namespace)?.name, names.find(one => !one.namespace)?.name];

  const wanted = { subscriptionName: own, kind: 'OFFLINE_CLOUD', reason: 'A closed network.', ticket: 'T-4711' };
  const { issueLicense } = await run(support, 'IssueLicense', { input: { idempotencyKey: newKey(), ...wanted } });
  expect(issueLicense).toMatchObject({ userErrors: [], license: { kind: 'OFFLINE_CLOUD', seats: 100, generatedFrom: 'MANUAL' } });
  const again = { idempotencyKey: newKey(), licenseId: issueLicense.license.id, reason: 'The mail was lost.' };
  expect((await run(support, 'ResendLicense', { input: again })).resendLicense).toMatchObject({
    userErrors: [],
    delivery: { channel: 'EMAIL' },
  });
  const move = { idempotencyKey: newKey(), subscriptionName: onNamespace, toNamespaceId: to, reason: 'They merged their groups.' };
  const { transferNamespace } = await run(support, 'TransferNamespace', { input: move });
  expect(transferNamespace).toEqual({ userErrors: [], subscription: { name: onNamespace, namespace: { id: to, path: 'northwind-two' } } });

  const health = (await run(support, 'LicenseHealth', { name: own })).subscription;
  expect(health).toMatchObject({ status: 'ACTIVE', licenses: [{ id: issueLicense.license.id, kind: 'OFFLINE_CLOUD', status: 'CURRENT' }] });
  await platform.clock.untilAtRest();
  const mails: readonly { purpose: string; status: string }[] = (await run(company.token, 'MailsOfSubscription', { name: own }))
    .subscription.deliveries;
  expect(mails.map(mail => [mail.purpose, mail.status]).toSorted()).toEqual([
    ['MANUAL', 'SENT'],
    ['ORDER', 'SENT'],
    ['RESEND', 'SENT'],
  ]);
  const trail = (await query(support, AUDIT, { account: company.accountId })).billingAccount.audit.nodes;
  expect(trail).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ action: 'LICENSE_ISSUED', subject: issueLicense.license.id, reason: 'A closed network. (T-4711)' }),
      expect.objectContaining({ action: 'LICENSE_RESENT', reason: 'The mail was lost.' }),
      expect.objectContaining({ action: 'NAMESPACE_TRANSFERRED', reason: 'They merged their groups.' }),
    ]),
  );
});

const AUDIT = 'query ($account: ID!) { billingAccount(id: $account) { audit(first: 20) { nodes { actor action subject reason } } } }';

const USAGE = `query ($name: ID!) {
  subscription(name: $name) {
    seatUsage(last: 30) { on billable max seats overage }
    activation { instancesActivated instances { hostname version lastSyncAt } }
  }
}`;
