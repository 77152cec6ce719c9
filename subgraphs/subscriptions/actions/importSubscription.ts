import type { AccountId, NamespaceId, PartnerId } from '#kernel/ids';
import { accept, refuse } from '#kernel/result';
import { lineFrom } from '#kernel/text';
import type { Work } from '#kernel/work';
import type { PlannedVersion } from '../../orders/events/published';
import type { SubscriptionsEvents } from '../events/published';
import { takeName } from '../store/versions';
import { writeVersions } from './changeSubscriptions';

/** A subscription of another system, with everything that was agreed about it, the first version first. */
export interface ImportSubscription {
  readonly accountId: AccountId;
  /** Its name for life, which it keeps. */
  readonly name: string;
  readonly namespaceId: NamespaceId | null;
  readonly resalePartnerId: PartnerId | null;
  readonly versions: readonly ImportedVersion[];
}

export interface ImportedVersion extends Pick<PlannedVersion, 'effectiveOn' | 'plan' | 'term' | 'isAutoRenew'> {
  readonly kind: 'CREATE' | 'ADD_SEATS' | 'RENEW' | 'CANCEL' | 'CHANGE_PLAN';
  readonly charges: readonly Omit<PlannedVersion['charges'][number], 'chargeId'>[];
  /** The charges that end early: those of these products, or all of them. */
  readonly ends: PlannedVersion['ends'] | null;
}

const NAME_LENGTH_MAX = 64;
const VERSIONS_MAX = 500;

/**
 * Takes over a subscription with its versions, each decided as an order's would be: what could never have been agreed here
 * is refused, and nothing of it is kept. Neighbours are told of every version, as of any other.
 */
export async function importSubscription(work: Work<SubscriptionsEvents>, request: ImportSubscription) {
  const { accountId, namespaceId, resalePartnerId, versions } = request;
  const name = lineFrom(request.name, NAME_LENGTH_MAX);
  if (!name) return refuse('NAME_UNUSABLE', `A name has 1 to ${NAME_LENGTH_MAX} visible characters.`, { path: ['name'] });
  if (versions.length > VERSIONS_MAX)
    return refuse('VERSIONS_TOO_MANY', `At most ${VERSIONS_MAX} versions are taken over of one subscription.`, { path: ['versions'] });
  if (versions[0]?.kind !== 'CREATE')
    return refuse('VERSIONS_INCOMPLETE', 'The first version of a subscription is the one that created it.', { path: ['versions', '0'] });
  const subscriptionId = work.newId('subscription');
  if (!(await takeName(work.tx, accountId, subscriptionId, name)))
    return refuse('NAME_TAKEN', `There is a subscription ${name} already.`, { path: ['name'] });

  const changes = versions.map(
    ({ kind, effectiveOn, plan, term, isAutoRenew, charges, ends }): PlannedVersion => ({
      actionId: work.newId('orderAction'),
      subscriptionId,
      kind,
      effectiveOn,
      plan,
      term,
      isAutoRenew,
      namespaceId,
      charges: charges.map(charge => ({ ...charge, chargeId: work.newId('charge') })),
      ...(ends && { ends }),
    }),
  );
  const dealType = resalePartnerId ? 'RESALE' : 'DIRECT';
  const written = await writeVersions(work, {
    accountId,
    orderId: null,
    name,
    dealType,
    changes,
    ...(resalePartnerId && { resalePartnerId }),
  });
  return written.ok ? accept({ subscriptionId, name }) : written;
}
