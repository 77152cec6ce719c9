/** Who sells, as tax law wants it on an invoice. */
export interface Seller {
  readonly name: string;
  readonly street: string;
  readonly city: string;
  readonly postalCode: string;
  readonly region: string | null;
  /** ISO 3166-1 alpha-2, or empty where the entity is not known. */
  readonly country: string;
  /** With what it is called there: `VAT NL000000000B00`. */
  readonly taxNumber: string | null;
}

/** Who buys, as tax law wants it on an invoice, beside the address that the invoice goes to. */
export interface Buyer {
  readonly name: string;
  readonly taxNumber: string | null;
  readonly isTaxExempt: boolean;
}

/**
 * The selling entities. Policy values: the addresses and tax numbers are stand-ins, and a deployment writes its own
 * here before it sends an invoice.
 */
export const SELLERS: Readonly<Record<string, Seller>> = {
  US_INC: {
    name: 'US Inc',
    street: '1 Market Street',
    city: 'San Francisco',
    postalCode: '94105',
    region: 'CA',
    country: 'US',
    taxNumber: 'EIN 00-0000000',
  },
  NL_BV: {
    name: 'NL BV',
    street: 'Kade 1',
    city: 'Utrecht',
    postalCode: '3511 AA',
    region: null,
    country: 'NL',
    taxNumber: 'VAT NL000000000B00',
  },
  UK_LTD: {
    name: 'UK Ltd',
    street: '1 High Street',
    city: 'London',
    postalCode: 'EC1A 1AA',
    region: null,
    country: 'GB',
    taxNumber: 'VAT GB000000000',
  },
  DE_GMBH: {
    name: 'DE GmbH',
    street: 'Hauptstraße 1',
    city: 'Berlin',
    postalCode: '10115',
    region: null,
    country: 'DE',
    taxNumber: 'VAT DE000000000',
  },
  AU_PTY: {
    name: 'AU Pty',
    street: '1 George Street',
    city: 'Sydney',
    postalCode: '2000',
    region: 'NSW',
    country: 'AU',
    taxNumber: 'ABN 00 000 000 000',
  },
};

/**
 * The identity of a selling entity, by its code or its name: `NL_BV`, `NL BV`. One that has none written down sells under
 * its name alone.
 */
export function sellerOf(sellingEntity: string): Seller {
  const code = sellingEntity.toUpperCase().replaceAll(' ', '_');
  const seller = Object.hasOwn(SELLERS, code) ? SELLERS[code] : undefined;
  return seller ?? { name: sellingEntity, street: '', city: '', postalCode: '', region: null, country: '', taxNumber: null };
}

const EUROPEAN_UNION: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

/**
 * Why an invoice has no tax, where it must say so: the buyer is exempt, or is a business in another country of the
 * European Union than the seller, and accounts for the tax itself. Null where it has tax or needs no reason.
 */
export function taxNote(
  tax: { readonly minor: bigint },
  seller: { readonly country: string },
  buyer: { readonly taxNumber: string | null; readonly isTaxExempt: boolean; readonly country: string },
): string | null {
  if (tax.minor !== 0n) return null;
  if (buyer.isTaxExempt) return 'No tax: the buyer is exempt.';
  const isWithinUnion = EUROPEAN_UNION.has(seller.country) && EUROPEAN_UNION.has(buyer.country);
  return isWithinUnion && seller.country !== buyer.country && buyer.taxNumber
    ? 'Reverse charge: the recipient accounts for the tax.'
    : null;
}
