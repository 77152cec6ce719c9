import type { SubscriptionId } from '#kernel/ids';
import { moneyOf } from '#kernel/money';
import type { Refusal, Result } from '#kernel/result';
import { accept } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { SubscriptionChangeRequested } from '../../orders/events/published';
import type { ChangeRefusal, DecidedVersion, Held, Known } from '../domain/agreement';
import { decideVersions } from '../domain/change';
import { nextLookOn } from '../domain/quarter';
import { newest, stretchesOf, type VersionKind } from '../domain/subscription';
import type { SubscriptionsEvents } from '../events/published';
import { namespacesForUpdate } from '../store/namespaces';
import { basesOn, type HeldCharge, selectCharges, subscriptionsForUpdate, type Version, versionsOfAll } from '../store/subscriptions';
import type { ChargeRow, EndingRow, NamespaceRow, SubscriptionRow } from '../store/tables';
import { claimNames, giveBackOrder, saveVersions, takeOrder, versionsOfOrder } from '../store/versions';
import { announceNamespaces } from './announce-namespaces';
import { announceOrHold } from './announce-versions';

type Subscriptions = Work<SubscriptionsEvents>;

/**
 * Carries out an order: writes every version that it plans, or none. An order that is heard again is answered again and
 * changes nothing more. The number of statements does not grow with the order.
 */
export async function changeSubscriptions(
  work: Subscriptions,
  order: SubscriptionChangeRequested,
): Promise<Result<null, Refusal<ChangeRefusal>>> {
  const { orderId, accountId, attempt, changes } = order;
  if (await takeOrder(work.tx, accountId, orderId, work.now)) {
    const found = await load(work, order);
    const decision = decideVersions(found, changes, work.newId);
    if (!decision.ok) {
      await giveBackOrder(work.tx, accountId, orderId);
      return decision;
    }
    await save(work, order, found, decision.value);
  }
  const subscriptions = await versionsOfOrder(work.tx, accountId, orderId);
  work.announce('SubscriptionsChanged.v1', { subject: orderId, accountId }, { orderId, accountId, attempt, subscriptions });
  return accept(null);
}

/** Everything that the order touches, locked. */
interface Found {
  readonly heads: ReadonlyMap<SubscriptionId, SubscriptionRow>;
  readonly held: ReadonlyMap<SubscriptionId, Held>;
  readonly versions: ReadonlyMap<SubscriptionId, readonly Version[]>;
  readonly charges: readonly HeldCharge[];
  readonly namespaces: readonly NamespaceRow[];
  readonly bases: Known['bases'];
}

async function load({ tx }: Subscriptions, { accountId, changes }: SubscriptionChangeRequested): Promise<Found> {
  const subscriptionIds = [...new Set(changes.map(change => change.subscriptionId))];
  const namespaceIds = [...new Set(changes.flatMap(change => change.namespaceId ?? []))];
  const heads = await subscriptionsForUpdate(tx, accountId, subscriptionIds);
  const versions = Map.groupBy(await versionsOfAll(tx, accountId, subscriptionIds), version => version.subscriptionId);
  const charges = await selectCharges(tx, subscriptionIds);
  const namespaces = await namespacesForUpdate(tx, accountId, namespaceIds);
  const bases = await basesOn(
    tx,
    namespaces.map(namespace => namespace.id),
  );
  return {
    heads: new Map(heads.map(head => [head.id, head])),
    held: heldOf(versions, charges),
    versions,
    charges,
    namespaces,
    bases: new Map([...bases].map(([id, found]) => [id, found.flatMap(stretchesOf)])),
  };
}

function heldOf(
  versions: ReadonlyMap<SubscriptionId, readonly Version[]>,
  charges: readonly HeldCharge[],
): ReadonlyMap<SubscriptionId, Held> {
  const chargesOf = Map.groupBy(charges, charge => charge.subscriptionId);
  return new Map(
    [...versions].flatMap(([id, found]) => {
      const agreement = newest(found);
      const own = chargesOf.get(id) ?? [];
      return agreement ? [[id, { agreement, currency: own[0]?.currency ?? null, charges: own }]] : [];
    }),
  );
}

async function save(
  work: Subscriptions,
  order: SubscriptionChangeRequested,
  found: Found,
  decided: readonly DecidedVersion[],
): Promise<void> {
  const created = decided.filter(({ kind }) => kind === 'CREATE').map(({ agreement }) => agreement.subscriptionId);
  const names = await claimNames(work.tx, order.accountId, created);
  const nameOf = (id: SubscriptionId) => found.heads.get(id)?.name ?? names.get(id)!;
  const versions = decided.map(one => versionOf(work, order, one));
  const charges = decided.flatMap(one => chargesOf(order, one));
  const endings = decided.flatMap(one => endingsOf(order, one));
  await saveVersions(work.tx, {
    heads: headsOf(work, order, found, decided, nameOf),
    terms: versions.flatMap(version => (BEGIN_TERMS.includes(version.kind) ? version.term : [])),
    versions,
    charges,
    endings,
  });
  const bySubscription = Map.groupBy(withEndings([...found.charges, ...charges], endings), charge => charge.subscriptionId);
  await announceOrHold(
    work,
    versions.map(version => ({
      name: nameOf(version.subscriptionId),
      version,
      charges: bySubscription.get(version.subscriptionId) ?? [],
      before: found.versions.get(version.subscriptionId) ?? [],
    })),
  );
  await announceNamespaces(work, found.namespaces);
}

/** Versions of these kinds bring a term of their own. */
const BEGIN_TERMS: readonly VersionKind[] = ['CREATE', 'RENEW', 'CHANGE_TERMS'];

function headsOf(
  work: Subscriptions,
  { accountId, dealType, ...sold }: SubscriptionChangeRequested,
  { heads }: Found,
  decided: readonly DecidedVersion[],
  nameOf: (id: SubscriptionId) => string,
): readonly SubscriptionRow[] {
  const after = new Map<SubscriptionId, SubscriptionRow>(heads);
  for (const { kind, planned, agreement } of decided) {
    const id = agreement.subscriptionId;
    const isBase = planned.charges.some(charge => charge.kind === 'BASE');
    const origin = {
      dealType: dealType ?? null,
      licenseKind: null,
      reconcilesOn: null,
      resalePartnerId: sold.resalePartnerId ?? null,
      createdAt: work.now,
    };
    const created = { accountId, id, name: nameOf(id), namespaceId: agreement.namespaceId, isBase, ...origin };
    const head = after.get(id) ?? created;
    // The quarters of a term that follows are looked at when those of the one before are done with.
    const reconcilesOn = head.isBase ? nextLookOn(head.reconcilesOn, agreement, work.today, kind === 'CHANGE_PLAN') : null;
    after.set(id, { ...head, version: agreement.number, reconcilesOn });
  }
  return [...after.values()];
}

function versionOf(
  work: Subscriptions,
  { accountId, orderId }: SubscriptionChangeRequested,
  { kind, planned, agreement }: DecidedVersion,
): Version {
  const {
    subscriptionId,
    number,
    effectiveOn,
    standing,
    sku,
    planName,
    tier,
    deployment,
    isAutoRenew,
    namespaceId,
    cancelsOn,
    planAtRenewal,
  } = agreement;
  const { id: termId, kind: termKind, startsOn, endsOn, months } = agreement.term;
  return {
    accountId,
    subscriptionId,
    number,
    id: work.newId('subscriptionVersion'),
    kind,
    effectiveOn,
    standing,
    sku,
    planName,
    tier,
    deployment,
    termId,
    isAutoRenew,
    cancelsOn,
    planAtRenewal,
    namespaceId,
    orderId,
    actionId: planned.actionId,
    actor: work.actor,
    createdAt: work.now,
    term: { accountId, id: termId, subscriptionId, kind: termKind, startsOn, endsOn, months },
  };
}

const chargesOf = ({ accountId }: SubscriptionChangeRequested, { planned, agreement }: DecidedVersion): readonly ChargeRow[] =>
  planned.charges.map(({ chargeId, sku, kind, model, quantity, unitPrice, startsOn, endsOn }) => ({
    accountId,
    id: chargeId,
    subscriptionId: agreement.subscriptionId,
    versionNumber: agreement.number,
    sku,
    kind,
    model,
    quantity,
    unitPriceMinor: moneyOf(unitPrice).minor,
    currency: unitPrice.currency,
    startsOn,
    endsOn,
  }));

const endingsOf = ({ accountId }: SubscriptionChangeRequested, { agreement, endings }: DecidedVersion): readonly EndingRow[] =>
  endings.map(ending => ({ ...ending, accountId, subscriptionId: agreement.subscriptionId, versionNumber: agreement.number }));

/** Charges with the endings that were just written. */
function withEndings(charges: readonly (ChargeRow & Partial<HeldCharge>)[], written: readonly EndingRow[]): readonly HeldCharge[] {
  const byCharge = Map.groupBy(written, ending => ending.chargeId);
  return charges.map(charge => ({ ...charge, endings: [...(charge.endings ?? []), ...(byCharge.get(charge.id) ?? [])] }));
}
