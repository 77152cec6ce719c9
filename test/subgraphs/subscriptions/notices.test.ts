/** R1, L7, Q1: what the Sold-To contact is told ahead of a renewal, the end of a trial, and the charge of an overage. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NamespaceId } from '#kernel/ids';
import { day } from '#kernel/time';
import { buyerOf, service, support } from '../../support/viewers';
import { accountChanged, creation, namespaceOf, openScene, order, type Scene } from './scene';

let scene: Scene;
let mailDir: string;
beforeEach(async () => {
  mailDir = mkdtempSync(join(tmpdir(), 'notices-'));
  scene = await openScene('notices', { MAIL_DIR: mailDir });
  await scene.house.receive('customers', accountChanged(scene.account));
});
afterEach(async () => {
  await scene.house.close();
  rmSync(mailDir, { recursive: true });
});

async function dayComes(on: string): Promise<void> {
  scene.house.setClock(new Date(`${on}T00:00:10Z`));
  await scene.house.sql`select graphile_worker.add_job('keepTheCalendar', '{}'::json)`;
  await scene.house.runJobs();
  await scene.house.runJobs();
}

const mails = (): readonly string[] =>
  readdirSync(mailDir).map(file => readFileSync(join(mailDir, file), 'utf8').replaceAll(/=\r?\n/g, ''));
const subjects = () => mails().map(mail => /^Subject: (.*)$/m.exec(mail)?.[1]?.trim());

async function nameOfOnly(): Promise<string> {
  const [row] = await scene.house.sql`select name from subscriptions`;
  return row!['name'];
}

const mutate = async (field: string, input: object, viewer = buyerOf(scene.account)) => {
  const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input`;
  const { data, errors } = await scene.house.run(
    viewer,
    `mutation ($input: ${type}!) { ${field}(input: $input) { userErrors { code } } }`,
    { input: { idempotencyKey: `${field} ${JSON.stringify(input)}`, ...input } },
  );
  expect(errors ?? data[field].userErrors).toEqual([]);
};

test('fifteen days before a term ends its Sold-To contact is told the day and the amount of the renewal, once', async () => {
  await order(scene, creation(scene)); // until 15 June 2027
  const name = await nameOfOnly();
  await dayComes('2027-05-30'); // 16 days before
  expect(subjects()).toEqual([]);
  await dayComes('2027-05-31');
  await dayComes('2027-06-01');
  expect(subjects()).toEqual([`Your subscription ${name} renews on 2027-06-14`]);
  expect(mails()[0]).toContain('To: Ada Quill <ada@acme.example>');
  expect(mails()[0]).toContain('for 10 seats: $3,480.00 before tax'); // 10 × $348
});

test('what does not renew by itself is said to end, and why', async () => {
  await order(scene, creation(scene));
  const name = await nameOfOnly();
  await mutate('setAutoRenew', { subscriptionName: name, isOn: false });
  await scene.house.receive('customers', accountChanged(scene.account, { version: 2, holds: ['PO_REQUIRED'] }));
  await dayComes('2027-06-01');
  expect(subjects()).toEqual([`Your subscription ${name} ends on 2027-06-14`]);
  expect(mails()[0]).toContain('you have turned that off, and your company asks for a purchase order');
});

test('what is agreed to end is not announced again', async () => {
  const created = creation(scene);
  await order(scene, created);
  await order(scene, {
    ...creation(scene),
    subscriptionId: created.subscriptionId,
    kind: 'CANCEL',
    effectiveOn: day('2027-06-15'),
    charges: [],
  });
  await dayComes('2027-06-01');
  expect(subjects()).toEqual([]);
});

test('a trial says seven days before that it ends; one that was bought meanwhile says nothing', async () => {
  const acme = await namespaceOf(scene, 'acme');
  const web = await namespaceOf(scene, 'web');
  await mutate('startTrial', { namespaceId: acme, kind: 'ULTIMATE' }); // 30 days, until 15 July
  await mutate('startTrial', { namespaceId: web, kind: 'ULTIMATE' }, support);
  await order(scene, creation(scene, { namespaceId: web }));
  await dayComes('2026-07-07'); // 8 days before
  expect(subjects()).toEqual([]);
  await dayComes('2026-07-08');
  await dayComes('2026-07-09');
  expect(subjects()).toEqual(['Your trial for acme ends on 2026-07-14']);
});

test('an overage is announced seven days before it is charged, with its count and its amount', async () => {
  const namespaceId: NamespaceId = await namespaceOf(scene, 'acme');
  await order(scene, creation(scene, { namespaceId }));
  const name = await nameOfOnly();
  await mutate('reportNamespaceUsage', { namespaceId, seatsInUse: 14 }, service('product'));
  await dayComes('2026-09-15');
  expect(subjects()).toEqual([`4 seats will be added to ${name} on 2026-09-22`]);
  expect(mails()[0]).toContain('up to 14 users and 10 seats');
  expect(mails()[0]).toContain('$1,044.00 before tax'); // 4 × $348 × 9 ÷ 12
});
