import { and, desc, eq, isNull } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import type { LicenseId, NewId } from '#kernel/ids';
import { type ActivationRow, instances, type LicenseRow, licenseSuccessors, licenses } from './tables';

/** An activation of one account that goes on in another. */
export interface Handing {
  readonly from: ActivationRow;
  readonly to: ActivationRow;
}

/** The instances that are active, under the new owner. */
export async function handInstances(tx: Transaction, { from, to }: Handing, newId: NewId): Promise<void> {
  const active = await tx
    .select()
    .from(instances)
    .where(and(eq(instances.accountId, from.accountId), eq(instances.activationId, from.id), isNull(instances.deactivatedAt)));
  if (active.length === 0) return;
  await tx.insert(instances).values(active.map(row => ({ ...row, accountId: to.accountId, id: newId('instance'), activationId: to.id })));
}

/** The newest licence of each kind of an activation. */
export const newestOfEachKind = (tx: Transaction, { accountId, id }: ActivationRow): Promise<readonly LicenseRow[]> =>
  tx
    .selectDistinctOn([licenses.kind])
    .from(licenses)
    .where(and(eq(licenses.accountId, accountId), eq(licenses.activationId, id)))
    .orderBy(licenses.kind, desc(licenses.revision));

/** Keeps the licences under the new owner, and which of them speaks for those that instances have at hand. */
export async function handLicenses(tx: Transaction, { from }: Handing, handed: readonly LicenseRow[]): Promise<void> {
  if (handed.length > 0) await tx.insert(licenses).values([...handed]);
  const online = handed.find(({ kind }) => kind === 'ONLINE_CLOUD');
  if (!online) return;
  const old = await tx
    .select({ id: licenses.id })
    .from(licenses)
    .where(and(eq(licenses.accountId, from.accountId), eq(licenses.activationId, from.id), eq(licenses.kind, 'ONLINE_CLOUD')));
  const ids = old.map(({ id }) => id);
  await tx.update(licenseSuccessors).set({ successorId: online.id }).where(anyOf(licenseSuccessors.successorId, ids));
  await tx.insert(licenseSuccessors).values(ids.map(licenseId => ({ licenseId, successorId: online.id })));
}

/** The licences that speak for these, where their subscription went to another owner; the others speak for themselves. */
export async function successorsOf(db: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, LicenseId>> {
  const rows = await db.select().from(licenseSuccessors).where(anyOf(licenseSuccessors.licenseId, ids));
  return new Map(rows.map(({ licenseId, successorId }) => [licenseId, successorId]));
}
