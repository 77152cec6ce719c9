import { moneyOf } from '#kernel/money';
import { addMs, type Instant } from '#kernel/time';
import type { Work } from '#kernel/work';
import type { SubscriptionVersionCreated } from '../../subscriptions/events/published';
import { monthOf } from '../domain/calendar';
import { changesOf } from '../domain/charge-history';
import type { ReportsEvents } from '../events/published';
import { closeCharges, insertCharges, keepTerm, knownCharges, takeVersion } from '../store/charges';
import type { ChargeFact } from '../store/tables';

/** The end of what is still believed. */
export const STILL_KNOWN: Instant = new Date('9999-12-31T00:00:00Z');

/** Takes in a version: closes what it changed of the charges that were known, and adds them as they are now. */
export async function takeInSubscription(work: Work<ReportsEvents>, version: SubscriptionVersionCreated, at: Instant): Promise<void> {
  const { accountId, subscriptionId, term } = version;
  if (!(await takeVersion(work.tx, { accountId, subscriptionId, version: version.version, name: version.name }))) return;
  await keepTerm(work.tx, { accountId, subscriptionId, startsOn: term.startsOn, endsOn: term.endsOn, months: term.months });

  const known = await knownCharges(work.tx, accountId, subscriptionId);
  // Two versions of one millisecond: the later one is known a moment later, or its row would begin where it ends.
  const knownFrom = known.some(charge => charge.knownFrom >= at) ? addMs(latest(known), 1) : at;
  const { outdated, added } = changesOf(known, toldBy(version));
  await closeCharges(work.tx, outdated, knownFrom);
  await insertCharges(
    work.tx,
    added.map(({ told, before }) => ({
      ...told,
      // A charge stays of the plan that it was sold with, whatever the agreement is about now.
      tier: before?.tier ?? version.plan.tier,
      deployment: before?.deployment ?? version.plan.deployment,
      orderId: before?.orderId ?? version.orderId,
      accountId,
      subscriptionId,
      version: version.version,
      startsMonth: monthOf(told.startsOn),
      endsMonth: monthOf(told.endsOn),
      knownFrom,
      knownUntil: STILL_KNOWN,
    })),
  );
}

/** The recurring charges of a version. A draft is no agreement, and counts for nothing. */
function toldBy({ status, charges }: SubscriptionVersionCreated) {
  if (status === 'DRAFT') return [];
  return charges
    .filter(charge => charge.model === 'RECURRING')
    .map(({ chargeId, sku, kind, quantity, unitPrice, startsOn, endsOn }) => {
      const { minor: unitPriceMinor, currency } = moneyOf(unitPrice);
      return { chargeId, sku, kind, quantity, unitPriceMinor, currency, startsOn, endsOn };
    });
}

const latest = (known: readonly ChargeFact[]): Instant => new Date(Math.max(...known.map(charge => charge.knownFrom.getTime())));
