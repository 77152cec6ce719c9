import type { Work } from '#kernel/work';
import type { LicenseIssued } from '../../licenses/events/published';
import type { SubscriptionsEvents } from '../events/published';
import { saveLicenseKind } from '../store/reconciliations';

/** Q3: keeps how a subscription's newest licence reaches its instance: what is offline or a legacy file sends no counts. */
export async function noteLicense({ tx }: Work<SubscriptionsEvents>, { accountId, subscriptionId, kind }: LicenseIssued): Promise<void> {
  if (kind) await saveLicenseKind(tx, { accountId, id: subscriptionId }, kind);
}
