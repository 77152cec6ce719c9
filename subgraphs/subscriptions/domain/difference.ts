import type { NamespaceId } from '#kernel/ids';
import type { Period } from '#kernel/time';
import type { Standing } from './subscription';

/** What one version can change of the version before it. */
export const CHANGED_FIELDS = ['STANDING', 'PLAN', 'SEATS', 'TERM', 'AUTO_RENEW', 'NAMESPACE'] as const;
export type ChangedField = (typeof CHANGED_FIELDS)[number];

/** The least that telling two versions apart needs. */
export interface Comparable {
  readonly standing: Standing;
  readonly planName: string;
  readonly seats: number;
  readonly term: Period;
  readonly isAutoRenew: boolean;
  readonly namespaceId: NamespaceId | null;
}

/** One thing that a version changed, in words; `before` is null where there was nothing. */
export interface Difference {
  readonly field: ChangedField;
  readonly before: string | null;
  readonly after: string | null;
}

/** What a version changed of the one before it, in a fixed order; the first version changes everything from nothing. */
export function differences(before: Comparable | null, after: Comparable): readonly Difference[] {
  const earlier = before && wordsOf(before);
  const later = wordsOf(after);
  return CHANGED_FIELDS.map(field => ({ field, before: earlier?.[field] ?? null, after: later[field] })).filter(
    one => one.before !== one.after,
  );
}

function wordsOf(version: Comparable): Readonly<Record<ChangedField, string | null>> {
  return {
    STANDING: version.standing,
    PLAN: version.planName,
    SEATS: String(version.seats),
    TERM: `${version.term.startsOn}/${version.term.endsOn}`,
    AUTO_RENEW: version.isAutoRenew ? 'ON' : 'OFF',
    NAMESPACE: version.namespaceId,
  };
}
