import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { day } from '../../../kernel/time';
import { dunAccount } from '../../../subgraphs/billing/actions/dun-account';
import type { TestHouse } from '../../support/house';
import { finance } from '../../support/viewers';
import { acme, acmeBuyer, aId, announcedData, globex, mailDir, openBilling, postedInvoice, postMemo, usd, voidIt } from './scene';

let house: TestHouse;
let number: string;
beforeEach(async () => {
  house = await openBilling();
  number = await postedInvoice(house, 1); // $1,194.09, due on 15 July
});
afterEach(() => house.close());
afterAll(() => rmSync(mailDir, { recursive: true }));

/** The daily job, as it runs on the morning of a day. */
async function morningOf(day: string): Promise<void> {
  house.setClock(new Date(`${day}T06:00:00Z`));
  await house.write(work => work.enqueue('dunOverdue', {}));
  await house.sql`update graphile_worker._private_jobs set run_at = now()`;
  await house.runJobs();
}
const transferred = (invoiceNumber: string, amount: string, receivedOn: string) =>
  house.run(finance, 'mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { userErrors { code } } }', {
    input: { idempotencyKey: `${invoiceNumber} ${amount}`, invoiceNumber, amount: usd(amount), receivedOn, reference: 'Wire' },
  });
const isHeld = async (account = acme) =>
  (
    await house.run(
      finance,
      'query ($a: ID!) { _entities(representations: [{ __typename: "BillingAccount", id: $a }]) { ... on BillingAccount { isOverdueHeld } } }',
      { a: account },
    )
  ).data._entities[0].isOverdueHeld;

test('an unpaid invoice is reminded of after 7, 14 and 30 days, once each', async () => {
  for (const day of ['2026-07-21', '2026-07-22', '2026-07-22', '2026-07-28', '2026-07-29', '2026-08-14', '2026-08-30'])
    await morningOf(day);
  expect(await announcedData(house, 'InvoiceOverdue.v1')).toMatchObject([
    { number, step: 7, daysOverdue: 7, balance: usd('1194.09') }, // 15 July + 7 days
    { number, step: 14, daysOverdue: 14 },
    { number, step: 30, daysOverdue: 30 },
  ]);
  const { data } = await house.run(acmeBuyer, `{ invoice(number: "${number}") { reminders { step remindedOn balance { amount } } } }`);
  expect(data.invoice.reminders).toEqual([
    { step: 7, remindedOn: '2026-07-22', balance: { amount: '1194.09' } },
    { step: 14, remindedOn: '2026-07-29', balance: { amount: '1194.09' } },
    { step: 30, remindedOn: '2026-08-14', balance: { amount: '1194.09' } },
  ]);
  await expect(house.sql`update reminders set step = 1`).rejects.toThrow('append-only');
});

test('a reminder is mailed to Bill-To with what is still open', async () => {
  await transferred(number, '1000.00', '2026-06-15');
  await morningOf('2026-07-22');
  await house.sql`update graphile_worker._private_jobs set run_at = now()`;
  await house.runJobs();
  const [file] = readdirSync(mailDir).filter(name => name.startsWith(`${aId('invoice', 1)}-7`));
  // Long lines are folded with a sign at their end.
  const mail = readFileSync(join(mailDir, file!), 'utf8').replaceAll('=\n', '');
  expect(mail).toContain('To: Ada Lovelace <ada@acme.example>');
  expect(mail).toContain(`Subject: Reminder: invoice ${number} has been due for 7 days`);
  expect(mail).toContain('$194.09 of it are still open.'); // $1,194.09 − $1,000.00
});

test('what was paid between the morning and the mail is not reminded of', async () => {
  const second = await postedInvoice(house, 22);
  house.setClock(new Date('2026-07-22T06:00:00Z'));
  await house.write(work => dunAccount(work as never, acme));
  await transferred(second, '1194.09', '2026-07-22');
  await house.sql`update graphile_worker._private_jobs set run_at = now()`;
  await house.runJobs();
  expect(readdirSync(mailDir).filter(name => name.startsWith(aId('invoice', 22)))).toEqual([]);
});

test('after a week away nobody is reminded twice on one morning', async () => {
  await morningOf('2026-08-01'); // 17 days overdue
  expect(await announcedData(house, 'InvoiceOverdue.v1')).toMatchObject([{ step: 14, daysOverdue: 17 }]);
});

test('a paid, a void and a credited invoice are not reminded of', async () => {
  const [second, third] = [await postedInvoice(house, 2), await postedInvoice(house, 3)];
  await transferred(number, '1194.09', '2026-06-15');
  await voidIt(house, second);
  await postMemo(house, third, {});
  await morningOf('2026-10-20');
  expect(await announcedData(house, 'InvoiceOverdue.v1')).toEqual([]);
  expect(await announcedData(house, 'AccountOverdue.v1')).toEqual([]);
});

test('more than 90 days overdue, the account is held; once paid, it is free in the same moment', async () => {
  await postedInvoice(house, 2, { accountId: globex, dueOn: day('2026-10-01') });
  await morningOf('2026-10-13'); // 90 days
  expect(await isHeld()).toBe(false);
  await morningOf('2026-10-14');
  await morningOf('2026-10-15');
  expect(await announcedData(house, 'AccountOverdue.v1')).toEqual([
    { accountId: acme, hold: 'SUPPORT', oldestDueOn: '2026-07-15', daysOverdue: 91, invoices: [{ number, balance: usd('1194.09') }] },
  ]);
  expect([await isHeld(), await isHeld(globex)]).toEqual([true, false]);

  await transferred(number, '1000.00', '2026-10-15');
  expect(await isHeld()).toBe(true); // $194.09 are still owed
  await transferred(number, '194.09', '2026-10-15');
  expect(await isHeld()).toBe(false);
  expect(await announcedData(house, 'AccountSettled.v1')).toEqual([{ accountId: acme, hold: 'SUPPORT', settledOn: '2026-10-15' }]);
  await morningOf('2026-10-16');
  expect(await announcedData(house, 'AccountSettled.v1')).toHaveLength(1);
});

test.each([
  ['a credit memo', () => postMemo(house, number, {})],
  ['a void', () => voidIt(house, number)],
])('%s frees an account that is held', async (_title, settle) => {
  await morningOf('2026-10-14');
  await settle();
  expect(await isHeld()).toBe(false);
  expect(await announcedData(house, 'AccountSettled.v1')).toHaveLength(1);
});

test('a payment on the morning of the hold: held and freed, or never held', async () => {
  house.setClock(new Date('2026-10-14T06:00:00Z'));
  await house.write(work => work.enqueue('dunOverdue', {}));
  await house.sql`update graphile_worker._private_jobs set run_at = now()`;
  await Promise.all([house.runJobs(), transferred(number, '1194.09', '2026-10-14')]);
  expect(await isHeld()).toBe(false);
  const overdue = await announcedData(house, 'AccountOverdue.v1');
  expect(await announcedData(house, 'AccountSettled.v1')).toHaveLength(overdue.length);
});

test('the journal is untouched by reminders and holds', async () => {
  const before = await house.sql`select count(*)::int as entries from journal_entries`;
  await morningOf('2026-10-14');
  expect(await house.sql`select count(*)::int as entries from journal_entries`).toEqual(before);
});
