/** What is brought along from another system: through each house's own door, in a process of its own, killed and run again. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wallClock } from '../../kernel/time';
import { openTestPlatform, type TestPlatform } from '../support/platform';
import { brokenAtRest } from '../support/promises';

const folder = mkdtempSync(join(tmpdir(), 'import-'));
const addresses = join(folder, 'addresses');
let platform: TestPlatform;
beforeAll(async () => {
  platform = await openTestPlatform({ now: wallClock.now() });
  mkdirSync(addresses);
  for (const house of ['customers', 'subscriptions', 'billing']) writeFileSync(join(addresses, house), platform.databaseUrl(house));
});
afterAll(async () => {
  await platform?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  readonly code: number | null;
  readonly lines: readonly string[];
}

/** Runs the command, and kills it with -9 once it has said so many lines. */
const run = (args: readonly string[], killedAfter = Number.POSITIVE_INFINITY) =>
  new Promise<Ran>((resolve, reject) => {
    const started = spawn(process.execPath, ['--conditions=development', '--import', 'tsx', 'scripts/import.ts', ...args], {
      env: { ...process.env, ADDRESSES_DIR: addresses },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    started.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.split('\n').length > killedAfter) started.kill('SIGKILL');
    });
    started.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    started.on('error', reject);
    started.on('close', code => resolve({ code, lines: said.split('\n').filter(line => line !== '') }));
  });

const counts = async () => ({
  organizations: await count('customers', 'organizations'),
  accounts: await count('customers', 'billing_accounts'),
  subscriptions: await count('subscriptions', 'subscriptions'),
  // What the calendar writes, where a cancellation's day has come, was not brought along.
  versions: await count('subscriptions', "subscription_versions where actor like 'import:%'"),
  invoices: await count('billing', 'invoices'),
  entries: await count('billing', 'journal_entries'),
});
const count = async (house: string, table: string): Promise<number> =>
  (await platform.sql(house).unsafe(`select count(*)::int as count from ${table}`))[0]?.['count'];

const EXAMPLES = ['docs/examples/import.jsonl', 'docs/examples/import.csv'];
const none = { organizations: 0, accounts: 0, subscriptions: 0, versions: 0, invoices: 0, entries: 0 };

test('a dry run of the examples finds nothing to refuse, and keeps nothing', async () => {
  const ran = await run(['--dry-run', ...EXAMPLES]);
  expect(ran.lines.at(-1)).toBe('Would take over 6 of 6 records; refused 0.');
  expect(ran.code).toBe(0);
  expect(await counts()).toEqual(none);
}, 120_000);

test('the examples are taken over: names and numbers stay, seats have their history, and what is open is owed', async () => {
  const ran = await run(EXAMPLES);
  expect(ran.lines.at(-1)).toBe('Took over 6 of 6 records; refused 0.');
  await platform.clock.untilAtRest();

  const support = await platform.support();
  const seats = `seats: seats(asOf: "2025-12-01T00:00:00Z") more: seats(asOf: "2026-02-01T00:00:00Z")`;
  const { subscription } = await platform.query(
    support,
    `{ subscription(name: "A-S90000001") { version ${seats} namespace { path } billingAccount { name paymentTermsDays } versions { nodes { number kind } } } }`,
  );
  expect(subscription).toEqual({
    version: 2,
    seats: 20,
    more: 25, // 20 + 5
    namespace: { path: 'tailspin' },
    billingAccount: { name: 'Tailspin Toys', paymentTermsDays: 45 },
    versions: {
      nodes: [
        { number: 1, kind: 'CREATE' },
        { number: 2, kind: 'ADD_SEATS' },
      ],
    },
  });
  const invoice = '{ status total { amount } balance { amount currency } dueOn lines { description amount { amount } } }';
  const { first, second } = await platform.query(
    await platform.finance(),
    `{ first: invoice(number: "2026-00871") ${invoice} second: invoice(number: "RG-4711") ${invoice} }`,
  );
  expect(first).toMatchObject({ status: 'POSTED', total: { amount: '715.23' }, balance: { amount: '415.23', currency: 'USD' } }); // 5 × $228 ÷ 365 × 229 days
  expect(second).toMatchObject({ total: { amount: '14451.36' }, balance: { amount: '14451.36' } }); // €12,144 + 19 %
  expect(second.lines).toHaveLength(2);
  // Found by support as anything else is.
  const { search } = await platform.query(support, '{ search(term: "RG-4711") { ... on Invoice { number } } }');
  expect(search).toEqual([{ number: 'RG-4711' }]);
  expect(await brokenAtRest(platform)).toEqual([]);
}, 120_000);

test('what was taken over is not taken over twice, and another record under its reference is refused', async () => {
  const before = await counts();
  expect((await run(EXAMPLES)).lines.at(-1)).toBe('Took over 6 of 6 records; refused 0.');
  const changed = join(folder, 'changed.jsonl');
  writeFileSync(changed, readFileSync(EXAMPLES[0]!, 'utf8').replace('"open":"415.23"', '"open":"1.00"'));
  const ran = await run([changed]);
  expect(ran.lines.filter(line => line.startsWith('refused'))).toEqual([
    expect.stringContaining('changed.jsonl:3  invoice I-1  IDEMPOTENCY_KEY_REUSED'),
  ]);
  expect(ran.code).toBe(1);
  expect(await counts()).toEqual(before);
}, 120_000);

test('an import that is killed in the middle is run again: every record is there, once', async () => {
  const before = await counts();
  const file = join(folder, 'many.jsonl');
  writeFileSync(file, manyRecords(25).join('\n'));
  const killed = await run(['--source', 'many', file], 30);
  expect(killed.code).toBeNull();
  const between = await counts();
  expect(between.accounts).toBe(before.accounts + 25); // accounts come first
  expect(between.invoices).toBeLessThan(before.invoices + 25);

  const again = await run(['--source', 'many', file]);
  expect(again.lines.at(-1)).toBe('Took over 75 of 75 records; refused 0.');
  expect(await counts()).toEqual({
    organizations: before.organizations + 25,
    accounts: before.accounts + 25,
    subscriptions: before.subscriptions + 25,
    versions: before.versions + 50,
    invoices: before.invoices + 25,
    entries: before.entries + 25,
  });
  expect(await brokenAtRest(platform)).toEqual([]);
}, 120_000);

test('each record that is refused is told with its place and its reason, and the others are taken', async () => {
  const [account, subscription, invoice] = [example(0), example(1), example(2)];
  const refused = [
    ['UNREADABLE', 'nonsense'],
    ['KIND_UNKNOWN', { kind: 'wish', reference: 'W' }],
    ['RECORD_INVALID', { kind: 'account', reference: 'X' }],
    ['REFERENCE_TWICE', account],
    ['VAT_ID_INVALID', { ...account, reference: 'A-9', vatId: 'DE1' }],
    ['ACCOUNT_NOT_IMPORTED', { ...subscription, reference: 'S-6', account: 'A-9' }],
    ['PARTNER_UNKNOWN', { ...subscription, reference: 'S-7', resalePartnerId: 'Litware' }],
    ['VERSIONS_INCOMPLETE', { ...subscription, reference: 'S-8', name: 'N-8', versions: subscription.versions.slice(1) }],
    ['VERSIONS_TOO_MANY', { ...subscription, reference: 'S-5', name: 'N-5', versions: Array(501).fill(subscription.versions[0]) }],
    ['NAME_UNUSABLE', { ...subscription, reference: 'S-4', name: 'x'.repeat(65) }],
    ['NAME_TAKEN', { ...subscription, reference: 'S-9' }],
    ['SUBSCRIPTION_NOT_IMPORTED', { ...invoice, reference: 'I-6', lines: [{ ...invoice.lines[0], subscription: 'S-9' }] }],
    ['AMOUNT_INVALID', { ...invoice, reference: 'I-7', open: '1.005' }],
    ['INVOICE_NUMBER_TAKEN', { ...invoice, reference: 'I-8' }],
    ['INVOICE_NOT_OPEN', { ...invoice, reference: 'I-9', number: 'N-9', open: '0' }],
  ] as const;
  const file = join(folder, 'refused.jsonl');
  const records = [account, subscription, ...refused.map(([, record]) => record)];
  writeFileSync(file, records.map(record => (typeof record === 'string' ? record : JSON.stringify(record))).join('\n'));
  const before = await counts();
  const ran = await run([file]);
  const told = ran.lines
    .filter(line => line.startsWith('refused'))
    .map(line => /refused\.jsonl:(\d+) .*? ([A-Z_]{5,}):/.exec(line)?.slice(1) ?? []);
  expect(told.toSorted(([a], [b]) => Number(a) - Number(b))).toEqual(refused.map(([code], index) => [String(index + 3), code]));
  expect(ran.lines.at(-1)).toBe(`Took over 2 of ${records.length} records; refused ${refused.length}.`);
  expect(await counts()).toEqual(before);
}, 120_000);

// biome-ignore lint/suspicious/noExplicitAny: a record of the example file, to be changed
function example(index: number): any {
  return JSON.parse(readFileSync('docs/examples/import.jsonl', 'utf8').split('\n')[index]!);
}

function manyRecords(howMany: number): readonly string[] {
  const numbers = Array.from({ length: howMany }, (_, number) => number + 1);
  const [account, subscription, invoice] = [example(0), example(1), example(2)];
  return [
    ...numbers.map(n => ({ ...account, reference: `A-${n}`, organization: { reference: `O-${n}`, name: `Company ${n}` }, owner: null })),
    ...numbers.map(n => ({ ...subscription, reference: `S-${n}`, account: `A-${n}`, name: `OLD-${n}`, namespacePath: null })),
    ...numbers.map(n => ({
      ...invoice,
      reference: `I-${n}`,
      account: `A-${n}`,
      number: `OLD-${n}`,
      lines: [{ ...invoice.lines[0], subscription: `S-${n}` }],
    })),
  ].map(record => JSON.stringify(record));
}
