import { money, moneyText } from '#kernel/money';
import type { Work } from '#kernel/work';
import { statusOn } from '../domain/subscription';
import type { SubscriptionsEvents } from '../events/published';
import type { Version } from '../store/subscriptions';
import type { ChargeRow } from '../store/tables';

/** What there is to tell of a version: the subscription's name, and every charge that it has ever had. */
export interface Written {
  readonly name: string;
  readonly version: Version;
  readonly charges: readonly ChargeRow[];
}

/** Tells the neighbours of versions, each with the whole agreement as that version left it. */
export function announceVersions(work: Work<SubscriptionsEvents>, written: readonly Written[]): void {
  for (const { name, version, charges } of written) {
    const { subscriptionId, accountId, number, orderId, actionId, isAutoRenew, namespaceId, term } = version;
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
        charges: charges.filter(charge => charge.versionNumber <= number).map(published),
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
