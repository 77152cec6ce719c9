import { screenedName } from '#kernel/text';

/** What the list of restricted parties holds: names that may not be sold to, and countries that may not be. */
export const RESTRICTION_KINDS = ['PARTY', 'COUNTRY'] as const;
export type RestrictionKind = (typeof RESTRICTION_KINDS)[number];

/** One entry of the list; a party's name is kept in its screened form. */
export interface Restriction {
  readonly kind: RestrictionKind;
  readonly value: string;
}

/** Who takes part in a purchase: the company and the people on it, with their countries. */
export interface Parties {
  readonly name: string;
  readonly organizationName: string;
  readonly billToName: string;
  readonly billToCountry: string;
  readonly soldToName: string;
  readonly soldToCountry: string;
}

/** The names and countries that must not be on the list for a purchase to go on. */
export function screenedValues(parties: Parties): { readonly names: readonly string[]; readonly countries: readonly string[] } {
  const names = [parties.name, parties.organizationName, parties.billToName, parties.soldToName].map(screenedName);
  return {
    names: [...new Set(names)].filter(name => name !== ''),
    countries: [...new Set([parties.billToCountry, parties.soldToCountry])],
  };
}

/** Decides the screening from the entries that were met. The reason never tells a buyer which name is on the list. */
export function screened(met: readonly Restriction[]): { readonly isClear: boolean; readonly reason: string } {
  if (met.length === 0) return { isClear: true, reason: 'No party of this order is restricted.' };
  return { isClear: false, reason: 'This purchase cannot be accepted for legal reasons. Please contact us.' };
}
