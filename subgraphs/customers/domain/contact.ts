import { accept, refuse } from '#kernel/result';
import { emailFrom, lineFrom } from '#kernel/text';

/** Who receives invoices, and who receives licences and speaks for the subscription. One person may be both. */
export const CONTACT_ROLES = ['BILL_TO', 'SOLD_TO'] as const;
export type ContactRole = (typeof CONTACT_ROLES)[number];

/** A person at an address, as a client writes it. */
export interface ContactEntry {
  readonly name: string;
  readonly email: string;
  readonly address: {
    readonly street: string;
    readonly city: string;
    readonly postalCode: string;
    readonly region?: string | null;
    /** ISO 3166-1 alpha-2. */
    readonly country: string;
  };
}

const LENGTH_MAX = { name: 200, street: 200, city: 100, postalCode: 20, region: 100 } as const;

/** Decides how a contact is kept, or says which part of it cannot be. A postal code may be empty: not every country has one. */
export function contactFrom(entry: ContactEntry, field: string) {
  const invalid = (part: string, sentence: string) => refuse('CONTACT_INVALID', sentence, { path: [field, ...part.split('.')] });
  const { address } = entry;
  const name = lineFrom(entry.name, LENGTH_MAX.name);
  if (!name) return invalid('name', `A name has 1 to ${LENGTH_MAX.name} visible characters.`);
  const email = emailFrom(entry.email);
  if (!email) return invalid('email', 'This is not an e-mail address.');
  const street = lineFrom(address.street, LENGTH_MAX.street);
  if (!street) return invalid('address.street', `A street has 1 to ${LENGTH_MAX.street} visible characters.`);
  const city = lineFrom(address.city, LENGTH_MAX.city);
  if (!city) return invalid('address.city', `A city has 1 to ${LENGTH_MAX.city} visible characters.`);
  const postalCode = address.postalCode.trim() === '' ? '' : lineFrom(address.postalCode, LENGTH_MAX.postalCode);
  if (postalCode === null) return invalid('address.postalCode', `A postal code has at most ${LENGTH_MAX.postalCode} visible characters.`);
  const region = (address.region ?? '').trim() === '' ? null : lineFrom(address.region ?? '', LENGTH_MAX.region);
  if (region === null && (address.region ?? '').trim() !== '')
    return invalid('address.region', `A region has at most ${LENGTH_MAX.region} visible characters.`);
  if (!/^[A-Z]{2}$/.test(address.country)) return invalid('address.country', 'A country is two capital letters, as in DE.');
  return accept({ name, email, street, city, postalCode, region, country: address.country });
}
