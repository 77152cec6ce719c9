import type { PlainDate } from '#kernel/time';
import type { Work } from '#kernel/work';
import type { SubscriptionVersionCreated } from '../../subscriptions/events/published';
import { isFile } from '../domain/license';
import type { LicensesEvents } from '../events/published';
import { lockAccount } from '../store/accounts';
import { addEntitlingVersion } from '../store/entitlements';
import { kindsIssuedFor } from '../store/licenses';
import { waitingRequestsOf } from '../store/requests';
import { noteOrder, saveSubscriptionCopy, subscriptionCopyOf } from '../store/subscriptions';
import { grantWhenReady } from './grantLicenses';
import { takeOver } from './take-over';
import type { FulfilmentTarget } from './targets/target';
import { want } from './targets/want';

/** Keeps a version of a subscription that was announced on a day, and grants the requests that waited for it. */
export async function copySubscription(
  work: Work<LicensesEvents>,
  version: SubscriptionVersionCreated,
  announcedOn: PlainDate,
  targets: readonly FulfilmentTarget[],
): Promise<void> {
  const { accountId, subscriptionId, orderId, plan, term } = version;
  await lockAccount(work.tx, accountId);
  await saveSubscriptionCopy(work.tx, {
    accountId,
    id: subscriptionId,
    version: version.version,
    name: version.name,
    status: version.status,
    sku: plan.sku,
    planName: plan.name,
    tier: plan.tier,
    deployment: plan.deployment,
    termStartsOn: term.startsOn,
    termEndsOn: term.endsOn,
    termMonths: term.months,
    cancelledOn: version.status === 'CANCELLED' ? announcedOn : null,
    namespaceId: version.namespaceId,
    charges: version.charges.map(({ kind, quantity, startsOn, endsOn }) => ({ kind, quantity, startsOn, endsOn })),
  });
  await addEntitlingVersion(work.tx, {
    accountId,
    subscriptionId,
    version: version.version,
    effectiveOn: version.effectiveOn ?? announcedOn,
    status: version.status,
    tier: plan.tier,
    termStartsOn: term.startsOn,
    termEndsOn: term.endsOn,
    namespaceId: version.namespaceId,
    charges: version.charges.map(({ sku, kind, quantity, startsOn, endsOn }) => ({ sku, kind, quantity, startsOn, endsOn })),
  });
  await takeOver(work, version);
  await leaveSettling(work, version);
  await placeWhatItTouches(work, version, targets);
  if (!orderId) return;
  await noteOrder(work.tx, accountId, orderId, subscriptionId);
  for (const request of await waitingRequestsOf(work.tx, accountId)) await grantWhenReady(work, request, targets);
}

/** Whoever ordered it: what stands outside because of a subscription follows each of its versions. */
async function placeWhatItTouches(
  work: Work<LicensesEvents>,
  { accountId, subscriptionId }: SubscriptionVersionCreated,
  targets: readonly FulfilmentTarget[],
): Promise<void> {
  const subscription = await subscriptionCopyOf(work.tx, accountId, subscriptionId);
  if (!subscription) return;
  for (const target of targets) {
    for (const key of (await target.touchedBy?.(work, subscription)) ?? [])
      await want(work, target, { accountId, target: target.kind, key });
  }
}

/** What is not fetched by a sync, a file or the end of a subscription, is issued and sent at once. */
async function leaveSettling(work: Work<LicensesEvents>, { accountId, subscriptionId, status }: SubscriptionVersionCreated): Promise<void> {
  if (status === 'TRANSFERRED') return;
  const kinds = await kindsIssuedFor(work.tx, accountId, subscriptionId);
  if (status !== 'CANCELLED' ? !kinds.some(isFile) : kinds.length === 0) return;
  await work.enqueue('settleLicenses', { accountId, subscriptionId }, { key: `settle/${subscriptionId}` });
}
