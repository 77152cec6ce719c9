import { isCurrency } from '#kernel/money';
import { accept, type Refusal, type Result, refuse } from '#kernel/result';
import { lineFrom } from '#kernel/text';
import { vatIdFrom } from './vat';

/** What kind of customer pays; some segments are excluded from reconciliation and auto-renewal (Q3, R2). */
export const SEGMENTS = ['COMMERCIAL', 'PUBLIC_SECTOR', 'EDUCATION', 'OPEN_SOURCE', 'STARTUP'] as const;
export type Segment = (typeof SEGMENTS)[number];

/** The companies that sell and issue invoices. */
export const SELLING_ENTITIES = ['US_INC', 'NL_BV', 'UK_LTD', 'DE_GMBH', 'AU_PTY'] as const;
export type SellingEntity = (typeof SELLING_ENTITIES)[number];

/** How the account came to be: by the web shop, or with a person from sales or support. */
export const ACCOUNT_CHANNELS = ['WEB_DIRECT', 'SALES_ASSISTED'] as const;
export type AccountChannel = (typeof ACCOUNT_CHANNELS)[number];

/** Policy values. */
export const PAYMENT_TERMS_DAYS_DEFAULT = 30;
export const PAYMENT_TERMS_DAYS_MAX = 120;
export const ACCOUNT_NAME_LENGTH_MAX = 200;

const ENTITY_BY_COUNTRY: Readonly<Record<string, SellingEntity>> = {
  ...Object.fromEntries(
    countries('NL BE LU FR ES PT IT IE DK SE FI NO IS PL CZ SK HU SI HR RO BG GR CY MT EE LV LT').map(code => [code, 'NL_BV']),
  ),
  ...Object.fromEntries(countries('DE AT CH LI').map(code => [code, 'DE_GMBH'])),
  ...Object.fromEntries(countries('GB GG JE IM').map(code => [code, 'UK_LTD'])),
  ...Object.fromEntries(countries('AU NZ').map(code => [code, 'AU_PTY'])),
};

/**
 * Decides which company sells to an account: by the country of its Bill-To, or always the US company when the account
 * was opened in the web shop, which sells in the name of that company alone. A country without a company of its own
 * buys from the US company. It is derived at each change and can never be chosen.
 */
export function sellingEntityFor(account: { readonly channel: AccountChannel }, billTo: { readonly country: string }): SellingEntity {
  return account.channel === 'WEB_DIRECT' ? 'US_INC' : (ENTITY_BY_COUNTRY[billTo.country] ?? 'US_INC');
}

/** What is asked for when an account is opened. */
export interface AccountTerms {
  readonly name: string;
  readonly currency: string;
  readonly channel: AccountChannel;
  readonly segment?: Segment | null;
  readonly paymentTermsDays?: number | null;
  readonly isAutoPay?: boolean | null;
  readonly isTaxExempt?: boolean | null;
  readonly vatId?: string | null;
}

/** Decides the terms of a new account: Net 30 and a commercial customer unless said otherwise, a valid VAT id and a currency we sell in. */
export function openAccount(asked: AccountTerms) {
  const name = accountName(asked.name);
  if (!name.ok) return name;
  const { currency } = asked;
  if (!isCurrency(currency)) return refuse('CURRENCY_NOT_SUPPORTED', `Nothing can be sold in ${currency}.`, { path: ['currency'] });
  const days = paymentTerms(asked.paymentTermsDays ?? PAYMENT_TERMS_DAYS_DEFAULT);
  if (!days.ok) return days;
  const vatId = vatIdOrNone(asked.vatId);
  if (!vatId.ok) return vatId;
  return accept({
    name: name.value,
    currency,
    channel: asked.channel,
    segment: asked.segment ?? ('COMMERCIAL' as const),
    paymentTermsDays: days.value,
    isAutoPay: asked.isAutoPay ?? false,
    isTaxExempt: asked.isTaxExempt ?? false,
    vatId: vatId.value,
  });
}

/** What may change in an account. Absent leaves it as it is; a VAT id of null takes it away. */
export interface AccountChange {
  readonly name?: string | null;
  readonly segment?: Segment | null;
  readonly paymentTermsDays?: number | null;
  readonly isAutoPay?: boolean | null;
  readonly isTaxExempt?: boolean | null;
  readonly vatId?: string | null;
}

interface ChangeableAccount {
  readonly name: string;
  readonly segment: Segment;
  readonly paymentTermsDays: number;
  readonly isAutoPay: boolean;
  readonly isTaxExempt: boolean;
  readonly vatId: string | null;
}

/** What decides price, tax or credit is granted by staff, never taken by the customer. */
const GRANTED_BY_STAFF = ['segment', 'paymentTermsDays', 'isTaxExempt'] as const;

/** Decides a change of an account's terms. Refuses a buyer who would grant himself terms, segment or tax exemption. */
export function changeAccount(account: ChangeableAccount, asked: AccountChange, by: { readonly isStaff: boolean }) {
  const taken = GRANTED_BY_STAFF.find(field => asked[field] !== undefined && asked[field] !== null && asked[field] !== account[field]);
  if (taken && !by.isStaff) {
    return refuse('RESERVED_FOR_STAFF', 'Payment terms, segment and tax exemption are granted by our staff. Please contact support.', {
      path: [taken],
    });
  }
  const name = accountName(asked.name ?? account.name);
  if (!name.ok) return name;
  const days = paymentTerms(asked.paymentTermsDays ?? account.paymentTermsDays);
  if (!days.ok) return days;
  const vatId = asked.vatId === undefined ? accept(account.vatId) : vatIdOrNone(asked.vatId);
  if (!vatId.ok) return vatId;
  return accept({
    name: name.value,
    segment: asked.segment ?? account.segment,
    paymentTermsDays: days.value,
    isAutoPay: asked.isAutoPay ?? account.isAutoPay,
    isTaxExempt: asked.isTaxExempt ?? account.isTaxExempt,
    vatId: vatId.value,
  });
}

/** The number of an account as people write it: `A00012345`. */
export const accountNumber = (digits: string): string => `A${digits}`;

function accountName(text: string): Result<string, Refusal<'NAME_INVALID'>> {
  const name = lineFrom(text, ACCOUNT_NAME_LENGTH_MAX);
  return name ? accept(name) : refuse('NAME_INVALID', `A name has 1 to ${ACCOUNT_NAME_LENGTH_MAX} visible characters.`, { path: ['name'] });
}

function paymentTerms(days: number): Result<number, Refusal<'PAYMENT_TERMS_INVALID'>> {
  return Number.isInteger(days) && days >= 0 && days <= PAYMENT_TERMS_DAYS_MAX
    ? accept(days)
    : refuse('PAYMENT_TERMS_INVALID', `Payment terms are 0 to ${PAYMENT_TERMS_DAYS_MAX} days.`, { path: ['paymentTermsDays'] });
}

function vatIdOrNone(text: string | null | undefined): Result<string | null, Refusal<'VAT_ID_INVALID'>> {
  if (text === null || text === undefined || text === '') return accept(null);
  const vatId = vatIdFrom(text);
  return vatId
    ? accept(vatId)
    : refuse('VAT_ID_INVALID', 'This is not a VAT id of any country we know. It starts with the country, such as DE123456789.', {
        path: ['vatId'],
      });
}

function countries(codes: string): readonly string[] {
  return codes.split(' ');
}
