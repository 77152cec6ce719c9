import { accept, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { activate, typedCode, unknownCode } from '../domain/activation';
import { acceptNames, type InstanceNames } from '../domain/instance';
import type { SignLicense } from '../domain/license-bytes';
import type { LicensesEvents } from '../events/published';
import { accountCopyOf } from '../store/accounts';
import { activationByCodeForUpdate } from '../store/activations';
import { addInstance, instanceOf, saveInstance } from '../store/instances';
import { futureSubscriptionsOf, subscriptionCopyOf } from '../store/subscriptions';
import type { ActivationRow } from '../store/tables';
import { newestLicense } from './newestLicense';

/** What an instance says of itself, with the code it was given. */
export interface ActivateInstance {
  readonly activationCode: string;
  readonly instanceId: string;
  readonly hostname: string;
  readonly version: string;
}

/** L2: exchanges a code for a signed licence. An instance that activates again gets the licence of today. */
export async function activateInstance(work: Work<LicensesEvents>, request: ActivateInstance, sign: SignLicense) {
  const named = acceptNames(request);
  if (!named.ok) return named;

  const activation = await activationByCodeForUpdate(work.tx, typedCode(request.activationCode));
  const subscription = activation && (await subscriptionCopyOf(work.tx, activation.accountId, activation.subscriptionId));
  if (!activation || !subscription) return unknownCode();

  const decision = activate(subscription, work.today);
  if (!decision.ok) return decision;

  const account = await accountCopyOf(work.tx, activation.accountId);
  if (!account) return refuse('CONFLICT', 'This subscription is being set up. Try again in a minute.', { retryable: true });

  const license = await newestLicense(work, { activation, subscription, account }, 'ACTIVATION', sign);
  await register(work, activation, named.value);
  return accept({
    licenseId: license.id,
    futureSubscriptions: await futureSubscriptionsOf(work.tx, activation.accountId, work.today),
  });
}

async function register(work: Work<LicensesEvents>, activation: ActivationRow, names: InstanceNames): Promise<void> {
  const { accountId, subscriptionId, id: activationId } = activation;
  const known = await instanceOf(work.tx, activation, names.identifier);
  if (known) return saveInstance(work.tx, known, names);

  const instanceId = work.newId('instance');
  await addInstance(work.tx, { accountId, id: instanceId, activationId, ...names, activatedAt: work.now, lastSyncAt: null });
  work.announce(
    'InstanceActivated.v1',
    { subject: instanceId, accountId },
    { accountId, subscriptionId, activationId, instanceId, activatedAt: work.now.toISOString() },
  );
}
