import type { NamespaceId } from '#kernel/ids';
import type { PlainDate } from '#kernel/time';
import type { Work } from '#kernel/work';
import { planOn } from '../domain/namespace';
import { versionOn } from '../domain/subscription';
import type { SubscriptionsEvents } from '../events/published';
import { basesOn, type Version } from '../store/subscriptions';
import type { NamespaceRow } from '../store/tables';
import { extensionsOfSubscription, trialOfNamespace } from '../store/trials';

/** Tells the neighbours of namespaces and of the plan that each has now. */
export async function announceNamespaces(work: Work<SubscriptionsEvents>, namespaces: readonly NamespaceRow[]): Promise<void> {
  if (namespaces.length === 0) return;
  const ids = namespaces.map(namespace => namespace.id);
  const bases = await basesOn(work.tx, ids);
  const present = [...bases].map(([id, found]) => [id, found.flatMap(versions => versionOn(versions, work.today) ?? [])] as const);
  const [trials, extensions] = [
    await trialOfNamespace.batch(work.tx, ids),
    await extendedUntilOf(
      work,
      present.flatMap(([, versions]) => versions),
    ),
  ];
  const versionsOn = new Map(present);
  const planOf = (id: NamespaceId) => {
    const agreed = (versionsOn.get(id) ?? []).map(version => ({ ...version, extendedUntil: extensions.get(version.termId) ?? null }));
    return planOn(agreed, work.today, trials[ids.indexOf(id)] ?? null);
  };
  for (const { id, accountId, path } of namespaces) {
    work.announce('NamespaceChanged.v1', { subject: id, accountId }, { namespaceId: id, accountId, path, plan: planOf(id) });
  }
}

/** Until when the ends of terms were put off, by the term. */
async function extendedUntilOf(work: Work<SubscriptionsEvents>, versions: readonly Version[]): Promise<ReadonlyMap<string, PlainDate>> {
  const over = versions.filter(({ term }) => term.endsOn <= work.today);
  if (over.length === 0) return new Map();
  const found = await extensionsOfSubscription.batch(
    work.tx,
    over.map(version => version.subscriptionId),
  );
  return new Map(found.flat().map(({ termId, endsOn }) => [termId, endsOn]));
}
