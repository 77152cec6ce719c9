import { inflateSync } from 'node:zlib';
import { hopHeader, signHop } from '../../../kernel/auth/hop-token';
import { wallClock } from '../../../kernel/time';
import { HOP_SECRET, type TestHouse } from '../../support/house';
import { analyst, anonymous } from '../../support/viewers';
import { accountChanged, acme, acmeBuyer, openBilling, postedInvoice, voidIt } from './scene';

let house: TestHouse;
beforeEach(async () => {
  house = await openBilling();
});
afterEach(() => house.close());

const linkTo = async (number: string): Promise<URL> =>
  new URL(
    (await house.run(acmeBuyer, 'query ($n: String!) { invoice(number: $n) { pdfUrl } }', { n: number })).data.invoice.pdfUrl,
    'http://gateway.example',
  );

/** Passes a link on as the gateway does: the number out of the path, in a call signed for whoever clicked. */
async function fetchDocument(link: URL, change: Readonly<Record<string, string>> = {}): Promise<Response> {
  const query = new URLSearchParams(link.searchParams);
  query.set('number', /\/documents\/invoices\/(.+)\.pdf$/.exec(link.pathname)![1]!);
  for (const [name, value] of Object.entries(change)) query.set(name, value);
  const target = `/documents/invoices?${query}`;
  const token = signHop(HOP_SECRET, {
    audience: 'billing',
    body: target,
    viewer: anonymous,
    correlationId: 'a test',
    now: wallClock.now(),
  });
  return fetch(`${house.url}${target}`, { headers: { authorization: hopHeader(token) } });
}

/** How many glyphs the pages of a PDF show; the fonts are subsets, so their texts cannot be read back. */
function glyphsIn(pdf: Buffer): number {
  let glyphs = 0;
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 1)) {
    const end = pdf.indexOf('\nendstream', at);
    try {
      const text = inflateSync(pdf.subarray(at + 7, end)).toString('latin1');
      if (text.includes(' Tf')) glyphs += [...text.matchAll(/<([0-9a-f]+)>/g)].reduce((all, [, hex]) => all + hex!.length / 4, 0);
    } catch {
      // Fonts and tables are no pages.
    }
  }
  return glyphs;
}

test('a link of an invoice gives it as PDF, the same bytes each time', async () => {
  const number = await postedInvoice(house, 1);
  const answer = await fetchDocument(await linkTo(number));
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="${number}.pdf"`,
    'cache-control': 'private, no-store',
  });
  const pdf = Buffer.from(await answer.arrayBuffer());
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(glyphsIn(pdf)).toBeGreaterThan(300);
  expect(Buffer.from(await (await fetchDocument(await linkTo(number))).arrayBuffer()).equals(pdf)).toBe(true);
});

test('a void invoice is another document', async () => {
  const number = await postedInvoice(house, 1);
  const before = Buffer.from(await (await fetchDocument(await linkTo(number))).arrayBuffer());
  await voidIt(house, number);
  const after = Buffer.from(await (await fetchDocument(await linkTo(number))).arrayBuffer());
  expect(glyphsIn(after)).toBe(glyphsIn(before) + 'VOID'.length);
});

test('a link lasts for 15 minutes, and only for its own invoice', async () => {
  const [first, second] = [await postedInvoice(house, 1), await postedInvoice(house, 2)];
  const link = await linkTo(first);
  const otherSignature = (await linkTo(second)).searchParams.get('signature')!;
  expect((await fetchDocument(link, { number: second })).status).toBe(403);
  expect((await fetchDocument(link, { signature: otherSignature })).status).toBe(403);
  expect((await fetchDocument(link, { signature: '' })).status).toBe(403);
  expect((await fetchDocument(link, { expires: '99999999999' })).status).toBe(403);
  expect((await fetchDocument(link, { expires: 'never' })).status).toBe(403);
  house.setClock(new Date('2026-06-15T12:14:59Z'));
  expect((await fetchDocument(link)).status).toBe(200);
  house.setClock(new Date('2026-06-15T12:15:00Z'));
  expect((await fetchDocument(link)).status).toBe(403);
});

test('without a signed call there is no document, and analysts, who read no names, get no link', async () => {
  const number = await postedInvoice(house, 1);
  const link = await linkTo(number);
  expect((await fetch(`${house.url}/documents/invoices?number=${number}&${link.searchParams}`)).status).toBe(401);
  const seen = await house.run(analyst, `{ invoice(number: "${number}") { pdfUrl seller { name } buyer { name } } }`);
  expect(seen.data.invoice).toEqual({ pdfUrl: null, seller: { name: 'US Inc' }, buyer: null });
});

test('who sold and who bought stand as they stood on the day of posting, tax numbers included', async () => {
  const change = { version: 2, organizationName: 'Acme BV', vatId: 'NL123456789B01', isTaxExempt: false };
  await house.receive('customers', { type: 'BillingAccountChanged.v1', data: accountChanged(acme, 'BA-00000001', change) });
  const number = await postedInvoice(house, 1, { sellingEntity: 'NL BV' });
  const moved = { ...change, version: 3, organizationName: 'Acme Holding', vatId: null, isTaxExempt: true };
  await house.receive('customers', { type: 'BillingAccountChanged.v1', data: accountChanged(acme, 'BA-00000001', moved) });
  const PARTIES =
    'query ($n: String!) { invoice(number: $n) { seller { name taxNumber address { city country } } buyer { name taxNumber isTaxExempt } } }';
  expect((await house.run(acmeBuyer, PARTIES, { n: number })).data.invoice).toEqual({
    seller: { name: 'NL BV', taxNumber: 'VAT NL000000000B00', address: { city: 'Utrecht', country: 'NL' } },
    buyer: { name: 'Acme BV', taxNumber: 'NL123456789B01', isTaxExempt: false },
  });
  const next = await postedInvoice(house, 2, { sellingEntity: 'Elsewhere SA' });
  expect((await house.run(acmeBuyer, PARTIES, { n: next })).data.invoice).toEqual({
    seller: { name: 'Elsewhere SA', taxNumber: null, address: null },
    buyer: { name: 'Acme Holding', taxNumber: null, isTaxExempt: true },
  });
});
