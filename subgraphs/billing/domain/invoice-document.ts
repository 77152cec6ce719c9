import { type Currency, displayOf, money } from '#kernel/money';
import { addDays, type PlainDate } from '#kernel/time';
import type { InvoiceStatus } from './invoice';
import { type Buyer, type Seller, sellerOf, taxNote } from './tax-identity';

/** Who an invoice goes to. */
export interface Recipient {
  readonly name: string;
  readonly email: string;
  readonly street: string;
  readonly city: string;
  readonly postalCode: string;
  readonly region: string | null;
  readonly country: string;
}

/** An invoice as it was posted: nothing in it moves any more, except that it may have been voided. */
export interface PostedInvoice {
  readonly number: string;
  readonly status: InvoiceStatus;
  readonly issuedOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly postedAt: Date;
  readonly orderNumber: string | null;
  readonly poNumber: string | null;
  readonly sellingEntity: string;
  readonly seller: Seller | null;
  readonly buyer: Buyer | null;
  readonly billTo: Recipient;
  readonly currency: Currency;
  readonly subtotalMinor: bigint;
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
}

export interface PostedLine {
  readonly description: string;
  readonly quantity: number;
  readonly unitPriceMinor: bigint;
  readonly amountMinor: bigint;
  readonly taxMinor: bigint;
  readonly working: string;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
}

/** An invoice on paper: every text that stands on it, in the order of reading. */
export interface InvoiceDocument {
  readonly number: string;
  /** When it was posted, and so when the document was made: the same invoice is the same document each time. */
  readonly madeAt: Date;
  readonly title: string;
  /** Across the page, where the document no longer counts. */
  readonly mark: string | null;
  readonly seller: readonly string[];
  readonly buyer: readonly string[];
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly lines: readonly DocumentLine[];
  readonly sums: readonly (readonly [name: string, amount: string])[];
  readonly note: string | null;
}

export interface DocumentLine {
  readonly description: string;
  /** The days of service, both included, as people read them. */
  readonly days: string;
  readonly working: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly amount: string;
  readonly tax: string;
}

/**
 * Writes out what stands on an invoice: who sells and who buys with their tax numbers as they were on the day of
 * posting, each line with its working, and the sums. What was paid since is no part of the document.
 */
export function documentOf(invoice: PostedInvoice, lines: readonly PostedLine[]): InvoiceDocument {
  const amount = (minor: bigint) => displayOf(money(minor, invoice.currency));
  const seller = invoice.seller ?? sellerOf(invoice.sellingEntity);
  const { billTo, buyer } = invoice;
  const note = buyer && taxNote({ minor: invoice.taxMinor }, seller, { ...buyer, country: billTo.country });
  return {
    number: invoice.number,
    madeAt: invoice.postedAt,
    title: `Invoice ${invoice.number}`,
    mark: invoice.status === 'VOIDED' ? 'VOID' : null,
    seller: written([seller.name, ...addressLines(seller), seller.taxNumber]),
    buyer: written([
      buyer?.name ?? null,
      billTo.name,
      ...addressLines(billTo),
      billTo.email,
      buyer?.taxNumber ? `VAT ${buyer.taxNumber}` : null,
    ]),
    facts: [
      ['Issued on', invoice.issuedOn],
      ['Due on', invoice.dueOn],
      ['Currency', invoice.currency],
      ...(invoice.orderNumber ? ([['Order', invoice.orderNumber]] as const) : []),
      ...(invoice.poNumber ? ([['Purchase order', invoice.poNumber]] as const) : []),
    ],
    lines: lines.map(line => ({
      description: line.description,
      // A period excludes its end; people read the last day that is included.
      days: line.endsOn > line.startsOn ? `${line.startsOn} to ${addDays(line.endsOn, -1)}` : line.startsOn,
      working: line.working,
      quantity: String(line.quantity),
      unitPrice: amount(line.unitPriceMinor),
      amount: amount(line.amountMinor),
      tax: amount(line.taxMinor),
    })),
    sums: [
      ['Subtotal', amount(invoice.subtotalMinor)],
      ['Tax', amount(invoice.taxMinor)],
      ['Total', amount(invoice.totalMinor)],
    ],
    note,
  };
}

const written = (texts: readonly (string | null)[]): readonly string[] => texts.flatMap(text => (text ? [text] : []));

const addressLines = (address: Pick<Seller, 'street' | 'city' | 'postalCode' | 'region' | 'country'>): readonly string[] => [
  address.street,
  written([address.postalCode, address.city, address.region]).join(' '),
  address.country,
];
