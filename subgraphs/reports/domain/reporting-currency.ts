import { CURRENCIES, CURRENCY_DECIMALS, type Currency } from '#kernel/money';

/** The currency in which reports are told. */
export const REPORTING_CURRENCY = 'USD' satisfies Currency;

/**
 * What one unit of a currency counts for in the reporting currency, the same for every month: a report tells how business
 * went, not how exchanges did. Policy values, set for a fiscal year and changed by a new version of the definitions.
 */
export const PLAN_RATES: Readonly<Record<Currency, string>> = {
  AUD: '0.66',
  BHD: '2.65',
  CAD: '0.73',
  CHF: '1.13',
  EUR: '1.09',
  GBP: '1.28',
  JPY: '0.0067',
  USD: '1',
};

/** For each currency, what one of its smallest units counts for in smallest units of the reporting currency, as decimal text. */
export const minorRates = (): readonly { readonly currency: Currency; readonly rate: string }[] =>
  CURRENCIES.map(currency => ({
    currency,
    rate: scaled(PLAN_RATES[currency], CURRENCY_DECIMALS[REPORTING_CURRENCY] - CURRENCY_DECIMALS[currency]),
  }));

/** Decimal text times a power of ten, exactly. */
function scaled(decimal: string, power: number): string {
  const [whole = '0', fraction = ''] = decimal.split('.');
  if (power >= 0) {
    const digits = whole + fraction.padEnd(power, '0').slice(0, power);
    return `${BigInt(digits)}.${fraction.slice(power) || '0'}`;
  }
  const digits = whole.padStart(1 - power, '0');
  return `${digits.slice(0, power)}.${digits.slice(power)}${fraction}`;
}
