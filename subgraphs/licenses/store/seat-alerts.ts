import { desc } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Transaction } from '#kernel/db/database';
import { defineLoader } from '#kernel/db/loader';
import type { SubscriptionId } from '#kernel/ids';
import { type SeatAlertRow, seatAlerts } from './tables';

const keyOf = ({ subscriptionId, termStartsOn, seats, level }: SeatAlertRow): string =>
  `${subscriptionId}/${termStartsOn}/${seats}/${level}`;

/** Keeps alerts, each once; answers those that were not raised before. */
export async function addSeatAlerts(tx: Transaction, alerts: readonly SeatAlertRow[]): Promise<ReadonlySet<SeatAlertRow>> {
  const byKey = new Map(alerts.toReversed().map(alert => [keyOf(alert), alert]));
  if (byKey.size === 0) return new Set();
  // In one sequence, so that two batches with the same subscriptions do not wait for each other.
  const rows = [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, alert]) => alert);
  const added = await tx.insert(seatAlerts).values(rows).onConflictDoNothing().returning();
  return new Set(added.flatMap(row => byKey.get(keyOf(row)) ?? []));
}

/** The last alert of each subscription. */
export const seatAlertBySubscription = defineLoader<SubscriptionId, SeatAlertRow>(
  (db, ids) =>
    db
      .selectDistinctOn([seatAlerts.subscriptionId])
      .from(seatAlerts)
      .where(anyOf(seatAlerts.subscriptionId, ids))
      .orderBy(seatAlerts.subscriptionId, desc(seatAlerts.raisedAt), desc(seatAlerts.raisedOn), desc(seatAlerts.level)),
  alert => alert.subscriptionId,
);
