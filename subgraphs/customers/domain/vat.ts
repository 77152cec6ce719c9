/** What follows the country in a VAT id. Formats as the European Commission, HMRC, the Swiss and Norwegian offices and the ATO publish them. */
const FORMAT_BY_PREFIX: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  AU: /^\d{11}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CH: /^E\d{9}(?:MWST|TVA|IVA)?$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^[1-9]\d{8}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  EL: /^\d{9}$/,
  ES: /^[A-Z0-9]\d{7}[A-Z0-9]$/,
  FI: /^\d{8}$/,
  FR: /^[A-HJ-NP-Z0-9]{2}\d{9}$/,
  GB: /^(?:\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^(?:\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/,
  IT: /^\d{11}$/,
  LT: /^(?:\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^[A-Z0-9+*]{9}B[A-Z0-9+*]{2}$/,
  NO: /^\d{9}(?:MVA)?$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{10}01$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
  XI: /^(?:\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
};

/** The check digit of the countries whose rule is public and simple. It catches a mistyped digit. */
const CHECK_BY_PREFIX: Readonly<Record<string, (rest: string) => boolean>> = {
  AU: rest => weighted(`${Number(rest[0]) - 1}${rest.slice(1)}`, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) % 89 === 0,
  BE: rest => 97 - (Number(rest.slice(0, 8)) % 97) === Number(rest.slice(8)),
  DE: isIso7064,
  HR: isIso7064,
  DK: rest => weighted(rest, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  FI: rest => weighted(rest, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 === 0,
  LU: rest => Number(rest.slice(0, 6)) % 89 === Number(rest.slice(6)),
  NO: rest => weighted(rest.slice(0, 9), [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  PL: rest => weighted(rest, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === Number(rest[9]),
};

const VAT_ID_LENGTH_MAX = 40;

/**
 * Reads a VAT id as people write it (`de 123 456 788`, `NL-8510.02.345.B01`) into the one form we keep. Answers null
 * when the country is unknown, the form is wrong, or a check digit we know does not fit. It decides form only: whether
 * the number is in force is known to the tax office.
 */
export function vatIdFrom(text: string): string | null {
  if (text.length > VAT_ID_LENGTH_MAX) return null;
  const compact = text.toUpperCase().replace(/[\s.\-/]/g, '');
  const prefix = compact.startsWith('GR') ? 'EL' : compact.slice(0, 2);
  const rest = compact.slice(2);
  const format = Object.hasOwn(FORMAT_BY_PREFIX, prefix) ? FORMAT_BY_PREFIX[prefix] : undefined;
  if (!format?.test(rest)) return null;
  const check = CHECK_BY_PREFIX[prefix];
  return !check || check(rest) ? prefix + rest : null;
}

function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((total, weight, place) => total + weight * Number(digits[place]), 0);
}

/** ISO 7064, MOD 11,10: the last digit proves the ones before it. */
function isIso7064(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (2 * sum) % 11;
  }
  return (11 - product) % 10 === Number(digits.at(-1));
}
