import { canSeeAccount, type Viewer } from '#kernel/auth/viewer';
import { accept, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { decideExtension } from '../domain/extension';
import { newest, versionOn } from '../domain/subscription';
import type { SubscriptionsEvents } from '../events/published';
import { namespacesForUpdate } from '../store/namespaces';
import { lockByName, versionsOf } from '../store/subscriptions';
import type { ExtensionRow } from '../store/tables';
import { extensionsOfSubscription, saveExtension } from '../store/trials';
import { announceNamespaces } from './announce-namespaces';

/** Whose end is put off, and why. */
export interface GrantTemporaryExtension {
  readonly subscriptionName: string;
  readonly reason: string;
}

/** R5: puts the end of a term off, so that its renewal can be arranged. Licences and the group's plan follow. */
export async function grantTemporaryExtension(
  work: Work<SubscriptionsEvents>,
  viewer: Viewer,
  { subscriptionName, reason }: GrantTemporaryExtension,
): Promise<Result<{ readonly extension: ExtensionRow }>> {
  const head = await lockByName(work.tx, subscriptionName, accountId => canSeeAccount(viewer, accountId));
  const versions = head ? await versionsOf(work.tx, head.id) : [];
  const current = versionOn(versions, work.today);
  if (!head || !current) return refuse('SUBSCRIPTION_NOT_FOUND', 'There is no such subscription.', { path: ['subscriptionName'] });
  const last = newest(versions) ?? current;
  const extended = (await extensionsOfSubscription.batch(work.tx, [head.id]))[0] ?? [];
  const standing = {
    isRenewed: last.term.startsOn >= current.term.endsOn,
    isExtended: extended.some(({ termId }) => termId === current.termId),
    reason,
  };
  const decision = decideExtension({ ...current, cancelsOn: last.cancelsOn }, standing, work.today);
  if (!decision.ok) return decision;

  const { accountId, id: subscriptionId, namespaceId } = head;
  const granted = { grantedBy: work.actor, grantedAt: work.now };
  const extension: ExtensionRow = {
    accountId,
    id: work.newId('extension'),
    subscriptionId,
    termId: current.termId,
    ...decision.value,
    ...granted,
  };
  await saveExtension(work.tx, extension);
  const about = { subject: subscriptionId, accountId };
  const { termEndsOn, endsOn } = { termEndsOn: current.term.endsOn, endsOn: extension.endsOn };
  work.announce('TemporaryExtensionGranted.v1', about, { accountId, subscriptionId, termEndsOn, endsOn });
  const act = { accountId, act: 'TEMPORARY_EXTENSION_GRANTED', subject: subscriptionId, ticket: null } as const;
  work.announce('SupportActed.v1', about, { ...act, actor: work.actor, reason: extension.reason });
  if (namespaceId) await announceNamespaces(work, await namespacesForUpdate(work.tx, accountId, [namespaceId]));
  return accept({ extension });
}
