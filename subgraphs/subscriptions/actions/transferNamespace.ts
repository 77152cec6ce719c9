import { canSeeAccount, type Viewer } from '#kernel/auth/viewer';
import { isId, type NamespaceId, type SubscriptionId } from '#kernel/ids';
import { accept, type Result, refuse } from '#kernel/result';
import { later } from '#kernel/time';
import type { Work } from '#kernel/work';
import { newest, stretchesOf, versionOn } from '../domain/subscription';
import { decideTransfer } from '../domain/transfer';
import type { SubscriptionsEvents } from '../events/published';
import { findNamespace, namespacesForUpdate } from '../store/namespaces';
import { basesOn, chargesOf, lockByName, type Version, versionsOf } from '../store/subscriptions';
import type { NamespaceRow, SubscriptionRow } from '../store/tables';
import { saveVersions } from '../store/versions';
import { announceNamespaces } from './announce-namespaces';
import { announceOrHold } from './announce-versions';

/** Where a subscription shall stand from now on, and why. */
export interface TransferNamespace {
  readonly subscriptionName: string;
  readonly toNamespaceId: string;
  readonly reason: string;
}

type Subscriptions = Work<SubscriptionsEvents>;

/** Moves a subscription to another namespace of the same account, as a new version, with who did it and why. */
export async function transferNamespace(
  work: Subscriptions,
  viewer: Viewer,
  { subscriptionName, toNamespaceId, reason }: TransferNamespace,
): Promise<Result<{ readonly subscriptionId: SubscriptionId; readonly namespaceId: NamespaceId; readonly added: Version | null }>> {
  const head = await lockByName(work.tx, subscriptionName, accountId => canSeeAccount(viewer, accountId));
  const versions = head ? await versionsOf(work.tx, head.id) : [];
  const current = versionOn(versions, work.today);
  if (!head || !current) return refuse('SUBSCRIPTION_NOT_FOUND', 'There is no such subscription.', { path: ['subscriptionName'] });
  const namespaces = await bothLocked(work, head, toNamespaceId);
  const to = namespaces.find(namespace => namespace.id === toNamespaceId);
  if (!to) return refuse('NAMESPACE_NOT_FOUND', 'This account has no such namespace.', { path: ['toNamespaceId'] });

  const bases = (await basesOn(work.tx, [to.id])).get(to.id) ?? [];
  const decision = decideTransfer(
    { ...current, namespaceId: head.namespaceId },
    { id: to.id, bases: bases.flatMap(stretchesOf) },
    { isBase: head.isBase, reason, on: work.today },
  );
  if (!decision.ok) return decision;

  const added = movedVersions(work, head, { current, last: newest(versions) ?? current }, to.id);
  const moved = { ...head, namespaceId: to.id, version: head.version + added.length };
  await saveVersions(work.tx, { heads: [moved], terms: [], versions: added, charges: [] });
  const charges = await chargesOf(work.tx, head.id);
  await announceOrHold(
    work,
    added.map(version => ({ name: head.name, version, charges, before: versions })),
  );
  await announceNamespaces(work, namespaces);
  announceAct(work, head, decision.value.reason);
  return accept({ subscriptionId: head.id, namespaceId: to.id, added: added[0] ?? null });
}

/** Where it stands and where it goes, locked: who puts a subscription on either queues here. */
async function bothLocked(
  work: Subscriptions,
  { accountId, namespaceId }: SubscriptionRow,
  wanted: string,
): Promise<readonly NamespaceRow[]> {
  const to = isId('namespace', wanted) ? await findNamespace(work.tx, wanted) : null;
  return namespacesForUpdate(work.tx, accountId, [...(namespaceId ? [namespaceId] : []), ...(to ? [to.id] : [])]);
}

/** One version for today, and where something is agreed for later one more that says it of the new place. */
function movedVersions(
  work: Subscriptions,
  { version }: SubscriptionRow,
  { current, last }: { readonly current: Version; readonly last: Version },
  namespaceId: NamespaceId,
): readonly Version[] {
  const bases = current.number === last.number || last.effectiveOn <= work.today ? [last] : [current, last];
  return bases.map((base, index) => ({
    ...base,
    id: work.newId('subscriptionVersion'),
    number: version + 1 + index,
    kind: 'TRANSFER_NAMESPACE',
    effectiveOn: later(work.today, base.effectiveOn),
    namespaceId,
    orderId: null,
    actionId: null,
    actor: work.actor,
    createdAt: work.now,
  }));
}

function announceAct(work: Subscriptions, { id, accountId }: SubscriptionRow, reason: string): void {
  const act = { accountId, act: 'NAMESPACE_TRANSFERRED', subject: id, actor: work.actor, reason, ticket: null } as const;
  work.announce('SupportActed.v1', { subject: id, accountId }, act);
}
