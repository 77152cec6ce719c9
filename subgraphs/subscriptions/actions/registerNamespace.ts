import { canSeeAccount, type Viewer } from '#kernel/auth/viewer';
import { type AccountId, isId } from '#kernel/ids';
import { accept, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { namespacePath } from '../domain/namespace';
import type { SubscriptionsEvents } from '../events/published';
import { isKnownAccount } from '../store/accounts';
import { findNamespace, saveNamespace, takePath } from '../store/namespaces';
import type { NamespaceRow } from '../store/tables';
import { announceNamespaces } from './announce-namespaces';

/** A group that a billing account wants to buy for. */
export interface RegisterNamespace {
  readonly billingAccountId: string;
  readonly path: string;
}

/** Makes a customer's group known, so that subscriptions can stand on it. The same path again is the same namespace. */
export async function registerNamespace(
  work: Work<SubscriptionsEvents>,
  viewer: Viewer,
  { billingAccountId: accountId, path: text }: RegisterNamespace,
): Promise<Result<{ readonly namespace: NamespaceRow }>> {
  if (!isId('account', accountId) || !(await mayUse(work, viewer, accountId))) {
    return refuse('BILLING_ACCOUNT_NOT_FOUND', 'There is no such billing account.', { path: ['billingAccountId'] });
  }
  const read = namespacePath(text);
  if (!read.ok) return read;

  const path = read.value;
  const namespaceId = work.newId('namespace');
  const taken = await takePath(work.tx, { path, accountId, namespaceId });
  if (taken.accountId !== accountId) {
    return refuse('NAMESPACE_PATH_TAKEN', 'This path is registered for another billing account.', { path: ['path'] });
  }
  const known = taken.namespaceId === namespaceId ? null : await findNamespace(work.tx, taken.namespaceId);
  if (known) return accept({ namespace: known });

  const namespace = { accountId, id: namespaceId, path, createdAt: work.now };
  await saveNamespace(work.tx, namespace);
  await announceNamespaces(work, [namespace]);
  return accept({ namespace });
}

/** A token proves the viewer's own accounts; staff name any, so for them it must be one that exists. */
const mayUse = async (work: Work<SubscriptionsEvents>, viewer: Viewer, accountId: AccountId): Promise<boolean> =>
  viewer.accounts.includes(accountId) || (canSeeAccount(viewer, accountId) && (await isKnownAccount(work.tx, accountId)));
