import { accept, refuse } from '#kernel/result';
import type { Instant } from '#kernel/time';
import type { Work } from '#kernel/work';
import { activate, typedCode, unknownCode } from '../domain/activation';
import { acceptClock, acceptNames, admitInstance, type InstanceNames } from '../domain/instance';
import type { SignLicense } from '../domain/license-bytes';
import type { LicensesEvents } from '../events/published';
import { accountCopyOf } from '../store/accounts';
import { activationByCodeForUpdate } from '../store/activations';
import { activeBeside, activeElsewhere, addInstance, instanceOf, saveInstance } from '../store/instances';
import { futureSubscriptionsOfAll, subscriptionCopyOf } from '../store/subscriptions';
import type { ActivationRow, InstanceRow } from '../store/tables';
import { deactivateOne } from './deactivateInstance';
import { newestLicense } from './newest-license';

/** What an instance says of itself, with the code it was given. */
export interface ActivateInstance {
  readonly activationCode: string;
  readonly instanceId: string;
  readonly hostname: string;
  readonly version: string;
  /** What the clock of the instance says. */
  readonly clock?: Instant | null;
  /** The instance of the same code that this one takes over from. */
  readonly replacesInstanceId?: string | null;
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

  const clock = acceptClock(request.clock, work.now);
  if (!clock.ok) return clock;

  const account = await accountCopyOf(work.tx, activation.accountId);
  if (!account) return refuse('CONFLICT', 'This subscription is being set up. Try again in a minute.', { retryable: true });

  await moveHere(work, activation, named.value.identifier, request.replacesInstanceId ?? null);
  const admitted = admitInstance(await activeBeside(work.tx, activation, named.value.identifier));
  if (!admitted.ok) return admitted;

  const license = await newestLicense(work, { activation, subscription, account }, { kind: 'ONLINE_CLOUD', origin: 'ACTIVATION' }, sign);
  const instanceId = await register(work, activation, named.value);
  return accept({
    licenseId: license.id,
    instanceId,
    futureSubscriptions: (await futureSubscriptionsOfAll(work.tx, [activation.accountId], work.today))(activation.accountId),
  });
}

/** An instance runs under one code: what it had before, and what it takes over from, is deactivated with the same stroke. */
async function moveHere(work: Work<LicensesEvents>, activation: ActivationRow, identifier: string, replaces: string | null): Promise<void> {
  const replaced = replaces === null || replaces === identifier ? null : await instanceOf(work.tx, activation, replaces);
  const left = await activeElsewhere(work.tx, activation, identifier);
  for (const instance of replaced ? [...left, replaced] : left) await deactivateOne(work, instance, 'MOVED');
}

async function register(work: Work<LicensesEvents>, activation: ActivationRow, names: InstanceNames): Promise<InstanceRow['id']> {
  const { accountId, subscriptionId, id: activationId } = activation;
  const active = { deactivatedAt: null, deactivatedBy: null, deactivationCause: null };
  const known = await instanceOf(work.tx, activation, names.identifier);
  const instanceId = known?.id ?? work.newId('instance');
  if (known) await saveInstance(work.tx, known, { ...names, ...active });
  else
    await addInstance(work.tx, { accountId, id: instanceId, activationId, ...names, activatedAt: work.now, lastSyncAt: null, ...active });
  if (known && !known.deactivatedAt) return instanceId;

  work.announce(
    'InstanceActivated.v1',
    { subject: instanceId, accountId },
    { accountId, subscriptionId, activationId, instanceId, activatedAt: work.now.toISOString() },
  );
  return instanceId;
}
