import { accept } from '../../kernel/result';
import type { PlainDate } from '../../kernel/time';
import { createQuote } from '../../subgraphs/orders/actions/createQuote';
import { requestApproval } from '../../subgraphs/orders/actions/requestApproval';
import type { KnownCompany } from './companies';
import type { Stage } from './stage';

/** What sales has on the table: one offer that waits for a review, and one that the customer may accept. */
export interface Offers {
  readonly quoteInReview: string;
  readonly openQuote: string;
}

/** The sales team makes offers to the company that a newcomer becomes. */
export async function quoteDeals(stage: Stage, company: KnownCompany, on: PlainDate): Promise<Offers> {
  const quoteInReview = await quote(stage, company, on, {
    key: 'quotes/discounted',
    quantity: 120,
    termMonths: 36,
    discountBasisPoints: 1_500,
  });
  const openQuote = await quote(stage, company, on, { key: 'quotes/open', quantity: 20, termMonths: 12, discountBasisPoints: 500 });
  await stage.act({
    house: 'orders',
    key: 'quotes/ask',
    on,
    actor: SELLER,
    action: async work => {
      const asked = await requestApproval(work, { quoteId: quoteInReview }, SELLING);
      return asked.ok ? accept(null) : asked;
    },
  });
  return { quoteInReview, openQuote };
}

interface Offer {
  readonly key: string;
  readonly quantity: number;
  readonly termMonths: number;
  readonly discountBasisPoints: number;
}

const SELLER = 'tessa.hale@example.com';
const SELLING = { maySee: () => true, channel: 'SALES_ASSISTED' } as const;

function quote(
  stage: Stage,
  { accountId }: KnownCompany,
  on: PlainDate,
  { key, quantity, termMonths, discountBasisPoints }: Offer,
): Promise<string> {
  const plan = { sku: 'ultimate-self-managed', quantity, startsOn: null, termMonths, namespaceId: null, isAutoRenew: true };
  const offer = {
    billingAccountId: accountId,
    opportunityId: key,
    kind: 'NEW' as const,
    actions: [{ kind: 'CREATE_SUBSCRIPTION' as const, ...plan }],
    discountBasisPoints,
    discountAmount: null,
    paymentTermsDays: 30,
    expiresOn: null,
  };
  return stage.act({
    house: 'orders',
    key,
    on,
    actor: SELLER,
    action: async work => {
      const made = await createQuote(work, offer, SELLING);
      return made.ok ? accept(made.value.quote.id) : made;
    },
  });
}
