import { isId } from '#kernel/ids';
import { accept, refuse } from '#kernel/result';
import type { PlainDate } from '#kernel/time';
import type { Work } from '#kernel/work';
import { acceptMinutes } from '../domain/compute';
import type { LicensesEvents } from '../events/published';
import { addMinutes, findNamespaceCopy } from '../store/entitlements';

/** Compute minutes that a namespace has used on a day, beside those that were reported before. */
export interface ReportComputeUsage {
  readonly namespaceId: string;
  readonly on: PlainDate;
  readonly minutes: number;
}

/** Adds minutes to a day. The key of the request makes it happen once. */
export async function reportComputeUsage(work: Work<LicensesEvents>, { namespaceId, on, minutes }: ReportComputeUsage) {
  const namespace = isId('namespace', namespaceId) ? await findNamespaceCopy(work.tx, namespaceId) : null;
  if (!namespace) return refuse('NAMESPACE_NOT_FOUND', 'There is no such namespace.', { path: ['namespaceId'] });
  const decision = acceptMinutes({ usedOn: on, minutes }, work.today);
  if (!decision.ok) return decision;
  await addMinutes(work.tx, namespace, decision.value);
  return accept({ namespaceId: namespace.id });
}
