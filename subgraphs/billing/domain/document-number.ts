import type { AccountId } from '#kernel/ids';

/** Documents that are numbered for each account without a gap, and the prefix of each. Invoices have a series of their own. */
export const DOCUMENT_KINDS = ['CREDIT_MEMO', 'REFUND'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

const PREFIXES = { INVOICE: 'INV', CREDIT_MEMO: 'CM', REFUND: 'RF' } as const;

/**
 * The number of an account's n-th document of a kind: `CM-00012345-0001`. The middle is the digits of the account's own
 * number, which no other account has, so a series needs no counter across accounts. Past 9999 the number grows a digit.
 */
export function documentNumber(
  kind: keyof typeof PREFIXES,
  account: { readonly accountId: AccountId; readonly number: string },
  sequence: number,
): string {
  const digits = account.number.replaceAll(/\D/g, '');
  // Without digits of its own, the account is told apart by its id; 32 digits are long, but they are nobody else's.
  const series = digits || account.accountId.slice(4).toUpperCase();
  return `${PREFIXES[kind]}-${series}-${String(sequence).padStart(4, '0')}`;
}
