import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Graph, Told } from './graph';
import { operationNamed } from './operations';
import type { Tokens } from './tokens';

/** A company that has been opened an account, with its owner signed in. */
export interface Company {
  readonly organizationId: string;
  readonly accountId: string;
  readonly accountNumber: string;
  readonly ownerId: string;
  readonly token: string;
}

export interface CompanyWishes {
  readonly domain?: string;
  readonly contact?: string;
  readonly country?: string;
  readonly currency?: string;
}

export interface Wishes {
  readonly sku: string;
  readonly quantity: number;
  readonly namespaceId?: string;
  readonly paymentMethodId?: string;
  readonly key?: string;
  readonly poNumber?: string;
}

/** What a customer does before and while buying, through the public graph. */
export interface Shop {
  openCompany(name: string, wishes?: CompanyWishes): Promise<Company>;
  addCard(company: Company, providerToken: string): Promise<string>;
  registerNamespace(company: Company, path: string): Promise<string>;
  /** Buys a subscription and answers the order's id; a refusal fails the test. */
  buy(company: Company, wishes: Wishes): Promise<string>;
  /** Waits until the order stands where it should, and answers its progress as OrderProgress tells it. */
  untilOrder(token: string, orderId: string, state?: string): Promise<Told['data']>;
}

/** A new key for each request. */
export const newKey = (): string => randomUUID();

/** The input of a purchase of one subscription. */
export const purchaseOf = (company: Company, { sku, quantity, namespaceId, paymentMethodId, poNumber, key = newKey() }: Wishes) => ({
  idempotencyKey: key,
  billingAccountId: company.accountId,
  termsAccepted: true,
  actions: [{ createSubscription: { sku, quantity, ...(namespaceId && { namespaceId }) } }],
  ...(paymentMethodId && { paymentMethodId }),
  ...(poNumber && { poNumber }),
});

/** How long an order is waited for at most. */
const WAITED_MS_MAX = 60_000;

export const shopOf = (graph: Graph, tokens: Pick<Tokens, 'buyer' | 'staff'>, waitedMsMax = WAITED_MS_MAX): Shop => ({
  openCompany: (name, wishes = {}) => openCompany(graph, tokens, name, wishes),
  addCard: async ({ accountId, token }, providerToken) => {
    const input = { idempotencyKey: newKey(), billingAccountId: accountId, providerToken };
    const { addPaymentMethod } = await graph.query(token, ADD_CARD, { input });
    return accepted(addPaymentMethod).paymentMethod.id;
  },
  registerNamespace: async ({ accountId, token }, path) => {
    const input = { idempotencyKey: newKey(), billingAccountId: accountId, path };
    const { registerNamespace } = await graph.query(token, REGISTER_NAMESPACE, { input });
    return accepted(registerNamespace).namespace.id;
  },
  buy: async (company, wishes) => {
    const { placeOrder } = await graph.run(company.token, 'BuySubscription', { input: purchaseOf(company, wishes) });
    return accepted(placeOrder).order.id;
  },
  untilOrder: (token, orderId, state = 'FULFILLED') => untilOrder(graph, token, orderId, { state, waitedMsMax }),
});

async function openCompany(
  graph: Graph,
  tokens: Pick<Tokens, 'buyer' | 'staff'>,
  name: string,
  {
    domain = `${name.toLowerCase().replaceAll(/\W+/g, '-')}.example`,
    contact = 'Ada Quill',
    country = 'US',
    currency = 'USD',
  }: CompanyWishes,
): Promise<Company> {
  const sales = await tokens.staff('SALES');
  const { createOrganization } = await graph.query(sales, CREATE_ORGANIZATION, { input: { idempotencyKey: newKey(), name } });
  const organizationId = accepted(createOrganization).organization.id;
  const address = { street: '10 Harbour Street', city: 'Springfield', postalCode: '10115', region: null, country };
  const email = `${contact.split(' ')[0]!.toLowerCase()}@${domain}`;
  const input = {
    idempotencyKey: newKey(),
    organizationId,
    name,
    currency,
    channel: 'WEB_DIRECT',
    billTo: { name: contact, email: `billing@${domain}`, address },
    soldTo: { name: contact, email, address },
    owner: { name: contact, email },
  };
  const { createBillingAccount } = await graph.query(sales, CREATE_ACCOUNT, { input });
  const { id: accountId, number: accountNumber, memberships } = accepted(createBillingAccount).billingAccount;
  const ownerId = memberships[0].user.id;
  return { organizationId, accountId, accountNumber, ownerId, token: await tokens.buyer(accountId, ownerId) };
}

const REFUSALS = 'userErrors { code message path retryable } correlationId';
const CREATE_ORGANIZATION = `mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { organization { id } ${REFUSALS} } }`;
const CREATE_ACCOUNT = `mutation ($input: CreateBillingAccountInput!) {
  createBillingAccount(input: $input) { billingAccount { id number memberships { user { id } } } ${REFUSALS} }
}`;
const ADD_CARD = `mutation ($input: AddPaymentMethodInput!) { addPaymentMethod(input: $input) { paymentMethod { id } ${REFUSALS} } }`;
const REGISTER_NAMESPACE = `mutation ($input: RegisterNamespaceInput!) { registerNamespace(input: $input) { namespace { id } ${REFUSALS} } }`;

/** A payload that must not have been refused. */
export function accepted(payload: Told['data']): Told['data'] {
  if (payload.userErrors.length > 0) throw new Error(`Refused: ${JSON.stringify(payload.userErrors)}`);
  return payload;
}

async function untilOrder(
  graph: Graph,
  token: string,
  orderId: string,
  { state, waitedMsMax }: { readonly state: string; readonly waitedMsMax: number },
): Promise<Told['data']> {
  let told: Told | null = null;
  const stands = async () => {
    told = await graph.ask(token, operationNamed('OrderProgress'), { id: orderId });
    const { data, errors } = told;
    const unexpected = errors.filter(({ extensions }) => extensions.code !== 'HOUSE_UNAVAILABLE');
    if (unexpected.length > 0) throw new Error(`The graph answered with errors: ${JSON.stringify(unexpected)}`);
    return errors.length === 0 && data.order?.state === state && data.order;
  };
  return eventually(stands, waitedMsMax, () => `The order is not ${state}: ${JSON.stringify(told)}`);
}

const PAUSE_MS = { first: 20, max: 250 } as const;

/** Asks again, less and less often, until the answer is there: for what follows a request without being its answer. */
export async function eventually<T>(
  ask: () => Promise<T | null | undefined | false>,
  waitedMsMax = WAITED_MS_MAX,
  otherwise = () => 'It did not come about.',
): Promise<T> {
  const until = performance.now() + waitedMsMax;
  for (let pauseMs: number = PAUSE_MS.first; ; pauseMs = Math.min(pauseMs * 1.5, PAUSE_MS.max)) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > until) throw new Error(otherwise());
    await pause(pauseMs);
  }
}
