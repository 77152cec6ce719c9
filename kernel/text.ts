/** Text that hides itself: control characters, direction overrides, zero-width and other format characters, halves of pairs. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/u;
const EMAIL = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;
const EMAIL_LENGTH_MAX = 254;

/**
 * The text as it is kept: composed (NFC), trimmed, with single spaces. Answers null when nothing is left, when it is
 * longer than the bound, or when it holds characters a reader cannot see, which make one name look like another.
 */
export function lineFrom(text: string, lengthMax: number): string | null {
  if (text.length > 4 * lengthMax) return null;
  const line = text.normalize('NFC').trim().replace(/\s+/gu, ' ');
  return line.length > 0 && line.length <= lengthMax && !INVISIBLE.test(line) ? line : null;
}

/** An e-mail address in lower case, the form in which people are told apart; null when it is none. At most 254 characters. */
export function emailFrom(text: string): string | null {
  if (text.length > EMAIL_LENGTH_MAX + 2) return null;
  const address = text.trim().toLowerCase();
  return address.length <= EMAIL_LENGTH_MAX && EMAIL.test(address) ? address : null;
}

/**
 * A name as it is compared: without accents, case, punctuation and doubled spaces, so that `ÁCME, Ltd.` meets `acme
 * ltd`. At most 200 characters count.
 */
export const screenedName = (name: string): string =>
  name
    .slice(0, 200)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
