/** The explorer as people see it: in a real browser, on the whole product. Where no browser can be had it says so. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { type Browser, chromium, type Page } from 'playwright-core';
import { openTestPlatform, type TestPlatform } from '../support/platform';
import { type Company, eventually } from '../support/shop';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const MONTH = '2026-11-15';

interface Group {
  readonly keys: readonly [string, string];
  readonly arr: { readonly amount: string; readonly currency: string };
  readonly seats: number;
  readonly customers: number;
}

let platform: TestPlatform;
let company: Company;
let browser: Browser;
let page: Page;
const foreign: string[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  if (!CHROMIUM) return;
  platform = await openTestPlatform();
  company = await platform.openCompany('Alder Analytics');
  await platform.untilOrder(company.token, await platform.buy(company, { sku: 'premium-self-managed', quantity: 12 }));
  const claims = { sub: company.ownerId, roles: ['BUYER'], accounts: [company.accountId] };
  const samples = { account: company.accountId };
  const buyer = { id: 'buyer', label: 'Buyer', description: 'Buys', claims, samples };
  const analyst = {
    id: 'analyst',
    label: 'Analyst',
    description: 'Reads',
    claims: { sub: 'analyst@example.com', roles: ['ANALYST'] },
    samples: {},
  };
  writeFileSync(platform.personasPath, JSON.stringify([buyer, analyst]));
  browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on('request', asked => {
    const url = asked.url();
    if (!/^(blob|data):/.test(url) && !url.startsWith(platform.url)) foreign.push(url);
  });
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text());
  });
}, 120_000);

afterAll(async () => {
  if (!CHROMIUM) return;
  await browser.close();
  await platform.close();
});

/** A test that needs a browser; without one it says why it did not run. */
const seen = (sentence: string, look: () => Promise<void>) =>
  test(sentence, async () => {
    if (CHROMIUM) return look();
    process.stderr.write(`No Chromium at /usr/bin: "${sentence}" was not looked at.\n`);
  }, 120_000);

seen('a buyer signs in with one click, chooses a saved operation and sees what was bought', async () => {
  await page.goto(`${platform.url}/explorer/`);
  await page.getByRole('button', { name: 'Buyer' }).first().click();
  await page.getByRole('button', { name: /My purchases/ }).click();
  await page.locator('.graphiql-execute-button').click();
  const answer = page.locator('.graphiql-response');
  await answer.getByText('Alder Analytics').first().waitFor({ timeout: 20_000 });
  expect(await answer.textContent()).not.toContain('"errors"');
});

seen('an analyst sees recurring revenue by tier as a table and as a chart, and takes along exactly what was answered', async () => {
  const token = await platform.analyst();
  await eventually(async () => (await platform.run(token, 'ArrByTier', { month: MONTH })).arr.groups.length > 0);
  await page.getByRole('button', { name: 'Analyst' }).first().click();
  await page.getByRole('button', { name: /^Recurring revenue by tier/ }).click();
  await page.getByLabel('month').fill(MONTH);
  await page.getByText(/^Costs \d+ of/).waitFor();
  expect(await page.getByText('For FINANCE or ANALYST').count()).toBe(1);
  const answered = page.waitForResponse(async response => (await response.text().catch(() => '')).includes('"groups"'));
  await page.locator('.graphiql-execute-button').click();
  const response = await answered;
  expect(response.request().postDataJSON().variables).toEqual({ month: MONTH });
  const { arr } = (await response.json()).data;

  const table = page.locator('.answer table');
  await table.getByRole('cell', { name: 'SELF_MANAGED' }).waitFor();
  expect(await table.getByRole('row').nth(1).getByRole('cell').allTextContents()).toEqual([
    'PREMIUM',
    'SELF_MANAGED',
    '2,736.00 USD', // 12 × $228
    '12',
    '1',
  ]);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe('ArrByTier.csv');
  expect(parse(readFileSync(await file.path()), { columns: true })).toEqual(
    arr.groups.map((group: Group) => ({
      tier: group.keys[0],
      deployment: group.keys[1],
      'arr.amount': group.arr.amount,
      'arr.currency': group.arr.currency,
      seats: String(group.seats),
      customers: String(group.customers),
    })),
  );

  await page.getByRole('tab', { name: 'Chart' }).click();
  const chart = page.getByRole('img', { name: 'ARR by tier' });
  await chart.waitFor();
  expect(await chart.locator('g[aria-label="bar"] rect').count()).toBe(arr.groups.length);
});

seen('a whole report is taken away as a file, with how far it is and where it comes from', async () => {
  await page.getByRole('tab', { name: 'Table' }).click();
  expect(await page.getByText('Annual recurring revenue, version 1, by Finance').count()).toBe(1);
  await page.getByText('Export the report').click();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Every row behind them as CSV' }).click();
  const file = await saved;
  await page.getByText(`Saved ${file.suggestedFilename()}: 1 rows`, { exact: false }).waitFor();
  const text = readFileSync(await file.path(), 'utf8');
  expect(text).toContain('2736.00'); // 12 × $228
  expect(text).toMatch(/^# .*arr/m);
});

seen('what stands in the editor is copied as code, and the houses are drawn', async () => {
  await page.getByRole('button', { name: 'Show Copy as code' }).click();
  await page.getByRole('button', { name: 'Python' }).click();
  expect(await page.locator('.panel pre').textContent()).toContain(`"month": "${MONTH}"`);
  await page.getByRole('button', { name: 'Show Map of the houses' }).click();
  await page.getByRole('button', { name: 'reports' }).click();
  await page.locator('.house').getByText('ArrReport', { exact: true }).waitFor();
});

seen('a refusal says in a sentence what is wrong, and where', async () => {
  await page.getByRole('button', { name: /^Buy a subscription/ }).click();
  await page.getByLabel('sku').fill('no-such-product');
  const refused = page.getByRole('alert', { name: 'What went wrong' });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await refused.getByText('PRODUCT_NOT_FOUND').waitFor();
});

seen('the page asks nobody but the gateway, and complains of nothing', async () => {
  expect(foreign).toEqual([]);
  expect(complaints).toEqual([]);
});
