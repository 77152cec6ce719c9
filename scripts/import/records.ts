import { z } from 'zod';
import { isCurrency, type MoneyText, moneyFromDecimal } from '../../kernel/money';
import { plainDateFrom } from '../../kernel/time';

/** What can be brought along, in the shape that a file has it in. `docs/import.md` describes each field. */

const text = z.string().trim().min(1);
/** Files of spreadsheets know text alone. */
const count = z.coerce.number().int().min(1).max(1_000_000);
const yesOrNo = z.union([z.boolean(), z.enum(['true', 'false']).transform(word => word === 'true')]);
const date = z.string().transform((written, ctx) => plainDateFrom(written) ?? refused(ctx, 'a day is written 2026-06-30'));
const currency = z.string().refine(isCurrency, { error: 'a currency that we sell in, such as USD' });
const amount = z.string().regex(/^-?\d{1,15}(\.\d{1,4})?$/, { error: 'an amount is written 1234.50' });
const price = z.object({ amount, currency }).transform((written, ctx): MoneyText => {
  const known = isCurrency(written.currency) ? moneyFromDecimal(written.amount, written.currency) : null;
  return known ? { amount: written.amount, currency: known.currency } : refused(ctx, 'an amount with no more digits than its currency has');
});

const address = z.object({
  street: text,
  city: text,
  postalCode: z.string().default(''),
  region: z.string().nullable().default(null),
  country: z.string().regex(/^[A-Z]{2}$/, { error: 'a country is written as two capitals, such as DE' }),
});
const contact = z.object({ name: text, email: text, address });

export const accountRecord = z.object({
  kind: z.literal('account'),
  reference: text,
  organization: z.object({ reference: text, name: text }),
  name: text,
  currency,
  channel: z.enum(['WEB_DIRECT', 'SALES_ASSISTED']).default('SALES_ASSISTED'),
  segment: z.enum(['COMMERCIAL', 'PUBLIC_SECTOR', 'EDUCATION', 'OPEN_SOURCE', 'STARTUP']).default('COMMERCIAL'),
  paymentTermsDays: z.coerce.number().int().min(0).default(30),
  isAutoPay: yesOrNo.default(false),
  isTaxExempt: yesOrNo.default(false),
  vatId: z.string().nullable().default(null),
  billTo: contact,
  soldTo: contact.nullable().default(null),
  owner: z.object({ email: text, name: text }).nullable().default(null),
});

const charge = z.object({
  sku: text,
  kind: z.enum(['BASE', 'ADD_ON', 'COMPUTE', 'STORAGE']).default('BASE'),
  model: z.enum(['RECURRING', 'ONE_TIME']).default('RECURRING'),
  quantity: count,
  unitPrice: price,
  startsOn: date,
  endsOn: date,
});

const version = z.object({
  kind: z.enum(['CREATE', 'ADD_SEATS', 'RENEW', 'CANCEL', 'CHANGE_PLAN']),
  effectiveOn: date,
  plan: z.object({ sku: text, name: text, tier: z.enum(['PREMIUM', 'ULTIMATE']), deployment: z.enum(['SAAS', 'SELF_MANAGED']) }),
  term: z.object({ startsOn: date, endsOn: date, months: count }),
  isAutoRenew: yesOrNo.default(true),
  charges: z.array(charge).max(300).default([]),
  ends: z
    .object({ on: date, skus: z.array(text).nullable().default(null) })
    .nullable()
    .default(null),
});

export const subscriptionRecord = z.object({
  kind: z.literal('subscription'),
  reference: text,
  account: text,
  name: text,
  namespacePath: text.nullable().default(null),
  resalePartnerId: text.nullable().default(null),
  versions: z.array(version).min(1),
});

const line = z.object({
  subscription: text,
  sku: text,
  description: text,
  quantity: z.coerce.number().int().min(-1_000_000).max(1_000_000),
  unitPrice: amount,
  amount,
  tax: amount.default('0'),
  servicePeriod: z.object({ startsOn: date, endsOn: date }),
});

export const invoiceRecord = z.object({
  kind: z.literal('invoice'),
  reference: text,
  account: text,
  number: text,
  currency,
  sellingEntity: z.enum(['US_INC', 'NL_BV', 'UK_LTD', 'DE_GMBH', 'AU_PTY']).default('US_INC'),
  poNumber: text.nullable().default(null),
  issuedOn: date,
  dueOn: date,
  open: amount,
  lines: z.array(line).min(1).max(300),
});

/** In this order they are taken over: each may name what came before it. */
export const RECORDS = { account: accountRecord, subscription: subscriptionRecord, invoice: invoiceRecord } as const;
export type RecordKind = keyof typeof RECORDS;

export type AccountRecord = z.infer<typeof accountRecord>;
export type SubscriptionRecord = z.infer<typeof subscriptionRecord>;
export type InvoiceRecord = z.infer<typeof invoiceRecord>;

function refused(ctx: z.core.$RefinementCtx, message: string): never {
  ctx.addIssue({ code: 'custom', message });
  return z.NEVER;
}
