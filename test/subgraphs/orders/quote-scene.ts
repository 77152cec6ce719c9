/** Sales at work: offers to Acme, on 15 June 2026. */
import type { Viewer } from '../../../kernel/auth/viewer';
import type { TestHouse } from '../../support/house';
import { operator, sales } from '../../support/viewers';
import { acme, newKey, payload } from './scene';

const REFUSALS = 'userErrors { code message path retryable }';
const QUOTE = `quote {
  id number version kind status opportunityId isPrimary termMonths discountPercent paymentTermsDays expiresOn termsAcceptedBy
  approval { state reasons by at reason }
  subtotal { amount } total { amount currency } netArr { amount }
  metrics {
    orderType amount { amount } arr { amount } arrBasis { amount } netArr { amount } bookedArr { amount } trueUp { amount }
    services { amount } other { amount } arrFromSeats { amount } arrFromPrice { amount } arrFromTier { amount }
  }
  lines { sku quantity unitPrice { amount } days amount { amount } working }
  changes { kind subject field before after }
  order { id }
}`;
const mutation = (name: string, input: string, fields: string) =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { ${fields} ${REFUSALS} } }`;

const DOCUMENTS = {
  createQuote: mutation('createQuote', 'CreateQuoteInput', QUOTE),
  updateQuote: mutation('updateQuote', 'UpdateQuoteInput', QUOTE),
  requestApproval: mutation('requestApproval', 'RequestApprovalInput', QUOTE),
  reviewQuote: mutation('reviewQuote', 'ReviewQuoteInput', QUOTE),
  sendQuote: mutation('sendQuote', 'SendQuoteInput', QUOTE),
  makePrimary: mutation('makePrimary', 'MakePrimaryInput', QUOTE),
  submitQuote: mutation(
    'submitQuote',
    'SubmitQuoteInput',
    `${QUOTE} order { id state total { amount currency } quote { id } metrics { netArr { amount } } }`,
  ),
  setApprovalRule: mutation(
    'setApprovalRule',
    'SetApprovalRuleInput',
    'rule { code exceeds exceedsAmount { amount } isAnotherNeeded isInForce }',
  ),
} as const;
export type QuoteAct = keyof typeof DOCUMENTS;

/** Does one thing to a quote, and answers its payload. */
export const act = async (house: TestHouse, name: QuoteAct, input: object, viewer: Viewer = sales) =>
  payload(await house.run(viewer, DOCUMENTS[name], { input: { idempotencyKey: newKey(), ...input } }), name);

/** A new subscription of ten seats of Premium, unless said otherwise. */
export const newDeal = (change: object = {}) => ({ createSubscription: { sku: 'premium-self-managed', quantity: 10, ...change } });

export async function offer(house: TestHouse, change: object = {}, viewer: Viewer = sales) {
  return act(house, 'createQuote', { billingAccountId: acme, kind: 'NEW', actions: [newDeal()], ...change }, viewer);
}

export const submit = (house: TestHouse, quoteId: string, change: object = {}) =>
  act(house, 'submitQuote', { quoteId, termsAcceptedBy: 'sol@acme.example', ...change });

export const setRule = (house: TestHouse, rule: object) => act(house, 'setApprovalRule', rule, operator);

export const QUEUE = `query QuoteQueue { quotes(first: 20, where: { approval: { eq: IN_REVIEW } }) {
  nodes { id number kind isPrimary discountPercent termMonths netArr { amount currency } } totalCount
} }`;
