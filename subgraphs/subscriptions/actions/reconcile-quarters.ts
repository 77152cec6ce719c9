import { type Money, moneyText } from '#kernel/money';
import { addDays } from '#kernel/time';
import type { Work } from '#kernel/work';
import { chargesAfter, seatPriceOn, seatsOn } from '../domain/charge';
import { type Quarter, quarterFrom, quartersDue } from '../domain/quarter';
import { decideCharge, decideQuarter, exclusionOn, reconciledAmount } from '../domain/reconciliation';
import { versionOn } from '../domain/subscription';
import type { SubscriptionsEvents } from '../events/published';
import { accountCopyOf } from '../store/accounts';
import { type ReconciliationKey, reconciliationForUpdate, reconciliationsOf, saveNextLook } from '../store/reconciliations';
import { usersMaxIn } from '../store/seat-counts';
import { chargesOf, type HeldCharge, subscriptionsForUpdate, type Version, versionsOf } from '../store/subscriptions';
import type { ReconciliationRow, SubscriptionRow } from '../store/tables';
import type { SubscriptionKey } from '../store/waiting';
import { keepQuarter, moveOn } from './move-reconciliation';

type Subscriptions = Work<SubscriptionsEvents>;

/**
 * Q1: looks at the quarters of a subscription that are over, gives notice of each overage or keeps why there is none, and sets
 * its calendar to the next. A charge of an earlier quarter that is still unpaid is given up: its overage is in this count.
 */
export async function countQuarters(work: Subscriptions, key: SubscriptionKey): Promise<void> {
  const found = await look(work, key);
  if (!found?.head.reconcilesOn || found.head.reconcilesOn > work.today) return;
  const recorded = await reconciliationsOf(work.tx, key.id);
  const quarters = quartersDue(found.versions, found.head.reconcilesOn, work.today, recorded);
  const unpaid = quarters.length > 0 ? recorded.filter(({ status }) => status === 'AWAITING_CARD') : [];
  for (const row of unpaid) await moveOn(work, row, 'FAIL', { reason: 'CARD_DECLINED' }, found.head.name);
  for (const quarter of quarters) await count(work, found, quarter);
  await saveNextLook(work.tx, key, quarterFrom(found.versions, addDays(work.today, 1))?.countedOn ?? null);
}

/** Does what is due of a reconciliation: charges what was noticed seven days ago, or gives up what a card did not pay. */
export async function goOnReconciling(work: Subscriptions, key: ReconciliationKey): Promise<void> {
  const found = await look(work, { accountId: key.accountId, id: key.subscriptionId });
  const row = await reconciliationForUpdate(work.tx, key);
  if (!found || !row?.dueOn || row.dueOn > work.today) return;
  if (row.status === 'NOTICED') await charge(work, found, row);
  else await moveOn(work, row, 'FAIL', { reason: 'CARD_DECLINED' }, found.head.name);
}

/** A subscription as its reconciliations see it today, its head locked. */
interface Looked {
  readonly head: SubscriptionRow;
  readonly versions: readonly Version[];
  readonly agreement: Version;
  readonly charges: readonly HeldCharge[];
}

async function look(work: Subscriptions, { accountId, id }: SubscriptionKey): Promise<Looked | null> {
  const [head] = await subscriptionsForUpdate(work.tx, accountId, [id]);
  const versions = head ? await versionsOf(work.tx, id) : [];
  const agreement = versionOn(versions, work.today);
  return head && agreement ? { head, versions, agreement, charges: chargesAfter(await chargesOf(work.tx, id)) } : null;
}

async function exclusionFor(work: Subscriptions, { head, agreement }: Looked) {
  const { accountId, dealType, licenseKind } = head;
  return exclusionOn({ ...agreement, dealType, licenseKind, account: await accountCopyOf(work.tx, accountId) }, work.today);
}

async function count(work: Subscriptions, found: Looked, quarter: Quarter): Promise<void> {
  const { head, agreement, charges } = found;
  const { accountId, id: subscriptionId } = head;
  const usersMax = await usersMaxIn(work.tx, { accountId, id: subscriptionId, namespaceId: agreement.namespaceId }, quarter);
  const seats = seatsOn(charges, quarter.endsOn);
  const decided = decideQuarter({ usersMax, seats }, await exclusionFor(work, found), work.today);
  const amount = decided.chargeOn ? amountOf(charges, decided.overageSeats, quarter) : null;
  const { termId, endsOn: quarterEndsOn, monthsLeft } = quarter;
  const counted = { usersMax, seats, amountMinor: amount?.minor ?? null, currency: amount?.currency ?? null, countedOn: work.today };
  const row: ReconciliationRow = {
    accountId,
    id: work.newId('reconciliation'),
    subscriptionId,
    ...{ termId, quarter: quarter.quarter, quarterEndsOn, monthsLeft },
    ...counted,
    ...decided,
    dueOn: decided.chargeOn,
    attempts: 0,
    orderId: null,
    endedAt: decided.status === 'SKIPPED' ? work.now : null,
  };
  await keepQuarter(work, row, head.name);
}

async function charge(work: Subscriptions, found: Looked, row: ReconciliationRow): Promise<void> {
  const { head, charges } = found;
  const noticed = { usersMax: row.usersMax ?? 0, overageSeats: row.overageSeats };
  const decided = decideCharge(noticed, seatsOn(charges, work.today), await exclusionFor(work, found));
  if (!decided.isCharged) {
    await moveOn(work, row, 'SKIP', { reason: decided.reason }, head.name);
    return;
  }
  const { overageSeats } = decided;
  const { id: reconciliationId, accountId, subscriptionId, quarterEndsOn, monthsLeft } = row;
  const amount = amountOf(charges, overageSeats, { endsOn: quarterEndsOn, monthsLeft });
  const change = { overageSeats, amountMinor: amount.minor, currency: amount.currency, dueOn: null, attempts: row.attempts + 1 };
  if (!(await moveOn(work, row, 'CHARGE', change, head.name))) return;
  work.announce(
    'ReconciliationRequested.v1',
    { subject: subscriptionId, accountId },
    {
      reconciliationId,
      accountId,
      subscriptionId,
      subscriptionName: head.name,
      seats: overageSeats,
      effectiveOn: quarterEndsOn,
      monthsLeft,
      amount: moneyText(amount),
    },
  );
}

function amountOf(
  charges: readonly HeldCharge[],
  overageSeats: number,
  { endsOn, monthsLeft }: Pick<Quarter, 'endsOn' | 'monthsLeft'>,
): Money {
  const unitPrice = seatPriceOn(charges, endsOn);
  if (!unitPrice) throw new Error(`Nothing is charged for seats on ${endsOn}, so no overage of them can be.`);
  return reconciledAmount(overageSeats, unitPrice, monthsLeft);
}
