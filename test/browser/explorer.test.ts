/** The explorer as people see it: in a real browser, on the whole product. Where no browser can be had it says so. */
import { existsSync, writeFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { openTestPlatform, type TestPlatform } from '../support/platform';
import type { Company } from '../support/shop';

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
  writeFileSync(platform.personasPath, JSON.stringify([{ id: 'buyer', label: 'Buyer', description: 'Buys', claims, samples }]));
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

seen('the page asks nobody but the gateway, and complains of nothing', async () => {
  expect(foreign).toEqual([]);
  expect(complaints).toEqual([]);
});
