import { isId } from '#kernel/ids';
import { accept, type Result, refuse } from '#kernel/result';
import { dayOf, type Instant } from '#kernel/time';
import type { Work } from '#kernel/work';
import { acceptMeasurement } from '../domain/namespace';
import type { SubscriptionsEvents } from '../events/published';
import { findNamespace, saveUsage } from '../store/namespaces';
import type { NamespaceRow, NamespaceUsageRow } from '../store/tables';
import { countUsersOf } from './count-seats';

/** How many users a namespace had at a moment; now, when it is not said. */
export interface ReportNamespaceUsage {
  readonly namespaceId: string;
  readonly seatsInUse: number;
  readonly measuredAt?: Instant | null;
}

/** Keeps a measurement. Late and repeated ones change nothing about what was measured last. */
export async function reportNamespaceUsage(
  work: Work<SubscriptionsEvents>,
  { namespaceId, seatsInUse, measuredAt }: ReportNamespaceUsage,
): Promise<Result<{ readonly namespace: NamespaceRow; readonly usage: NamespaceUsageRow }>> {
  const namespace = isId('namespace', namespaceId) ? await findNamespace(work.tx, namespaceId) : null;
  if (!namespace) return refuse('NAMESPACE_NOT_FOUND', 'There is no such namespace.', { path: ['namespaceId'] });
  const decision = acceptMeasurement({ seatsInUse, measuredAt: measuredAt ?? work.now }, work.now);
  if (!decision.ok) return decision;

  const usage = { accountId: namespace.accountId, namespaceId: namespace.id, ...decision.value };
  await saveUsage(work.tx, usage);
  const { accountId, seatsInUse: users } = usage;
  work.announce(
    'NamespaceMeasured.v1',
    { subject: namespace.id, accountId },
    { namespaceId: namespace.id, accountId, seatsInUse: users, measuredAt: usage.measuredAt.toISOString() },
  );
  await countUsersOf(work, namespace, dayOf(usage.measuredAt));
  return accept({ namespace, usage });
}
