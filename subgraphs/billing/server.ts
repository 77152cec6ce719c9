import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { readConfig, signingSecrets } from '#kernel/config';
import { defineHouse, type Route, runHouse } from '#kernel/house';
import { mailOf } from '#kernel/mail';
import { json } from '#kernel/serve';
import { documentOf } from './domain/invoice-document';
import { handlers } from './events/handlers';
import { cron, jobs } from './events/jobs';
import type { BillingEvents } from './events/published';
import { buildSchema } from './graph/schema';
import { developmentProvider } from './ports/development-provider';
import { documentLinks } from './ports/document-links';
import { renderInvoice } from './ports/invoice-pdf';
import type { BillingServices } from './ports/services';
import { invoiceByNumber, linesOfInvoice } from './store/invoices';
import { providerBooks } from './store/provider-records';

const SETTINGS = {
  PAYMENT_PROVIDER: z.enum(['development', 'development_yes_in_production']).default('development'),
  PAYMENT_PROVIDER_DEADLINE_MS: z.coerce.number().int().min(50).max(60_000).default(5_000),
  /** Signs links to documents, newest first; two are live while one is replaced. */
  DOCUMENT_SECRETS: signingSecrets.optional(),
  /** The gateway's address as customers know it, without a slash at its end: what links to documents begin with. */
  DOCUMENT_BASE_URL: z.union([z.literal(''), z.url().regex(/[^/]$/)]).default(''),
};

/** An invoice as PDF, for whoever holds a good link to it. The gateway passes the link on in a signed call. */
const invoicePdf: Route<BillingEvents, BillingServices> = {
  method: 'GET',
  path: '/documents/invoices',
  handle: async ({ query }, ctx) => {
    const link = { number: query.get('number') ?? '', expires: query.get('expires') ?? '', signature: query.get('signature') ?? '' };
    if (!ctx.services.documentLinks?.isGood(link, ctx.now))
      return json(403, { message: 'This link is not valid, or no longer. Ask for a new one.' });
    const invoice = await ctx.load(invoiceByNumber, link.number);
    if (!invoice) return json(404, { message: 'There is no such invoice.' });
    const body = await renderInvoice(documentOf(invoice, await ctx.load(linesOfInvoice, invoice.id)));
    const headers = {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${invoice.number}.pdf"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    };
    return { status: 200, headers, body };
  },
};

export const billing = defineHouse<BillingEvents, BillingServices>({
  name: 'billing',
  buildSchema,
  handlers,
  jobs,
  cron,
  routes: [invoicePdf],
  services: ({ environment, variables, database }) => {
    const settings = readConfig(SETTINGS, variables);
    // A shop that takes play money must have said so: no deployment sells for it by accident.
    if (environment === 'production' && settings.PAYMENT_PROVIDER !== 'development_yes_in_production') {
      throw new Error('PAYMENT_PROVIDER is the development provider, which charges nobody. Configure a real one.');
    }
    // Outside production a key that lasts as long as the process will do; several processes must share one.
    const secrets = settings.DOCUMENT_SECRETS ?? (environment === 'production' ? null : [randomBytes(32).toString('base64url')]);
    return {
      documentLinks: secrets && documentLinks(secrets, settings.DOCUMENT_BASE_URL),
      mail: mailOf(environment, variables, 'billing@example.com'),
      paymentProvider: developmentProvider(providerBooks(() => database.orm)),
      providerDeadlineMs: settings.PAYMENT_PROVIDER_DEADLINE_MS,
    };
  },
});

if (require.main === module) void runHouse(billing);
