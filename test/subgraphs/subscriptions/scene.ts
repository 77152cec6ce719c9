/** Accounts, orders and questions as the tests of subscriptions tell and ask them. */
import type { AccountId, NamespaceId, NewId, SubscriptionId } from '#kernel/ids';
import { seededIds } from '#kernel/new-id';
import { addMonths, day } from '#kernel/time';
import type { BillingAccountChanged } from '../../../subgraphs/customers/events/published';
import type { PlannedVersion, SubscriptionChangeRequested } from '../../../subgraphs/orders/events/published';
import { subscriptions } from '../../../subgraphs/subscriptions/server';
import { openTestHouse, type TestHouse } from '../../support/house';
import { buyerOf } from '../../support/viewers';

/** The day of the scenes; the house's clock stands at its noon. */
export const TODAY = day('2026-06-15');
export const NOON = new Date('2026-06-15T12:00:00Z');

export interface Scene {
  readonly house: TestHouse;
  readonly newId: NewId;
  readonly account: AccountId;
}

/** A fresh house. The ids of a scene are the same in each run. */
export async function openScene(seed: string, variables: NodeJS.ProcessEnv = {}): Promise<Scene> {
  const newId = seededIds(seed, NOON);
  return { house: await openTestHouse(subscriptions, { now: NOON, variables }), newId, account: newId('account') };
}

/** Ten seats of Premium at $348 for a year from today, unless said otherwise. */
export function creation({ newId }: Scene, change: Partial<PlannedVersion> & { readonly seats?: number } = {}): PlannedVersion {
  const { seats = 10, ...given } = change;
  const effectiveOn = given.effectiveOn ?? TODAY;
  const months = given.term?.months ?? 12;
  const term = given.term ?? { startsOn: effectiveOn, endsOn: addMonths(effectiveOn, months), months };
  return {
    actionId: newId('orderAction'),
    subscriptionId: newId('subscription'),
    kind: 'CREATE',
    effectiveOn,
    plan: { sku: 'premium-saas', name: 'Premium', tier: 'PREMIUM', deployment: 'SAAS' },
    term,
    isAutoRenew: true,
    namespaceId: null,
    charges: [
      {
        chargeId: newId('charge'),
        sku: 'premium-saas',
        kind: 'BASE',
        model: 'RECURRING',
        quantity: seats,
        unitPrice: { amount: '348.00', currency: 'USD' },
        startsOn: effectiveOn,
        endsOn: term.endsOn,
      },
    ],
    ...given,
  };
}

/** Seats added to what a creation began, from a day on. */
export const addition = (scene: Scene, to: PlannedVersion, seats: number, effectiveOn = TODAY): PlannedVersion => ({
  ...creation(scene, { seats, effectiveOn, term: to.term }),
  subscriptionId: to.subscriptionId,
  kind: 'ADD_SEATS',
});

/** An order's request, as orders announces it. */
export function request(
  { newId, account }: Scene,
  changes: readonly PlannedVersion[],
  given: Partial<SubscriptionChangeRequested> = {},
): { readonly type: string; readonly accountId: AccountId; readonly data: SubscriptionChangeRequested } {
  const data = { orderId: newId('order'), orderNumber: 'O-00000001', accountId: account, attempt: 1, changes, ...given };
  return { type: 'SubscriptionChangeRequested.v1', accountId: data.accountId, data };
}

/** Carries out an order and answers its request, to be told again. */
export async function order(scene: Scene, ...changes: readonly PlannedVersion[]) {
  const told = request(scene, changes);
  await scene.house.receive('orders', told);
  return told;
}

/** What customers says of an account. */
export const accountChanged = (accountId: AccountId, change: Partial<BillingAccountChanged> = {}) => ({
  type: 'BillingAccountChanged.v1',
  accountId,
  data: { accountId, version: 1, segment: 'COMMERCIAL', holds: [], soldTo: { name: 'Ada Quill', email: 'ada@acme.example' }, ...change },
});

/** Registers a namespace for the scene's account. */
export async function namespaceOf(scene: Scene, path: string): Promise<NamespaceId> {
  const { data } = await scene.house.run(
    buyerOf(scene.account),
    'mutation ($input: RegisterNamespaceInput!) { registerNamespace(input: $input) { namespace { id } userErrors { code } } }',
    { input: { idempotencyKey: `register ${path}`, billingAccountId: scene.account, path } },
  );
  return data.registerNamespace.namespace.id;
}

/** Asks for fields of a subscription by its id, as the gateway does. */
export async function subscriptionOf({ house, account }: Scene, id: SubscriptionId, fields: string, viewer = buyerOf(account)) {
  const { data, errors } = await house.run(
    viewer,
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Subscription { ${fields} } } }`,
    { of: [{ __typename: 'Subscription', id }] },
  );
  if (errors) throw new Error(errors[0]?.message);
  return data._entities[0];
}

/** Asks for fields of the scene's billing account. */
export async function accountOf({ house, account }: Scene, fields: string, viewer = buyerOf(account)) {
  const { data, errors } = await house.run(
    viewer,
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on BillingAccount { ${fields} } } }`,
    { of: [{ __typename: 'BillingAccount', id: account }] },
  );
  if (errors) throw new Error(errors[0]?.message);
  return data._entities[0];
}
