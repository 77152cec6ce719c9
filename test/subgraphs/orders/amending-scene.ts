/** A year that Acme bought in the shop, as subscriptions carried it out: what amendments start from. */
import { day, type PlainDate } from '../../../kernel/time';
import type { SubscriptionChangeRequested } from '../../../subgraphs/orders/events/published';
import type { SubscriptionVersionCreated } from '../../../subgraphs/subscriptions/events/published';
import type { TestHouse } from '../../support/house';
import { acme, acmeBuyer, asked, buy, fulfil, newKey, payload, type Request, versionEvent } from './scene';

/** The last request to write versions. */
export async function planned(house: TestHouse): Promise<SubscriptionChangeRequested> {
  const { data } = await asked(house, 'SubscriptionChangeRequested.v1');
  return data;
}

/** How subscriptions tells of a version, so far as orders listens. */
export const told = (change: SubscriptionChangeRequested['changes'][number], version: number, name: string, more: object = {}) =>
  versionEvent(1, {
    subscriptionId: change.subscriptionId,
    accountId: acme,
    name,
    version,
    plan: change.plan,
    term: { ...change.term, kind: 'INITIAL' },
    isAutoRenew: change.isAutoRenew,
    charges: change.charges as SubscriptionVersionCreated['charges'],
    ...more,
  });

/** Buys and carries out one subscription, and answers its first change. */
export async function bought(house: TestHouse, action: object, name = 'A-S00000077') {
  const { order } = await buy(house, [{ createSubscription: { sku: 'premium-saas', quantity: 10, ...action } }]);
  const change = (await planned(house)).changes[0]!;
  await house.receive('subscriptions', told(change, 1, name));
  await fulfil(house, 'SubscriptionChangeRequested.v1', 'InvoiceRequested.v1', 'LicenseRequested.v1', 'DeliveryRequested.v1');
  return { order, change, name };
}

/** The clock at noon of a day. */
export const dayComes = (house: TestHouse, on: PlainDate | string) => house.setClock(new Date(`${day(on)}T12:00:00.000Z`));

const REFUSALS = 'userErrors { code path message retryable }';
const ORDER = 'order { id state total { amount } lines { description sku quantity days amount { amount } working } }';
const RENEW = `mutation ($input: RenewSubscriptionInput!) { renewSubscription(input: $input) { ${ORDER} ${REFUSALS} } }`;
const CANCEL = `mutation ($input: CancelSubscriptionInput!) { cancelSubscription(input: $input) { ${ORDER} ${REFUSALS} } }`;

export const renew = async (house: TestHouse, subscriptionName: string, change: object = {}, viewer = acmeBuyer) =>
  payload(await house.run(viewer, RENEW, { input: { idempotencyKey: newKey(), subscriptionName, ...change } }), 'renewSubscription');

export const cancel = async (house: TestHouse, subscriptionName: string, change: object = {}, viewer = acmeBuyer) =>
  payload(
    await house.run(viewer, CANCEL, { input: { idempotencyKey: newKey(), subscriptionName, reason: 'We move on.', ...change } }),
    'cancelSubscription',
  );

/** Answers the newest requests of an amendment that grants nothing: there is no licence to wait for. */
export const carryOut = (house: TestHouse, ...requests: readonly Request[]) => fulfil(house, 'SubscriptionChangeRequested.v1', ...requests);
