import { and, asc, eq, getTableColumns } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { AccountId, NamespaceId, SubscriptionId } from '#kernel/ids';
import type { Ending } from '../domain/charge';
import {
  type ChargeRow,
  chargeEndings,
  charges,
  type SubscriptionRow,
  subscriptions,
  subscriptionVersions,
  type TermRow,
  terms,
  type VersionRow,
} from './tables';

/** A charge as it was agreed, and how later versions shortened it. */
export interface HeldCharge extends ChargeRow {
  readonly endings: readonly Ending[];
}

/** A version with the term that it speaks of. */
export interface Version extends VersionRow {
  readonly term: TermRow;
}

export const subscriptionById = defineLoader<SubscriptionId, SubscriptionRow>(
  (db, ids) => db.select().from(subscriptions).where(anyOf(subscriptions.id, ids)),
  row => row.id,
);

export const subscriptionByName = defineLoader<string, SubscriptionRow>(
  // One that was handed over stands under its name in both accounts; where it goes on is the later one.
  (db, names) => db.select().from(subscriptions).where(anyOf(subscriptions.name, names)).orderBy(asc(subscriptions.id)),
  row => row.name,
);

/** All versions of a subscription, the first one first. There are as many as there were changes, and each was an order. */
export const versionsOfSubscription = defineListLoader<SubscriptionId, Version>(
  async (db, ids) =>
    (
      await selectVersions(db)
        .where(anyOf(subscriptionVersions.subscriptionId, ids))
        .orderBy(...inSequence)
    ).map(withTerm),
  version => version.subscriptionId,
);

/** All charges of a subscription, in the sequence in which they were added. */
export const chargesOfSubscription = defineListLoader<SubscriptionId, HeldCharge>(
  (db, ids) => selectCharges(db, ids),
  charge => charge.subscriptionId,
);

/** A base subscription and the namespace that it stands on. */
interface BaseOnNamespace {
  readonly namespaceId: NamespaceId;
  readonly subscription: SubscriptionRow;
}

/** The base subscriptions that stand, stood or will stand on a namespace. */
export const basesOfNamespace = defineListLoader<NamespaceId, BaseOnNamespace>(
  async (db, ids) => {
    const found = await db
      .select()
      .from(subscriptions)
      .where(and(anyOf(subscriptions.namespaceId, ids), eq(subscriptions.isBase, true)))
      .orderBy(asc(subscriptions.id));
    return found.flatMap(subscription => (subscription.namespaceId ? [{ namespaceId: subscription.namespaceId, subscription }] : []));
  },
  base => base.namespaceId,
);

/** All versions of one subscription, within a write. */
export const versionsOf = async (tx: Transaction, id: SubscriptionId): Promise<readonly Version[]> =>
  (await versionsOfSubscription.batch(tx, [id]))[0] ?? [];

/** One subscription's head, within a write and not locked. */
export const findSubscription = async (tx: Transaction, id: SubscriptionId): Promise<SubscriptionRow | null> =>
  (await subscriptionById.batch(tx, [id]))[0] ?? null;

/** A term, by its id. */
export async function findTerm(tx: Transaction, accountId: AccountId, id: TermRow['id']): Promise<TermRow | null> {
  const [term] = await tx
    .select()
    .from(terms)
    .where(and(eq(terms.accountId, accountId), eq(terms.id, id)));
  return term ?? null;
}

/** All charges of one subscription, within a write. */
export const chargesOf = (tx: Transaction, id: SubscriptionId): Promise<readonly HeldCharge[]> => selectCharges(tx, [id]);

/** The head of the subscription of that name, locked; null when there is none, or none that may be touched. */
export async function lockByName(
  tx: Transaction,
  name: string,
  mayTouch: (accountId: AccountId) => boolean,
): Promise<SubscriptionRow | null> {
  const [found] = await subscriptionByName.batch(tx, [name]);
  if (!found || !mayTouch(found.accountId)) return null;
  const [locked] = await subscriptionsForUpdate(tx, found.accountId, [found.id]);
  return locked ?? null;
}

/** The versions of each base subscription on each of these namespaces. */
export async function basesOn(
  tx: Transaction,
  ids: readonly NamespaceId[],
): Promise<ReadonlyMap<NamespaceId, readonly (readonly Version[])[]>> {
  const bases = (await basesOfNamespace.batch(tx, ids)).flat();
  const subscriptionIds = bases.map(base => base.subscription.id);
  const versions = subscriptionIds.length > 0 ? await versionsOfSubscription.batch(tx, subscriptionIds) : [];
  const withVersions = bases.map((base, index) => ({ namespaceId: base.namespaceId, versions: versions[index] ?? [] }));
  const byNamespace = Map.groupBy(withVersions, base => base.namespaceId);
  return new Map(ids.map(id => [id, (byNamespace.get(id) ?? []).map(base => base.versions)]));
}

/**
 * The heads of subscriptions of one account, locked until the transaction ends and always in the same sequence, so that
 * two orders for the same subscriptions queue and never wait for each other.
 */
export const subscriptionsForUpdate = (tx: Transaction, accountId: AccountId, ids: readonly SubscriptionId[]): Promise<SubscriptionRow[]> =>
  tx
    .select()
    .from(subscriptions)
    .where(and(eq(subscriptions.accountId, accountId), anyOf(subscriptions.id, ids)))
    .orderBy(asc(subscriptions.id))
    .for('update');

/**
 * All versions of heads that are locked already, the first ones first. A second statement on purpose: joined to the one that
 * locks, it would look for the versions there were before the lock was had.
 */
export async function versionsOfAll(tx: Transaction, accountId: AccountId, ids: readonly SubscriptionId[]): Promise<readonly Version[]> {
  const found = await selectVersions(tx)
    .where(and(eq(subscriptionVersions.accountId, accountId), anyOf(subscriptionVersions.subscriptionId, ids)))
    .orderBy(...inSequence);
  return found.map(withTerm);
}

/** Charges of several subscriptions, each in the sequence in which they were added, with what shortened them. */
export async function selectCharges(db: Queryable, ids: readonly SubscriptionId[]): Promise<readonly HeldCharge[]> {
  const rows = await db
    .select({ charge: getTableColumns(charges), endedIn: chargeEndings.versionNumber, endsOn: chargeEndings.endsOn })
    .from(charges)
    .leftJoin(chargeEndings, and(eq(chargeEndings.accountId, charges.accountId), eq(chargeEndings.chargeId, charges.id)))
    .where(anyOf(charges.subscriptionId, ids))
    .orderBy(asc(charges.subscriptionId), asc(charges.versionNumber), asc(charges.startsOn), asc(charges.sku), asc(charges.id));
  return [...Map.groupBy(rows, row => row.charge.id).values()].map(([first, ...rest]) => ({
    ...first!.charge,
    endings: [first!, ...rest].flatMap(({ endedIn, endsOn }) => (endedIn !== null && endsOn ? [{ versionNumber: endedIn, endsOn }] : [])),
  }));
}

const inSequence = [asc(subscriptionVersions.subscriptionId), asc(subscriptionVersions.number)];

const selectVersions = (db: Queryable) =>
  db
    .select({ version: getTableColumns(subscriptionVersions), term: getTableColumns(terms) })
    .from(subscriptionVersions)
    .innerJoin(terms, and(eq(terms.accountId, subscriptionVersions.accountId), eq(terms.id, subscriptionVersions.termId)))
    .$dynamic();

const withTerm = ({ version, term }: { readonly version: VersionRow; readonly term: TermRow }): Version => ({ ...version, term });
