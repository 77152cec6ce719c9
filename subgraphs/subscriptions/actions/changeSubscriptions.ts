import type { AccountId, OrderId, SubscriptionId } from '#kernel/ids';
import { moneyOf } from '#kernel/money';
import type { Refusal, Result } from '#kernel/result';
import { accept } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { SubscriptionChangeRequested } from '../../orders/events/published';
import type { ChangeRefusal, DecidedVersion, Held, Known } from '../domain/agreement';
import { decideVersions } from '../domain/change';
import { nextLookOn } from '../domain/quarter';
import { rampStepsOf } from '../domain/ramp';
import { newest, stretchesOf, type VersionKind } from '../domain/subscription';
import type { SubscriptionsEvents } from '../events/published';
import { namespacesForUpdate } from '../store/namespaces';
import { saveRampSteps } from '../store/ramp-steps';
import { basesOn, type HeldCharge, selectCharges, subscriptionsForUpdate, type Version, versionsOfAll } from '../store/subscriptions';
import type { ChargeRow, EndingRow, NamespaceRow, SubscriptionRow } from '../store/tables';
import { claimNames, giveBackOrder, saveVersions, takeOrder, versionsOfOrder } from '../store/versions';
import { announceNamespaces } from './announce-namespaces';
import { announceOrHold } from './announce-versions';
import { continueElsewhere } from './continue-elsewhere';
import { convertTrials } from './end-trials';

type Subscriptions = Work<SubscriptionsEvents>;

/**
 * Carries out an order: writes every version that it plans, or none. An order that is heard again is answered again and
 * changes nothing more. The number of statements does not grow with the order.
 */
export async function changeSubscriptions(
  work: Subscriptions,
  order: SubscriptionChangeRequested,
): Promise<Result<null, Refusal<ChangeRefusal>>> {
  const { orderId, accountId, attempt } = order;
  if (await takeOrder(work.tx, accountId, orderId, work.now)) {
    const written = await writeVersions(work, order);
    if (!written.ok) {
      await giveBackOrder(work.tx, accountId, orderId);
      return written;
    }
  }
  const subscriptions = await versionsOfOrder(work.tx, accountId, orderId);
  work.announce('SubscriptionsChanged.v1', { subject: orderId, accountId }, { orderId, accountId, attempt, subscriptions });
  return accept(null);
}

/** Versions to write for one account: an order's, or those of a subscription that moves in with its own name. */
export interface ChangesToWrite extends Pick<SubscriptionChangeRequested, 'accountId' | 'changes' | 'dealType' | 'resalePartnerId'> {
  readonly orderId: OrderId | null;
  readonly name?: string;
}

/** Writes all versions that are asked for, or none, and tells the neighbours of them. */
export async function writeVersions(work: Subscriptions, asked: ChangesToWrite): Promise<Result<null, Refusal<ChangeRefusal>>> {
  const found = await load(work, asked);
  const decision = decideVersions(found, asked.changes, work.newId);
  if (!decision.ok) return decision;
  await save(work, asked, found, decision.value);
  return accept(null);
}

/** Everything that the changes touch, locked. */
interface Found {
  readonly heads: ReadonlyMap<SubscriptionId, SubscriptionRow>;
  readonly held: ReadonlyMap<SubscriptionId, Held>;
  readonly versions: ReadonlyMap<SubscriptionId, readonly Version[]>;
  readonly charges: readonly HeldCharge[];
  readonly namespaces: readonly NamespaceRow[];
  readonly bases: Known['bases'];
}

async function load({ tx }: Subscriptions, { accountId, changes }: ChangesToWrite): Promise<Found> {
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

async function save(work: Subscriptions, asked: ChangesToWrite, found: Found, decided: readonly DecidedVersion[]): Promise<void> {
  const created = decided.filter(({ kind }) => kind === 'CREATE').map(({ agreement }) => agreement.subscriptionId);
  const names = asked.name ? new Map(created.map(id => [id, asked.name])) : await claimNames(work.tx, asked.accountId, created);
  const nameOf = (id: SubscriptionId) => found.heads.get(id)?.name ?? names.get(id)!;
  const versions = decided.map(one => versionOf(work, asked, one));
  const charges = decided.flatMap(one => chargesOf(asked, one));
  const endings = decided.flatMap(one => endingsOf(asked, one));
  await saveVersions(work.tx, {
    heads: headsOf(work, asked, found, decided, nameOf),
    terms: versions.flatMap(version => (BEGIN_TERMS.includes(version.kind) ? version.term : [])),
    versions,
    charges,
    endings,
  });
  await saveRampSteps(
    work.tx,
    decided.flatMap(one => rampOf(one, asked.accountId)),
  );
  const bySubscription = Map.groupBy(withEndings([...found.charges, ...charges], endings), charge => charge.subscriptionId);
  await announceOrHold(
    work,
    versions.map(version => ({
      name: nameOf(version.subscriptionId),
      version,
      charges: bySubscription.get(version.subscriptionId) ?? [],
      before: [...(found.versions.get(version.subscriptionId) ?? []), ...(asked.orderId ? [] : earlierOnes(versions, version))],
    })),
  );
  await convertTrials(work, decided);
  await announceNamespaces(work, found.namespaces);
  for (const closing of decided.filter(({ kind }) => kind === 'TRANSFER_OWNER')) await handOver(work, found, closing);
}

/** The years of a ramp that begin later. */
const rampOf = ({ kind, planned, agreement: { subscriptionId } }: DecidedVersion, accountId: AccountId) =>
  kind === 'CREATE' ? rampStepsOf(planned.charges, planned.term).map(step => ({ ...step, accountId, subscriptionId, begunAt: null })) : [];

/** What was closed here goes on in the account that it was handed to. */
async function handOver(work: Subscriptions, { heads, held, charges }: Found, closing: DecidedVersion): Promise<void> {
  const { subscriptionId } = closing.agreement;
  const own = charges.filter(charge => charge.subscriptionId === subscriptionId);
  await continueElsewhere(work, { head: heads.get(subscriptionId)!, before: held.get(subscriptionId)!.agreement, closing, charges: own });
}

/** Versions of these kinds bring a term of their own. */
const BEGIN_TERMS: readonly VersionKind[] = ['CREATE', 'RENEW', 'CHANGE_TERMS'];

/** What moves in comes with its history: a version for a day to come waits for it behind the ones that hold today. */
const earlierOnes = (versions: readonly Version[], { subscriptionId, number }: Version): readonly Version[] =>
  versions.filter(version => version.subscriptionId === subscriptionId && version.number < number);

function headsOf(
  work: Subscriptions,
  { accountId, dealType, resalePartnerId }: ChangesToWrite,
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
      resalePartnerId: resalePartnerId ?? null,
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

function versionOf(work: Subscriptions, { accountId, orderId }: ChangesToWrite, { kind, planned, agreement }: DecidedVersion): Version {
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
    // What no order asked for is no part of one.
    actionId: orderId && planned.actionId,
    actor: work.actor,
    createdAt: work.now,
    term: { accountId, id: termId, subscriptionId, kind: termKind, startsOn, endsOn, months },
  };
}

const chargesOf = ({ accountId }: ChangesToWrite, { planned, agreement }: DecidedVersion): readonly ChargeRow[] =>
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

const endingsOf = ({ accountId }: ChangesToWrite, { agreement, endings }: DecidedVersion): readonly EndingRow[] =>
  endings.map(ending => ({ ...ending, accountId, subscriptionId: agreement.subscriptionId, versionNumber: agreement.number }));

/** Charges with the endings that were just written. */
function withEndings(charges: readonly (ChargeRow & Partial<HeldCharge>)[], written: readonly EndingRow[]): readonly HeldCharge[] {
  const byCharge = Map.groupBy(written, ending => ending.chargeId);
  return charges.map(charge => ({ ...charge, endings: [...(charge.endings ?? []), ...(byCharge.get(charge.id) ?? [])] }));
}
