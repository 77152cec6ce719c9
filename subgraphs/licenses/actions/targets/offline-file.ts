import { isId } from '#kernel/ids';
import { isFile, termsOf } from '../../domain/license';
import type { SignLicense } from '../../domain/license-bytes';
import { activationOf } from '../../store/activations';
import { kindsIssuedFor } from '../../store/licenses';
import { subscriptionCopyOf } from '../../store/subscriptions';
import { settleLicenses } from '../settle-licenses';
import type { FulfilmentTarget, TargetPort } from './target';

/**
 * An installation without a network: once support has issued it a licence file, each order is fulfilled with the next file, which
 * is mailed when it is signed. Signing needs the keys, which no transaction has at hand, so it is a placement like any other.
 */
export const offlineFile: FulfilmentTarget = {
  kind: 'LICENSE_FILE',
  serves: async (work, { deployment, accountId, id }) =>
    deployment === 'SELF_MANAGED' && (await kindsIssuedFor(work.tx, accountId, id)).some(isFile),
  grant: async (work, { accountId, id }) => {
    const activation = await activationOf(work.tx, accountId, id);
    return { ...(activation && { activationId: activation.id }), detail: 'A licence file, by mail to the Sold-To contact.', awaits: [id] };
  },
  wanted: async (db, { accountId, key }, on) => {
    const subscription = isId('subscription', key) ? await subscriptionCopyOf(db, accountId, key) : null;
    return subscription && { version: subscription.version, ...termsOf(subscription, on) };
  },
};

/** Signs the files of a subscription as it is now. */
export const filesSignedWith = (sign: SignLicense): TargetPort => ({
  place: ({ accountId, key }, job) =>
    job.write(async work => {
      if (isId('subscription', key)) await settleLicenses(work, { accountId, subscriptionId: key }, sign);
    }),
});
