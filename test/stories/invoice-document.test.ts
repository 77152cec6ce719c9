import { openTestPlatform, type TestPlatform } from '../support/platform';

let platform: TestPlatform;

beforeAll(async () => {
  platform = await openTestPlatform();
});
afterAll(() => platform?.close());

test('a buyer follows the link of an invoice to its PDF, and a link that was altered leads nowhere', async () => {
  const company = await platform.openCompany('Wide World Weavers');
  await platform.untilOrder(company.token, await platform.buy(company, { sku: 'premium-self-managed', quantity: 10 }));
  const { billingAccount } = await platform.run(company.token, 'InvoiceCenter', { account: company.accountId });
  const { pdfUrl, number } = billingAccount.invoices.nodes[0];
  const identity = await platform.query(company.token, `{ invoice(number: "${number}") { seller { name taxNumber address { city } } } }`);
  expect(identity.invoice.seller).toEqual({ name: 'US Inc', taxNumber: 'EIN 00-0000000', address: { city: 'San Francisco' } });

  const document = await fetch(`${platform.url}${pdfUrl}`);
  expect(document.status).toBe(200);
  expect(document.headers.get('content-type')).toBe('application/pdf');
  expect(document.headers.get('content-disposition')).toContain(number);
  expect(
    Buffer.from(await document.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');

  const statusOf = async (path: string) => (await fetch(`${platform.url}${path}`)).status;
  expect(await statusOf(pdfUrl.replace(/signature=./, unlike))).toBe(403);
  expect(await statusOf(pdfUrl.replace(number, number.replace(/\d$/, unlike)))).toBe(403);
  expect(await statusOf(pdfUrl.replace(/expires=\d/, 'expires=9'))).toBe(403);
  expect(await statusOf('/documents/invoices/..%2f..%2fevents.pdf')).toBe(404);
  expect(await statusOf('/documents/other')).toBe(404);

  await platform.stopHouse('billing');
  expect(await statusOf(pdfUrl)).toBe(503);
});

/** The same text with another last character: a fixed one could be the one that stood there. */
function unlike(text: string): string {
  return text.slice(0, -1) + (text.endsWith('7') ? '8' : '7');
}
