import type { ActivationId } from '#kernel/ids';
import { newActivationCode, type RandomBytes } from '../../domain/activation';
import { activationOf, addActivation } from '../../store/activations';
import type { SubscriptionCopy } from '../../store/tables';
import type { FulfilmentTarget, LicensesWork } from './target';

/** Two codes are never the same by chance; a third draw means that the source of randomness is broken. */
const DRAWS_MAX = 3;

/** L1: a customer's own installations, which exchange a code for their licence. One code for a subscription, for life. */
export const selfManagedCode = (randomBytes: RandomBytes): FulfilmentTarget => ({
  kind: 'CLOUD_ACTIVATION',
  serves: (_, { deployment }) => deployment === 'SELF_MANAGED',
  grant: async (work, subscription) => {
    const known = await activationOf(work.tx, subscription.accountId, subscription.id);
    return { activationId: known?.id ?? (await activationFor(work, subscription, randomBytes)), detail: 'An activation code.' };
  },
});

async function activationFor(work: LicensesWork, subscription: SubscriptionCopy, randomBytes: RandomBytes): Promise<ActivationId> {
  const { accountId, id: subscriptionId } = subscription;
  const id = work.newId('activation');
  for (let draw = 0; draw < DRAWS_MAX; draw++) {
    const code = newActivationCode(randomBytes);
    if (await addActivation(work.tx, { accountId, id, subscriptionId, code, createdAt: work.now })) return id;
  }
  throw new Error('The source of randomness repeats itself: no activation code is free.');
}
