/**
 * Pictures of every panel of the explorer, in light and in dark, for people to look at. `npm start` must be running:
 * `npm run screenshots` writes below .data/screenshots, `npm run screenshots -- FOLDER http://127.0.0.1:5000` elsewhere, of another one.
 * ONLY=chart takes those with `chart` in their name.
 */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
const SETTLE_MS = 700;

interface Picture {
  readonly name: string;
  /** The tab of the answer that is looked at; nothing is asked without one. */
  readonly tab?: string;
  /** A panel beside the editor, by the name of its button. */
  readonly panel?: string;
  /** Something folded that is opened. */
  readonly unfold?: string;
  readonly persona: string;
  readonly operation: string;
}

const TIERS = { persona: 'Analyst', operation: 'Recurring revenue by tier' };
const MONTHS = { persona: 'Analyst', operation: 'Recurring revenue, month by month' };
const PREVIEW = { persona: 'Buyer', operation: 'Preview an order' };
const PURCHASES = { persona: 'Support', operation: 'My purchases' };

const PICTURES: readonly Picture[] = [
  { name: 'unasked', ...TIERS },
  { name: 'table', ...TIERS, tab: 'Table' },
  { name: 'pivot', ...TIERS, tab: 'Pivot' },
  { name: 'chart-bars', ...TIERS, tab: 'Chart' },
  { name: 'json', ...TIERS, tab: 'JSON' },
  { name: 'chart-lines', ...MONTHS, tab: 'Chart' },
  { name: 'many-columns', ...PURCHASES, tab: 'Table' },
  { name: 'plan-and-time', ...PURCHASES, tab: 'Plan and time' },
  { name: 'form', ...PREVIEW, tab: 'Table' },
  { name: 'definition', ...TIERS, tab: 'Table', unfold: '.metric-note' },
  { name: 'files', ...TIERS, tab: 'Table', unfold: '.files' },
  { name: 'rights', ...TIERS, tab: 'Table', unfold: '.rights' },
  { name: 'metrics', ...TIERS, panel: 'What numbers mean' },
  { name: 'map', ...TIERS, panel: 'Map of the houses' },
  { name: 'code', ...TIERS, panel: 'Copy as code' },
];

async function main([folder = '.data/screenshots', address = 'http://127.0.0.1:4000']: readonly string[]): Promise<void> {
  if (!CHROMIUM) throw new Error('There is no Chromium at /usr/bin: apt-get install -y chromium.');
  const isThere = await fetch(`${address}/explorer/`).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!isThere) throw new Error(`Nothing answers at ${address}/explorer/. Start the product first: npm start.`);
  await mkdir(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    for (const scheme of ['light', 'dark'] as const) await takeAll(browser, scheme, folder, address);
  } finally {
    await browser.close();
  }
  console.log(`Written to ${folder}.`);
}

async function takeAll(browser: Browser, colorScheme: 'light' | 'dark', folder: string, address: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme });
  page.on('response', async response => response.status() >= 400 && console.error(response.url(), await response.text()));
  page.on('pageerror', fault => console.error(fault.message));
  await page.goto(`${address}/explorer/`);
  const only = process.env['ONLY'] ?? '';
  for (const picture of PICTURES.filter(({ name }) => name.includes(only))) {
    await arrange(page, picture);
    await page.waitForTimeout(SETTLE_MS);
    await page.screenshot({ path: join(folder, `${picture.name}-${colorScheme}.png`) });
  }
  await page.close();
}

async function arrange(page: Page, { persona, operation, tab, panel, unfold }: Picture): Promise<void> {
  await page.getByRole('button', { name: persona, exact: true }).click();
  const operations = page.getByRole('navigation', { name: 'Saved operations' });
  await operations.getByRole('button', { name: new RegExp(`^${operation}`) }).click();
  if (panel) await page.getByRole('button', { name: `Show ${panel}` }).click();
  if (!tab) return;
  const asked = page.waitForResponse(
    response => response.url().endsWith('/graphql') && response.request().postData()?.includes('"trace"') === true,
  );
  await page.locator('.graphiql-execute-button').click();
  await asked;
  await page.getByRole('tab', { name: tab, exact: true }).click();
  if (unfold) await page.locator(`${unfold} > summary`).click();
}

main(process.argv.slice(2)).catch((fault: Error) => {
  console.error(fault.message);
  process.exitCode = 1;
});
