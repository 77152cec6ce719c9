/** The shop as its neighbours and its buyers see it: two accounts, a price list, and one subscription that ends in 177 days. */
import type { LoggedEvent } from '../../../kernel/events/event';
import { type AccountId, type Id, type IdKind, idFromUuid } from '../../../kernel/ids';
import { day } from '../../../kernel/time';
import type { BillingAccountChanged } from '../../../subgraphs/customers/events/published';
import { loadPriceList } from '../../../subgraphs/orders/actions/loadPriceList';
import { orders } from '../../../subgraphs/orders/server';
import { PRICE_LIST } from '../../../subgraphs/orders/store/price-list';
import type { SubscriptionVersionCreated } from '../../../subgraphs/subscriptions/events/published';
import { type Answer, openTestHouse, type TestHouse } from '../../support/house';
import { buyerOf } from '../../support/viewers';

/** The same id for the same number, so that a test can name what it means. */
export const aId = <Kind extends IdKind>(kind: Kind, number: number): Id<Kind> =>
  idFromUuid(kind, `01900000-0000-7000-8000-${number.toString().padStart(12, '0')}`);

export const acme = aId('account', 1);
export const globex = aId('account', 2);
export const acmeBuyer = buyerOf(acme);
export const globexBuyer = buyerOf(globex);
export const card = aId('paymentMethod', 1);

const contact = {
  contactId: aId('contact', 1),
  street: '1 Main St',
  city: 'Springfield',
  postalCode: '12345',
  region: null,
  country: 'US',
};

export const accountEvent = (accountId: AccountId, change: Partial<BillingAccountChanged> = {}) => ({
  type: 'BillingAccountChanged.v1',
  accountId,
  subject: accountId,
  data: {
    accountId,
    version: 1,
    number: 'A00000001',
    name: 'Acme',
    organizationId: aId('organization', 1),
    organizationName: 'Acme Inc.',
    currency: 'USD',
    sellingEntity: 'US_INC',
    segment: 'COMMERCIAL',
    paymentTermsDays: 30,
    isAutoPay: false,
    isTaxExempt: false,
    vatId: null,
    holds: [],
    billTo: { ...contact, name: 'Bill Payer', email: 'bill@acme.example' },
    soldTo: { ...contact, name: 'Sol Doe', email: 'sol@acme.example' },
    ...change,
  } satisfies BillingAccountChanged,
});

/** Ten seats of Premium from 9 December 2025 to 9 December 2026: on 15 June 2026, 177 days are left. */
export const versionEvent = (number: number, change: Partial<SubscriptionVersionCreated> = {}) => {
  const charge = {
    chargeId: aId('charge', number),
    sku: 'premium-saas',
    kind: 'BASE',
    model: 'RECURRING',
    quantity: 10,
    unitPrice: { amount: '228.00', currency: 'USD' } as const,
    startsOn: day('2025-12-09'),
    endsOn: day('2026-12-09'),
  };
  const data = {
    subscriptionId: aId('subscription', number),
    accountId: acme,
    name: `A-S0000000${number}`,
    version: 1,
    orderId: null,
    actionId: null,
    status: 'ACTIVE',
    plan: { sku: 'premium-saas', name: 'Premium SaaS', tier: 'PREMIUM', deployment: 'SAAS' },
    term: { startsOn: day('2025-12-09'), endsOn: day('2026-12-09'), months: 12, kind: 'INITIAL' },
    isAutoRenew: true,
    namespaceId: null,
    charges: [charge],
    ...change,
  } satisfies SubscriptionVersionCreated;
  return { type: 'SubscriptionVersionCreated.v1', accountId: data.accountId, subject: data.subscriptionId, data };
};

export async function openOrders(): Promise<TestHouse> {
  const house = await openTestHouse(orders);
  await house.write(work => loadPriceList(work, PRICE_LIST));
  await house.receive('customers', accountEvent(acme), accountEvent(globex, { name: 'Globex', organizationName: 'Globex AG' }));
  await house.receive('subscriptions', versionEvent(1));
  return house;
}

const AMOUNT = 'fragment Amount on Money { amount currency }';
const REFUSALS = 'fragment Refusals on UserError { code message path retryable }';

export const PREVIEW = `${AMOUNT} ${REFUSALS} query PreviewOrder($input: PlaceOrderInput!) {
  previewOrder(input: $input) {
    lines { description sku quantity unitPrice { ...Amount } days amount { ...Amount } working }
    subtotal { ...Amount } tax { ...Amount } total { ...Amount }
    changes { kind subject field before after }
    userErrors { ...Refusals }
  }
}`;
export const BUY = `${AMOUNT} ${REFUSALS} mutation BuySubscription($input: PlaceOrderInput!) {
  placeOrder(input: $input) { order { id number state total { ...Amount } } userErrors { ...Refusals } correlationId }
}`;
export const PROGRESS = `query OrderProgress($id: ID!) {
  order(id: $id) {
    id number state correlationId
    steps { kind state attempts lastError nextRetryAt }
    timeline { at actor house kind step detail }
    actions { kind effectiveOn subscriptionName subscription { id } }
    lines { sku quantity days amount { amount } working }
    invoice { id }
  }
}`;
export const ADD_SEATS = `${REFUSALS} mutation AddSeats($input: AddSeatsInput!) { addSeats(input: $input) { order { id state total { amount } } userErrors { ...Refusals } correlationId } }`;
export const RETRY = `${REFUSALS} mutation RetryFulfillment($input: RetryFulfillmentInput!) { retryFulfillment(input: $input) { order { id state } userErrors { ...Refusals } } }`;
export const PAY_AGAIN = `${REFUSALS} mutation ($input: RetryPaymentInput!) { retryPayment(input: $input) { order { id state } userErrors { ...Refusals } } }`;

let keys = 0;
export const newKey = () => `key ${++keys}`;

export const premium = (change: object = {}) => ({ createSubscription: { sku: 'premium-self-managed', quantity: 10, ...change } });
export const seats = (quantity: number, change: object = {}) => ({ addSeats: { subscriptionName: 'A-S00000001', quantity, ...change } });

/** A purchase of Acme's, invoiced on its terms. */
export const purchase = (actions: readonly object[], change: object = {}) => ({
  input: { idempotencyKey: newKey(), billingAccountId: acme, termsAccepted: true, actions, ...change },
});

export async function buy(house: TestHouse, actions: readonly object[] = [premium()], change: object = {}, viewer = acmeBuyer) {
  return payload(await house.run(viewer, BUY, purchase(actions, change)), 'placeOrder');
}

export async function preview(house: TestHouse, actions: readonly object[], change: object = {}, viewer = acmeBuyer) {
  return payload(await house.run(viewer, PREVIEW, purchase(actions, change)), 'previewOrder');
}

export async function progress(house: TestHouse, id: string, viewer = acmeBuyer) {
  return payload(await house.run(viewer, PROGRESS, { id }), 'order');
}

export const stepOf = (order: { steps: { kind: string }[] }, kind: string) => order.steps.find(step => step.kind === kind);

/** The answer's one field; an error in it fails the test with its own words. */
export function payload({ data, errors }: Answer, field: string) {
  expect(errors ?? []).toEqual([]);
  return data[field];
}

/** The newest request that orders announced for a step. */
export async function asked(house: TestHouse, type: string): Promise<LoggedEvent<string, never>> {
  const all = await house.announced(type);
  return all.at(-1) as LoggedEvent<string, never>;
}

/** How the neighbours answer each request, when all goes well. */
const ANSWERS = {
  'PaymentRequested.v1': [
    'billing',
    'PaymentAuthorized.v1',
    (data: { paymentId: string; amount: object }) => ({ paymentId: data.paymentId, amount: data.amount }),
  ],
  'SubscriptionChangeRequested.v1': [
    'subscriptions',
    'SubscriptionsChanged.v1',
    (data: { changes: { subscriptionId: string }[] }) => ({
      subscriptions: data.changes.map(({ subscriptionId }, index) => ({ subscriptionId, name: `A-S9000000${index}`, version: 1 })),
    }),
  ],
  'InvoiceRequested.v1': [
    'billing',
    'InvoicePosted.v1',
    (data: { invoiceId: string; issuedOn: string; dueOn: string; total: object }) => ({
      invoiceId: data.invoiceId,
      number: 'INV-1',
      issuedOn: data.issuedOn,
      dueOn: data.dueOn,
      total: data.total,
      lines: [],
    }),
  ],
  'LicenseRequested.v1': [
    'licenses',
    'LicensesGranted.v1',
    (data: { grants: { subscriptionId: string }[] }) => ({
      grants: data.grants.map(({ subscriptionId }) => ({ subscriptionId, kind: 'CLOUD_ACTIVATION', activationId: aId('activation', 1) })),
    }),
  ],
  'DeliveryRequested.v1': ['licenses', 'LicensesDelivered.v1', () => ({ deliveryId: aId('delivery', 1) })],
} as const;
export type Request = keyof typeof ANSWERS;

/** The good answer to the newest request of a kind, as its owner would announce it. */
export async function answerTo(house: TestHouse, request: Request) {
  const [source, type, rest] = ANSWERS[request];
  const { data } = await asked(house, request);
  const { orderId, accountId, attempt } = data as { orderId: string; accountId: AccountId; attempt: number };
  return { source, event: { type, accountId, subject: orderId, data: { orderId, accountId, attempt, ...rest(data) } } };
}

export async function fulfil(house: TestHouse, ...requests: readonly Request[]): Promise<void> {
  for (const request of requests) {
    const { source, event } = await answerTo(house, request);
    await house.receive(source, event);
  }
}

export const ALL_BUT_PAYMENT = [
  'SubscriptionChangeRequested.v1',
  'InvoiceRequested.v1',
  'LicenseRequested.v1',
  'DeliveryRequested.v1',
] as const;

/** The owner of a step declines its newest request. */
export async function failing(house: TestHouse, request: Request, step: string, isRetryable: boolean) {
  const [source] = ANSWERS[request];
  const { data } = await asked(house, request);
  const { orderId, accountId, attempt } = data as { orderId: string; accountId: AccountId; attempt: number };
  const failure = { orderId, accountId, step, attempt, code: 'NO_LUCK', message: 'Not now.', isRetryable };
  await house.receive(source, { type: 'StepFailed.v1', accountId, subject: orderId, data: failure });
}

/** What the house has announced of purchases: the price list that the scene loads is told to neighbours as well. */
export const saidOfOrders = async (house: TestHouse) =>
  (await house.announced()).filter(({ type }) => type !== 'PricesListed.v1' && type !== 'PartiesRestricted.v1');
