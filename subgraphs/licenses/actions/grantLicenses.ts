import type { ActivationId } from '#kernel/ids';
import type { Work } from '#kernel/work';
import type { LicenseRequested } from '../../orders/events/published';
import { newActivationCode, type RandomBytes } from '../domain/activation';
import { grantKindOf, isReady, type RequestedGrant } from '../domain/grant';
import type { LicensesEvents } from '../events/published';
import { lockAccount } from '../store/accounts';
import { activationOf, addActivation, addEntitlementGrant } from '../store/activations';
import { requestOf, saveGranted, saveRequest } from '../store/requests';
import { arrivedWith, subscriptionCopyOf } from '../store/subscriptions';
import type { LicenseRequestRow } from '../store/tables';

/** Two codes are never the same by chance; a third draw means that the source of randomness is broken. */
const DRAWS_MAX = 3;

/** Takes a request for licences; it is granted now, or as soon as its subscriptions have arrived. */
export async function grantLicenses(work: Work<LicensesEvents>, requested: LicenseRequested, randomBytes: RandomBytes): Promise<void> {
  const { accountId, orderId, orderNumber, attempt } = requested;
  await lockAccount(work.tx, accountId);
  const known = await requestOf(work.tx, accountId, orderId);
  if (known && attempt <= known.attempt) return;

  const grants = requested.grants.map(({ subscriptionId, deployment }) => ({ subscriptionId, deployment }));
  const request = { accountId, orderId, orderNumber, attempt, state: 'WAITING', grants, requestedAt: work.now, grantedAt: null } as const;
  await saveRequest(work.tx, request);
  await grantWhenReady(work, request, randomBytes);
}

/** Grants a waiting request, and tells orders, once everything it is about is known here. The account is held. */
export async function grantWhenReady(work: Work<LicensesEvents>, request: LicenseRequestRow, randomBytes: RandomBytes): Promise<void> {
  const { accountId, orderId, attempt } = request;
  if (!isReady(request.grants, await arrivedWith(work.tx, accountId, orderId))) return;

  const grants: GrantedSubscription[] = [];
  for (const grant of request.grants) grants.push(await grantOne(work, request, grant, randomBytes));
  await saveGranted(work.tx, request, work.now);
  work.announce('LicensesGranted.v1', { subject: orderId, accountId }, { orderId, accountId, attempt, grants });
}

type GrantedSubscription = LicensesEvents['LicensesGranted.v1']['grants'][number];

async function grantOne(
  work: Work<LicensesEvents>,
  { accountId }: LicenseRequestRow,
  { subscriptionId, deployment }: RequestedGrant,
  randomBytes: RandomBytes,
): Promise<GrantedSubscription> {
  const kind = grantKindOf(deployment);
  if (kind === 'CLOUD_ACTIVATION') {
    // One code for a subscription, for life: more seats reach its instances with their next sync.
    const known = await activationOf(work.tx, accountId, subscriptionId);
    return { subscriptionId, kind, activationId: known?.id ?? (await activationFor(work, accountId, subscriptionId, randomBytes)) };
  }
  const subscription = await subscriptionCopyOf(work.tx, accountId, subscriptionId);
  const namespaceId = subscription?.namespaceId ?? null;
  await addEntitlementGrant(work.tx, { accountId, id: work.newId('entitlement'), subscriptionId, namespaceId, createdAt: work.now });
  return { subscriptionId, kind, activationId: null };
}

async function activationFor(
  work: Work<LicensesEvents>,
  accountId: LicenseRequestRow['accountId'],
  subscriptionId: RequestedGrant['subscriptionId'],
  randomBytes: RandomBytes,
): Promise<ActivationId> {
  const id = work.newId('activation');
  for (let draw = 0; draw < DRAWS_MAX; draw++) {
    const code = newActivationCode(randomBytes);
    if (await addActivation(work.tx, { accountId, id, subscriptionId, code, createdAt: work.now })) return id;
  }
  throw new Error('The source of randomness repeats itself: no activation code is free.');
}
