import type { Work } from '#kernel/work';
import { seatAlertText } from '../domain/delivery';
import { seatAlertOf } from '../domain/seats';
import type { LicensesEvents } from '../events/published';
import { addSeatAlerts } from '../store/seat-alerts';
import type { AccountCopy, SeatAlertRow, SeatReportRow, SubscriptionCopy } from '../store/tables';
import { requestMail } from './request-license-delivery';

interface Counted {
  readonly row: SeatReportRow;
  readonly subscription: SubscriptionCopy;
  readonly account: AccountCopy;
}

/**
 * L8: tells the Sold-To contact and the neighbours that seats run out, once for a term, a number of seats and a level: bought
 * seats begin anew. A late report of a term that is over alarms nobody.
 */
export async function raiseSeatAlerts(work: Work<LicensesEvents>, counted: readonly Counted[]): Promise<void> {
  const due = counted.flatMap(one => {
    const { row, subscription } = one;
    const level = row.termStartsOn === subscription.termStartsOn && row.seats > 0 ? seatAlertOf(row.billableUsers, row.seats) : null;
    return level ? [{ ...one, alert: alertOf(work, row, level) }] : [];
  });
  const raised = await addSeatAlerts(
    work.tx,
    due.map(({ alert }) => alert),
  );
  for (const { alert, subscription, account } of due.filter(({ alert }) => raised.has(alert))) {
    const { accountId, subscriptionId, level, users, seats, raisedOn: on } = alert;
    const text = seatAlertText(account.soldToName, subscription.name, alert);
    await requestMail(work, { accountId, subscriptionId, licenseId: null, purpose: 'SEAT_ALERT', reason: null, text });
    work.announce('SeatAlertRaised.v1', { subject: subscriptionId, accountId }, { accountId, subscriptionId, level, users, seats, on });
  }
}

const alertOf = (work: Work, row: SeatReportRow, level: SeatAlertRow['level']): SeatAlertRow => ({
  accountId: row.accountId,
  subscriptionId: row.subscriptionId,
  termStartsOn: row.termStartsOn,
  seats: row.seats,
  level,
  users: row.billableUsers,
  raisedOn: row.usedOn,
  raisedAt: work.now,
});
