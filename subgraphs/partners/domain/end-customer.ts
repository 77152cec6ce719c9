import { accept, refuse } from '#kernel/result';
import { emailFrom, lineFrom, screenedName } from '#kernel/text';
import type { Region } from './relationship';

/** A company at the end of a chain, and its contact: Sold-To, who gets the licence (L1). */
export interface EndCustomerEntry {
  readonly companyName: string;
  readonly country: string;
  readonly address: {
    readonly street: string;
    readonly city: string;
    readonly postalCode: string;
    readonly region?: string | null;
    readonly country: string;
  };
  readonly soldToName: string;
  readonly soldToEmail: string;
  readonly vatId?: string | null;
}

/** The same, checked, as it is kept. */
export interface EndCustomer {
  readonly companyName: string;
  readonly country: string;
  readonly vatId: string | null;
  readonly contact: Contact;
}

/** A person at an address. */
export interface Contact {
  readonly name: string;
  readonly email: string;
  readonly street: string;
  readonly city: string;
  readonly postalCode: string;
  readonly region: string | null;
  readonly country: string;
}

const LENGTH_MAX = { name: 200, street: 200, city: 100, postalCode: 20, region: 100, vatId: 32 } as const;

/** Decides how an end customer is kept, or says which part of it cannot be. */
export function endCustomerFrom(entry: EndCustomerEntry, path: readonly string[] = ['endCustomer']) {
  const invalid = (field: string, sentence: string) => refuse('END_CUSTOMER_INVALID', sentence, { path: [...path, field] });
  const companyName = lineFrom(entry.companyName, LENGTH_MAX.name);
  if (!companyName) return invalid('companyName', `A company's name has 1 to ${LENGTH_MAX.name} visible characters.`);
  if (entry.country !== entry.address.country) return invalid('country', 'The country is that of the address.');
  const vatId = (entry.vatId ?? '').trim();
  if (vatId.length > LENGTH_MAX.vatId) return invalid('vatId', `A VAT id has at most ${LENGTH_MAX.vatId} characters.`);
  const contact = contactFrom({ name: entry.soldToName, email: entry.soldToEmail, address: entry.address });
  if (!contact) return invalid('soldToName', 'Sold-To needs a name, an e-mail address, a street and a city, each short enough to print.');
  return accept({ companyName, country: entry.country, vatId: vatId || null, contact });
}

/** A contact as it is kept; null when a part of it cannot be. */
export function contactFrom(entry: Pick<EndCustomerEntry, 'address'> & { readonly name: string; readonly email: string }): Contact | null {
  const { address } = entry;
  const [name, email] = [lineFrom(entry.name, LENGTH_MAX.name), emailFrom(entry.email)];
  const [street, city] = [lineFrom(address.street, LENGTH_MAX.street), lineFrom(address.city, LENGTH_MAX.city)];
  const postalCode = address.postalCode.trim() === '' ? '' : lineFrom(address.postalCode, LENGTH_MAX.postalCode);
  const isRegionless = (address.region ?? '').trim() === '';
  const region = isRegionless ? null : lineFrom(address.region ?? '', LENGTH_MAX.region);
  if (!name || !email || !street || !city || postalCode === null || (!isRegionless && region === null)) return null;
  return { name, email, street, city, postalCode, region, country: address.country };
}

/** One customer of a partner, however its name is typed: the same company with the same Sold-To in the same country. */
export const customerKeyOf = ({ companyName, country, contact }: EndCustomer, currency: string): string =>
  [screenedName(companyName), country, contact.email, currency].join('|');

/** What is compared with the list of restricted parties. */
export const screenedPartsOf = (customer: EndCustomer, partners: readonly string[]) => ({
  names: [...new Set([customer.companyName, customer.contact.name, ...partners].map(screenedName))].filter(name => name !== ''),
  countries: [...new Set([customer.country, customer.contact.country])],
});

const EMEA = new Set(
  (
    'AD AE AL AM AO AT AZ BA BE BF BG BH BI BJ BW BY CD CF CG CH CI CM CV CY CZ DE DJ DK DZ EE EG ER ES ET FI FO FR GA GB GE GG GH GI ' +
    'GM GN GQ GR GW HR HU IE IL IM IQ IR IS IT JE JO KE KM KW LB LI LR LS LT LU LV LY MA MC MD ME MG MK ML MR MT MU MW MZ NA NE NG NL NO ' +
    'OM PL PS PT QA RO RS RU RW SA SC SD SE SI SK SL SM SN SO SS ST SY SZ TD TG TN TR TZ UA UG VA XK YE ZA ZM ZW'
  ).split(' '),
);
const AMER = new Set(
  (
    'AG AI AR AW BB BL BM BO BQ BR BS BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PM PR ' +
    'PY SR SV SX TC TT US UY VC VE VG VI'
  ).split(' '),
);

/** The region in which a customer is sold to: by its country, Asia and the Pacific where it is in neither of the others. */
export const regionOf = (country: string): Region => (EMEA.has(country) ? 'EMEA' : AMER.has(country) ? 'AMER' : 'APAC');
