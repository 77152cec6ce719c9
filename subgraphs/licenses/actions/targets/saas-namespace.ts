import { isId } from '#kernel/ids';
import { entitledOn } from '../../domain/entitlement';
import { addEntitlementGrant } from '../../store/activations';
import { namespacesOfSubscription, standingOf } from '../../store/entitlements';
import type { FulfilmentTarget } from './target';

/**
 * A group of the hosted product. What it is to have is computed from everything in force for it, on the day: so an order sets no
 * plan, it only makes the product look right again.
 */
export const saasNamespace: FulfilmentTarget = {
  kind: 'NAMESPACE',
  serves: (_, { deployment }) => deployment === 'SAAS',
  grant: async (work, { accountId, id: subscriptionId, namespaceId }) => {
    await addEntitlementGrant(work.tx, { accountId, id: work.newId('entitlement'), subscriptionId, namespaceId, createdAt: work.now });
    if (!namespaceId) return { detail: 'An entitlement, for the namespace that it is given.' };
    return { detail: 'The plan and seats of its namespace.', awaits: [namespaceId] };
  },
  // Where it stood before must hear that it does not any more.
  touchedBy: (work, { accountId, id }) => namespacesOfSubscription(work.tx, accountId, id),
  wanted: async (db, { key }, on) => {
    if (!isId('namespace', key)) return null;
    const { versions, trial } = await standingOf(db, key);
    const { plan, seats, addOns, storageGb } = entitledOn(versions, on, trial);
    return { plan, seats, addOns, storageGb };
  },
};
