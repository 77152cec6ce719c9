import type { NamespaceId } from '#kernel/ids';
import type { Work } from '#kernel/work';
import { planOn } from '../domain/namespace';
import { versionOn } from '../domain/subscription';
import type { SubscriptionsEvents } from '../events/published';
import { basesOn } from '../store/subscriptions';
import type { NamespaceRow } from '../store/tables';

/** Tells the neighbours of namespaces and of the plan that each has now. */
export async function announceNamespaces(work: Work<SubscriptionsEvents>, namespaces: readonly NamespaceRow[]): Promise<void> {
  if (namespaces.length === 0) return;
  const bases = await basesOn(
    work.tx,
    namespaces.map(namespace => namespace.id),
  );
  const planOf = (id: NamespaceId) =>
    planOn(
      (bases.get(id) ?? []).flatMap(versions => versionOn(versions, work.today) ?? []),
      work.today,
    );
  for (const { id, accountId, path } of namespaces) {
    work.announce('NamespaceChanged.v1', { subject: id, accountId }, { namespaceId: id, accountId, path, plan: planOf(id) });
  }
}
