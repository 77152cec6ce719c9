/** A customer of the tests, as the neighbours' events tell it, and the documents that its people and machines send. */
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Viewer } from '../../../kernel/auth/viewer';
import type { AccountId, NamespaceId, OrderId, SubscriptionId } from '../../../kernel/ids';
import { seededIds } from '../../../kernel/new-id';
import { day } from '../../../kernel/time';
import type { BillingAccountChanged } from '../../../subgraphs/customers/events/published';
import { generateSigningKeys } from '../../../subgraphs/licenses/ports/signing-keys';
import { licenses } from '../../../subgraphs/licenses/server';
import type { SubscriptionVersionCreated } from '../../../subgraphs/subscriptions/events/published';
import { type Answer, openTestHouse, type TestHouse, type ToldEvent } from '../../support/house';
import { instance, support } from '../../support/viewers';

export const newId = seededIds('licenses', new Date('2026-06-01T00:00:00Z'));
export const keys = generateSigningKeys();

export interface Purchase {
  readonly accountId: AccountId;
  readonly subscriptionId: SubscriptionId;
  readonly orderId: OrderId;
}

export const newPurchase = (accountId: AccountId = newId('account')): Purchase => ({
  accountId,
  subscriptionId: newId('subscription'),
  orderId: newId('order'),
});

/** The house; with other fulfilment targets or settings where a test brings them. */
export async function openLicenses(
  now?: Date,
  { definition = licenses, variables: more = {} }: { readonly definition?: typeof licenses; readonly variables?: NodeJS.ProcessEnv } = {},
): Promise<TestHouse & { readonly mails: () => readonly string[] }> {
  const directory = mkdtempSync(join(tmpdir(), 'mail-'));
  const hosted = mkdtempSync(join(tmpdir(), 'hosted-product-'));
  const variables = { MAIL_DIR: directory, HOSTED_PRODUCT_DIR: hosted, LICENSE_SIGNING_KEYS: JSON.stringify(keys), ...more };
  const house = await openTestHouse(definition, { ...(now && { now }), variables });
  return { ...house, mails: () => readdirSync(directory).map(name => readFileSync(join(directory, name), 'utf8')) };
}

export function accountChanged({ accountId }: Pick<Purchase, 'accountId'>, change: Partial<BillingAccountChanged> = {}): ToldEvent {
  const contact = { contactId: newId('contact'), street: 'Kade 1', city: 'Utrecht', postalCode: '3511', region: null, country: 'NL' };
  const data: BillingAccountChanged = {
    accountId,
    version: 1,
    number: 'A-00000001',
    name: 'Acme EMEA',
    organizationId: newId('organization'),
    organizationName: 'Acme Holding',
    currency: 'EUR',
    sellingEntity: 'NL_BV',
    segment: 'COMMERCIAL',
    paymentTermsDays: 30,
    isAutoPay: false,
    isTaxExempt: false,
    vatId: null,
    holds: [],
    billTo: { ...contact, name: 'Bill To', email: 'bill@example.com' },
    soldTo: { ...contact, name: 'Sold To', email: 'sold@example.com' },
    ...change,
  };
  return { type: 'BillingAccountChanged.v1', accountId, data };
}

interface Told {
  readonly version?: number;
  readonly seats?: readonly number[];
  readonly deployment?: string;
  readonly status?: string;
  readonly startsOn?: string;
  readonly endsOn?: string;
  readonly months?: number;
  readonly orderId?: OrderId;
  readonly tier?: string;
  readonly namespaceId?: NamespaceId;
}

/** A version of a subscription: 12 months from 1 January 2026 unless said otherwise, its seats bought at once. */
export function versionCreated(purchase: Purchase, told: Told = {}): ToldEvent {
  const { version = 1, seats = [10], deployment = 'SELF_MANAGED', status = 'ACTIVE', months = 12, tier = 'ULTIMATE' } = told;
  const startsOn = day(told.startsOn ?? '2026-01-01');
  const endsOn = day(told.endsOn ?? '2027-01-01');
  const charge = { chargeId: newId('charge'), sku: 'base', kind: 'BASE', model: 'RECURRING', startsOn, endsOn };
  const data: SubscriptionVersionCreated = {
    subscriptionId: purchase.subscriptionId,
    accountId: purchase.accountId,
    name: `A-S${purchase.subscriptionId.slice(-8)}`,
    version,
    orderId: told.orderId ?? purchase.orderId,
    actionId: newId('orderAction'),
    status,
    plan: { sku: 'ultimate-sm', name: 'Ultimate', tier, deployment },
    term: { startsOn, endsOn, months, kind: 'INITIAL' },
    isAutoRenew: true,
    namespaceId: deployment === 'SAAS' ? (told.namespaceId ?? newId('namespace')) : null,
    charges: seats.map(quantity => ({ ...charge, quantity, unitPrice: { amount: '1188.00', currency: 'EUR' } })),
  };
  return { type: 'SubscriptionVersionCreated.v1', accountId: purchase.accountId, data };
}

export const licenseRequested = (
  { accountId, subscriptionId, orderId }: Purchase,
  deployment = 'SELF_MANAGED',
  attempt = 1,
): ToldEvent => ({
  type: 'LicenseRequested.v1',
  accountId,
  data: {
    orderId,
    orderNumber: 'O-00000001',
    accountId,
    attempt,
    grants: [{ actionId: newId('orderAction'), subscriptionId, deployment }],
  },
});

export const deliveryRequested = ({ accountId, subscriptionId, orderId }: Purchase, attempt = 1): ToldEvent => ({
  type: 'DeliveryRequested.v1',
  accountId,
  data: { orderId, orderNumber: 'O-00000001', accountId, attempt, subscriptionIds: [subscriptionId] },
});

/** A self-managed purchase, granted; answers its code. */
export async function granted(house: TestHouse, purchase: Purchase, told: Told = {}): Promise<string> {
  await house.receive('customers', accountChanged(purchase));
  await house.receive('subscriptions', versionCreated(purchase, told));
  await house.receive('orders', licenseRequested(purchase, told.deployment));
  return codeOf(house, purchase);
}

export async function codeOf(house: TestHouse, { subscriptionId }: Purchase): Promise<string> {
  const { data } = await house.run(support, SUBSCRIPTION, representing(subscriptionId));
  return data._entities[0].activation?.code;
}

export const representing = (id: string, __typename = 'Subscription') => ({ of: [{ __typename, id }] });

export const SUBSCRIPTION = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Subscription {
  activation { code instancesActivated instances { id hostname version lastSyncAt } }
  licenses { id key kind status plan seats startsOn expiresOn generatedFrom deliveries { channel recipient status } }
  seatUsage(last: 30) { on billable max seats overage }
} } }`;

const REFUSALS = 'userErrors { code message path retryable }';
const ACTIVATE = `mutation ActivateInstance($input: ActivateInstanceInput!) { activateInstance(input: $input) {
  license { id key plan seats startsOn expiresOn } futureSubscriptions { plan startsOn } ${REFUSALS} } }`;
const REPORT = `mutation ReportSeatUsage($input: ReportSeatUsageInput!) { reportSeatUsage(input: $input) {
  license { id key expiresOn } nextReconciliationOn ${REFUSALS} } }`;

let keysUsed = 0;

export async function activate(house: TestHouse, activationCode: string, identifier = 'instance-1', change: object = {}) {
  const named = { instanceId: identifier, hostname: 'git.example.com', version: '18.4.0' };
  const input = { idempotencyKey: `key-${++keysUsed}`, activationCode, ...named, ...change };
  return payloadOf(await house.run(instance(identifier), ACTIVATE, { input }), 'activateInstance');
}

export async function report(house: TestHouse, licenseId: string, change: object = {}, identifier = 'instance-1') {
  const counts = { on: '2026-06-15', billableUsers: 8, maxHistoricalUsers: 9, version: '18.4.1', hostname: 'git.example.com' };
  const input = { instanceId: identifier, licenseId, ...counts, ...change };
  return payloadOf(await house.run(instance(identifier), REPORT, { input }), 'reportSeatUsage');
}

function payloadOf(answer: Answer, mutation: string) {
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  const payload = answer.data[mutation];
  return { ...payload, code: payload.userErrors[0]?.code ?? null };
}

let actsDone = 0;

/** Any other mutation of the house, as somebody. Answers its payload, with the first refusal's code beside. */
export async function act(house: TestHouse, viewer: Viewer, name: string, input: object, fields: string) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
  const document = `mutation ($input: ${type}) { ${name}(input: $input) { ${fields} ${REFUSALS} } }`;
  const answer = await house.run(viewer, document, { input: { idempotencyKey: `act-${++actsDone}`, ...input } });
  return answer.errors ? { code: answer.errors[0]?.extensions.code } : payloadOf(answer, name);
}

/** What support sees of a subscription. */
export const lookedAt = async (house: TestHouse, { subscriptionId }: Pick<Purchase, 'subscriptionId'>, fields: string, viewer = support) =>
  (
    await house.run(
      viewer,
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Subscription { ${fields} } } }`,
      representing(subscriptionId),
    )
  ).data._entities[0];
