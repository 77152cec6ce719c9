import { isId } from '#kernel/ids';
import { accept, type Refusal, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { type QuoteTerms, usualExpiry } from '../domain/quote';
import type { OrderRefusal } from '../domain/refusals';
import type { OrdersEvents } from '../events/published';
import { claimQuoteNumber, insertQuote, takePrimary } from '../store/quotes';
import type { QuoteLineRow, QuoteRow } from '../store/tables';
import { linesOfQuote, priceQuote } from './price-quote';
import { pricedColumns } from './quote-row';
import type { Buying } from './situation-of';

/** What sales offers to an account. */
export interface CreateQuote extends Omit<QuoteTerms, 'expiresOn'> {
  readonly billingAccountId: string;
  readonly opportunityId: string | null;
  readonly expiresOn: QuoteTerms['expiresOn'] | null;
}

/** A quote, and its lines when they were priced just now. */
export interface Quoted {
  readonly quote: QuoteRow;
  readonly lines: readonly QuoteLineRow[] | null;
}

const OPPORTUNITY_LENGTH_MAX = 100;

/** Prices an offer and keeps it. The first quote of an opportunity is its primary one. */
export async function createQuote(
  work: Work<OrdersEvents>,
  { billingAccountId, opportunityId, ...offer }: CreateQuote,
  buying: Buying,
): Promise<Result<Quoted, Refusal<OrderRefusal>>> {
  if (!isId('account', billingAccountId))
    return refuse('ACCOUNT_NOT_FOUND', 'There is no such billing account.', { path: ['billingAccountId'] });
  const opportunity = opportunityId?.trim().slice(0, OPPORTUNITY_LENGTH_MAX) || null;
  const key = { accountId: billingAccountId, id: work.newId('quote') };
  const priced = await priceQuote(work, key, { ...offer, expiresOn: offer.expiresOn ?? usualExpiry(work.today) }, buying);
  if (!priced.ok) return priced;

  const quote: QuoteRow = {
    ...key,
    number: await claimQuoteNumber(work.tx, key),
    version: 1,
    status: 'DRAFT',
    opportunityId: opportunity,
    isPrimary: opportunity === null || (await takePrimary(work.tx, key, opportunity)),
    ...pricedColumns(work, priced.value),
    createdBy: work.actor,
    createdAt: work.now,
    sentAt: null,
    acceptedAt: null,
    termsAcceptedBy: null,
    orderId: null,
  };
  const lines = linesOfQuote(key, priced.value.plan);
  await insertQuote(work.tx, quote, lines);
  return accept({ quote, lines });
}
