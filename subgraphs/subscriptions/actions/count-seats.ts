import type { Id } from '#kernel/ids';
import { includes, type PlainDate } from '#kernel/time';
import type { Work } from '#kernel/work';
import type { SeatUsageReported } from '../../licenses/events/published';
import { isReconciled } from '../domain/reconciliation';
import { statusOn, versionOn } from '../domain/subscription';
import type { SubscriptionsEvents } from '../events/published';
import { reconciliationsOf } from '../store/reconciliations';
import { saveSeatCount, usersMaxOfTerm } from '../store/seat-counts';
import { basesOn, type Version, versionsOf } from '../store/subscriptions';
import type { NamespaceRow } from '../store/tables';
import type { SubscriptionKey } from '../store/waiting';

type Subscriptions = Work<SubscriptionsEvents>;

/** Keeps what an instance counted on a day. Orders hear of it where the most users of its term have grown (T1, L6). */
export async function countSeats(work: Subscriptions, report: SeatUsageReported): Promise<void> {
  const { accountId, subscriptionId, on, billableUsers: users, usersMax } = report;
  const key = { accountId, id: subscriptionId };
  const term = termOn(await versionsOf(work.tx, subscriptionId), on);
  const before = term && (await usersMaxOfTerm(work.tx, { ...key, namespaceId: null }, term));
  await saveSeatCount(work.tx, { accountId, subscriptionId, countedOn: on, users, usersMax });
  if (term && (before ?? 0) < usersMax) await announceTermCount(work, key, term.id);
}

/** The same for a group: its users have been measured, on a day on which a subscription gives it seats. */
export async function countUsersOf(work: Subscriptions, namespace: NamespaceRow, on: PlainDate): Promise<void> {
  const bases = (await basesOn(work.tx, [namespace.id])).get(namespace.id) ?? [];
  for (const versions of bases) {
    const version = versionOn(versions, on);
    if (version && statusOn(version, on) === 'ACTIVE') {
      await announceTermCount(work, { accountId: namespace.accountId, id: version.subscriptionId }, version.term.id);
    }
  }
}

/** Tells orders what a true-up at the end of a term is counted from: its most users, and whether it was reconciled. */
export async function announceTermCount(work: Subscriptions, { accountId, id }: SubscriptionKey, termId: Id<'term'>): Promise<void> {
  const version = (await versionsOf(work.tx, id)).findLast(({ term }) => term.id === termId);
  if (!version) return;
  const { term, namespaceId } = version;
  const usersMax = await usersMaxOfTerm(work.tx, { accountId, id, namespaceId }, term);
  const ofTerm = (await reconciliationsOf(work.tx, id)).filter(one => one.termId === termId);
  work.announce(
    'TermCounted.v1',
    { subject: id, accountId },
    { accountId, subscriptionId: id, termStartsOn: term.startsOn, usersMax: usersMax ?? 0, isReconciled: isReconciled(ofTerm) },
  );
}

const termOn = (versions: readonly Version[], on: PlainDate) => versions.findLast(({ term }) => includes(term, on))?.term ?? null;
