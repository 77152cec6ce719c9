import { day } from '#kernel/time';
import { documentOf, type PostedInvoice, type PostedLine } from './invoice-document';
import { sellerOf, taxNote } from './tax-identity';

const invoice: PostedInvoice = {
  number: 'INV-00000001-0001',
  status: 'POSTED',
  issuedOn: day('2026-06-15'),
  dueOn: day('2026-07-15'),
  postedAt: new Date('2026-06-15T12:00:00Z'),
  orderNumber: 'O-1',
  poNumber: null,
  sellingEntity: 'NL BV',
  seller: sellerOf('NL BV'),
  buyer: { name: 'Contoso GmbH', taxNumber: 'DE123456789', isTaxExempt: false },
  billTo: { name: 'Ada', email: 'ada@contoso.example', street: 'Allee 2', city: 'Bonn', postalCode: '53113', region: null, country: 'DE' },
  currency: 'EUR',
  subtotalMinor: 110_564n,
  taxMinor: 0n,
  totalMinor: 110_564n,
};
const line: PostedLine = {
  description: 'Premium, 10 seats more',
  quantity: 10,
  unitPriceMinor: 22_800n,
  amountMinor: 110_564n,
  taxMinor: 0n,
  working: '10 × €228.00 ÷ 365 × 177 days = €1,105.64',
  startsOn: day('2026-06-15'),
  endsOn: day('2026-12-09'),
};

test('an invoice on paper says who sells, who buys, and how each amount came about', () => {
  expect(documentOf(invoice, [line])).toEqual({
    number: 'INV-00000001-0001',
    madeAt: invoice.postedAt,
    title: 'Invoice INV-00000001-0001',
    mark: null,
    seller: ['NL BV', 'Kade 1', '3511 AA Utrecht', 'NL', 'VAT NL000000000B00'],
    buyer: ['Contoso GmbH', 'Ada', 'Allee 2', '53113 Bonn', 'DE', 'ada@contoso.example', 'VAT DE123456789'],
    facts: [
      ['Issued on', '2026-06-15'],
      ['Due on', '2026-07-15'],
      ['Currency', 'EUR'],
      ['Order', 'O-1'],
    ],
    lines: [
      {
        description: 'Premium, 10 seats more',
        days: '2026-06-15 to 2026-12-08', // 177 days, both included
        working: '10 × €228.00 ÷ 365 × 177 days = €1,105.64',
        quantity: '10',
        unitPrice: '€228.00',
        amount: '€1,105.64',
        tax: '€0.00',
      },
    ],
    sums: [
      ['Subtotal', '€1,105.64'],
      ['Tax', '€0.00'],
      ['Total', '€1,105.64'],
    ],
    note: 'Reverse charge: the recipient accounts for the tax.',
  });
});

test('a void invoice says so, and an old one without identities names its selling entity', () => {
  const old = documentOf({ ...invoice, status: 'VOIDED', seller: null, buyer: null, sellingEntity: 'Elsewhere SA', poNumber: 'PO 7' }, []);
  expect(old).toMatchObject({ mark: 'VOID', seller: ['Elsewhere SA'], note: null });
  expect(old.buyer).toEqual(['Ada', 'Allee 2', '53113 Bonn', 'DE', 'ada@contoso.example']);
  expect(old.facts).toContainEqual(['Purchase order', 'PO 7']);
});

test.each([
  ['JPY', '¥110,564'],
  ['USD', '$1,105.64'],
  ['BHD', 'BHD 110.564'],
] as const)('amounts in %s have its own decimals', (currency, total) => {
  expect(documentOf({ ...invoice, currency }, [line]).sums[2]).toEqual(['Total', total]);
});

test.each([
  ['with tax', 1n, 'NL', { taxNumber: 'DE1', isTaxExempt: false, country: 'DE' }, null],
  ['exempt', 0n, 'US', { taxNumber: null, isTaxExempt: true, country: 'US' }, 'No tax: the buyer is exempt.'],
  [
    'a business elsewhere in the union',
    0n,
    'NL',
    { taxNumber: 'DE1', isTaxExempt: false, country: 'DE' },
    'Reverse charge: the recipient accounts for the tax.',
  ],
  ['a business in the same country', 0n, 'NL', { taxNumber: 'NL1', isTaxExempt: false, country: 'NL' }, null],
  ['a person elsewhere in the union', 0n, 'NL', { taxNumber: null, isTaxExempt: false, country: 'DE' }, null],
  ['a business outside the union', 0n, 'NL', { taxNumber: 'GB1', isTaxExempt: false, country: 'GB' }, null],
] as const)('the reason for no tax: %s', (_title, tax, country, buyer, note) => {
  expect(taxNote({ minor: tax }, { country }, buyer)).toBe(note);
});
