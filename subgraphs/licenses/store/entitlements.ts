import { and, asc, eq, getTableColumns, gte, inArray, lte, type SQL, sql } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineLoader } from '#kernel/db/loader';
import type { AccountId, Id, NamespaceId, SubscriptionId } from '#kernel/ids';
import type { PlainDate } from '#kernel/time';
import type { ComputeDay } from '../domain/compute';
import {
  activations,
  computeUsage,
  type EntitlingVersionRow,
  entitlingVersions,
  instances,
  type NamespaceCopy,
  namespaceCopies,
  subscriptionCopies,
  type TrialCopy,
  trialCopies,
} from './tables';

/** Versions of one target that one answer looks at: many more than anything has. */
const VERSIONS_MAX = 1_000;
/** Days of usage that one answer looks at: more than three years. */
const DAYS_MAX = 1_200;

export const namespaceCopyById = defineLoader<NamespaceId, NamespaceCopy>(
  (db, ids) => db.select().from(namespaceCopies).where(anyOf(namespaceCopies.id, ids)),
  namespace => namespace.id,
);

/** One namespace, within a write. */
export const findNamespaceCopy = async (tx: Transaction, id: NamespaceId): Promise<NamespaceCopy | null> =>
  (await namespaceCopyById.batch(tx, [id]))[0] ?? null;

export async function saveNamespaceCopy(tx: Transaction, copy: NamespaceCopy): Promise<void> {
  await tx
    .insert(namespaceCopies)
    .values(copy)
    .onConflictDoUpdate({ target: [namespaceCopies.accountId, namespaceCopies.id], set: { path: copy.path } });
}

/** Keeps a version; one that is known stays as it is. */
export async function addEntitlingVersion(tx: Transaction, version: EntitlingVersionRow): Promise<void> {
  await tx.insert(entitlingVersions).values(version).onConflictDoNothing();
}

/** Every version of the subscriptions that stand or stood on a namespace. */
export const versionsOfNamespace = (db: Queryable, id: NamespaceId): Promise<readonly EntitlingVersionRow[]> => {
  const stood = db.select({ id: entitlingVersions.subscriptionId }).from(entitlingVersions).where(eq(entitlingVersions.namespaceId, id));
  return versionsWhere(db, inArray(entitlingVersions.subscriptionId, stood));
};

/** What speaks for a namespace: the versions, of which those that stand elsewhere grant nothing here, and its trial. */
export async function standingOf(db: Queryable, id: NamespaceId) {
  const versions = (await versionsOfNamespace(db, id)).map(version => (version.namespaceId === id ? version : { ...version, charges: [] }));
  return { versions, trial: (await trialByNamespace.batch(db, [id]))[0] ?? null };
}

/** Every namespace on which a subscription stands or stood. */
export async function namespacesOfSubscription(db: Queryable, accountId: AccountId, id: SubscriptionId): Promise<readonly NamespaceId[]> {
  const rows = await db
    .selectDistinct({ namespaceId: entitlingVersions.namespaceId })
    .from(entitlingVersions)
    .where(and(eq(entitlingVersions.accountId, accountId), eq(entitlingVersions.subscriptionId, id)));
  return rows.flatMap(({ namespaceId }) => namespaceId ?? []);
}

/** The one trial of a namespace. */
export const trialByNamespace = defineLoader<NamespaceId, TrialCopy>(
  (db, ids) => db.select().from(trialCopies).where(anyOf(trialCopies.namespaceId, ids)),
  trial => trial.namespaceId,
);

/** Keeps a trial that was told of. */
export async function addTrial(tx: Transaction, trial: TrialCopy): Promise<void> {
  await tx.insert(trialCopies).values(trial).onConflictDoNothing();
}

/** Keeps which subscription a trial became. */
export async function saveConversion(tx: Transaction, accountId: AccountId, id: TrialCopy['id'], becameId: SubscriptionId): Promise<void> {
  await tx
    .update(trialCopies)
    .set({ becameId })
    .where(and(eq(trialCopies.accountId, accountId), eq(trialCopies.id, id)));
}

/** Every version of a subscription. */
export const versionsOfSubscription = (db: Queryable, id: SubscriptionId): Promise<readonly EntitlingVersionRow[]> =>
  versionsWhere(db, eq(entitlingVersions.subscriptionId, id));

/** With each the day until which the end of its term was put off, if it was. */
const versionsWhere = (
  db: Queryable,
  condition: SQL,
): Promise<readonly (EntitlingVersionRow & { readonly extendedUntil: PlainDate | null })[]> =>
  db
    .select({ ...getTableColumns(entitlingVersions), extendedUntil: subscriptionCopies.extendedUntil })
    .from(entitlingVersions)
    .leftJoin(
      subscriptionCopies,
      and(
        eq(subscriptionCopies.accountId, entitlingVersions.accountId),
        eq(subscriptionCopies.id, entitlingVersions.subscriptionId),
        eq(subscriptionCopies.termEndsOn, entitlingVersions.termEndsOn),
      ),
    )
    .where(condition)
    .orderBy(asc(entitlingVersions.subscriptionId), asc(entitlingVersions.version))
    .limit(VERSIONS_MAX);

/** The subscription under which an instance was activated. */
export async function subscriptionOfInstance(db: Queryable, id: Id<'instance'>): Promise<SubscriptionId | null> {
  const [row] = await db
    .select({ subscriptionId: activations.subscriptionId })
    .from(instances)
    .innerJoin(activations, and(eq(activations.accountId, instances.accountId), eq(activations.id, instances.activationId)))
    .where(eq(instances.id, id));
  return row?.subscriptionId ?? null;
}

/** Adds minutes to those of a day. The caller makes sure that a report is added once. */
export async function addMinutes(tx: Transaction, { accountId, id }: NamespaceCopy, { usedOn, minutes }: ComputeDay): Promise<void> {
  await tx
    .insert(computeUsage)
    .values({ accountId, namespaceId: id, usedOn, minutes })
    .onConflictDoUpdate({
      target: [computeUsage.accountId, computeUsage.namespaceId, computeUsage.usedOn],
      set: { minutes: sql`${computeUsage.minutes} + excluded.minutes` },
    });
}

/** The minutes of a namespace day by day, from one day to another. */
export const minutesOf = (db: Queryable, id: NamespaceId, from: PlainDate, to: PlainDate): Promise<readonly ComputeDay[]> =>
  db
    .select({ usedOn: computeUsage.usedOn, minutes: computeUsage.minutes })
    .from(computeUsage)
    .where(and(eq(computeUsage.namespaceId, id), gte(computeUsage.usedOn, from), lte(computeUsage.usedOn, to)))
    .orderBy(asc(computeUsage.usedOn))
    .limit(DAYS_MAX);
