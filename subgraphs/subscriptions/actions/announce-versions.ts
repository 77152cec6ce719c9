import { money, moneyText } from '#kernel/money';
import type { Work } from '#kernel/work';
import { chargesAfter } from '../domain/charge';
import { statusOn, waitsForItsDay } from '../domain/subscription';
import type { SubscriptionsEvents, SubscriptionVersionCreated } from '../events/published';
import type { HeldCharge, Version } from '../store/subscriptions';
import type { ChargeRow } from '../store/tables';
import { keepWaiting } from '../store/waiting';

/** What there is to tell of a version: the subscription's name, and every charge that it has ever had. */
export interface Written {
  readonly name: string;
  readonly version: Version;
  readonly charges: readonly HeldCharge[];
  /** Where it stood before, when it came from another account. */
  readonly continues?: SubscriptionVersionCreated['continues'];
}

/** A version, and the ones that were there before its order. */
export interface WrittenAfter extends Written {
  readonly before: readonly Version[];
}

/** Tells the neighbours of versions, or keeps for their day those that would displace what holds today. */
export async function announceOrHold(work: Work<SubscriptionsEvents>, written: readonly WrittenAfter[]): Promise<void> {
  const isHeld = ({ version, before }: WrittenAfter) => waitsForItsDay(version, before, work.today);
  const held = written.filter(isHeld).map(({ version: { accountId, subscriptionId, number, effectiveOn } }) => ({
    accountId,
    subscriptionId,
    number,
    effectiveOn,
  }));
  await keepWaiting(work.tx, held);
  announceVersions(
    work,
    written.filter(one => !isHeld(one)),
  );
}

/** Tells the neighbours of versions, each with the whole agreement as that version left it. */
export function announceVersions(work: Work<SubscriptionsEvents>, written: readonly Written[]): void {
  for (const { name, version, charges, continues } of written) {
    const { subscriptionId, accountId, number, orderId, actionId, isAutoRenew, namespaceId, term } = version;
    const { effectiveOn, cancelsOn, planAtRenewal } = version;
    work.announce(
      'SubscriptionVersionCreated.v1',
      { subject: subscriptionId, accountId },
      {
        subscriptionId,
        accountId,
        name,
        version: number,
        orderId,
        actionId,
        status: statusOn(version, work.today),
        plan: { sku: version.sku, name: version.planName, tier: version.tier, deployment: version.deployment },
        term: { startsOn: term.startsOn, endsOn: term.endsOn, months: term.months, kind: term.kind },
        isAutoRenew,
        namespaceId,
        effectiveOn,
        cancelsOn,
        planAtRenewal,
        charges: chargesAfter(charges, number).map(published),
        ...(continues && { continues }),
      },
    );
  }
}

const published = ({ id, sku, kind, model, quantity, unitPriceMinor, currency, startsOn, endsOn }: ChargeRow) => ({
  chargeId: id,
  sku,
  kind,
  model,
  quantity,
  unitPrice: moneyText(money(unitPriceMinor, currency)),
  startsOn,
  endsOn,
});
