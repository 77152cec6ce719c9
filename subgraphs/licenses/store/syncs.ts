import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Transaction } from '#kernel/db/database';
import { type AccountId, type Id, isId, uuidOf } from '#kernel/ids';
import type { Instant, PlainDate } from '#kernel/time';
import { successorsOf } from './handing-over';
import type { AccountCopy, ActivationRow, InstanceRow, LicenseRow, SubscriptionCopy } from './tables';
import { accountCopies, activations, instances, licenses, subscriptionCopies } from './tables';

/** An instance that reports, and all that the answer stands on. */
export interface FoundReporter {
  readonly license: LicenseRow;
  /** The newest online licence of the same activation. */
  readonly newest: LicenseRow;
  readonly activation: ActivationRow;
  readonly instance: InstanceRow;
  readonly subscription: SubscriptionCopy;
  readonly account: AccountCopy;
}

interface Named {
  readonly licenseId: string;
  readonly identifier: string;
}

/**
 * Finds who reports, in four statements for any number of reports. An instance that is not one of its licence's activation is
 * not found, so another's licence is as good as none. A licence whose subscription went to another owner is spoken for by the one there.
 */
export async function foundReporters(tx: Transaction, named: readonly Named[]): Promise<(report: Named) => FoundReporter | null> {
  const reportedIds = [...new Set(named.map(({ licenseId }) => licenseId).filter(id => isId('license', id)))];
  if (reportedIds.length === 0) return () => null;
  const successors = await successorsOf(tx, reportedIds);
  const licenseIds = [...new Set(reportedIds.map(id => successors.get(id) ?? id))];
  const rows = await tx
    .select({
      license: getTableColumns(licenses),
      activation: getTableColumns(activations),
      subscription: getTableColumns(subscriptionCopies),
      account: getTableColumns(accountCopies),
    })
    .from(licenses)
    .innerJoin(activations, and(eq(activations.accountId, licenses.accountId), eq(activations.id, licenses.activationId)))
    .innerJoin(
      subscriptionCopies,
      and(eq(subscriptionCopies.accountId, licenses.accountId), eq(subscriptionCopies.id, licenses.subscriptionId)),
    )
    .innerJoin(accountCopies, eq(accountCopies.accountId, licenses.accountId))
    .where(anyOf(licenses.id, licenseIds));
  const activationIds = [...new Set(rows.map(({ activation }) => activation.id))];
  const identifiers = [...new Set(named.map(({ identifier }) => identifier))];
  const [newest, found] = [await newestOnline(tx, activationIds), await instancesCalled(tx, activationIds, identifiers)];
  const byLicense = new Map<string, (typeof rows)[number]>(rows.map(row => [row.license.id, row]));
  return ({ licenseId, identifier }) => {
    const row = byLicense.get(successors.get(licenseId) ?? licenseId);
    const instance = row && found.get(`${row.activation.id} ${identifier}`);
    return row && instance ? { ...row, instance, newest: newest.get(row.activation.id) ?? row.license } : null;
  };
}

async function newestOnline(tx: Transaction, activationIds: readonly ActivationRow['id'][]): Promise<ReadonlyMap<string, LicenseRow>> {
  const rows = await tx
    .selectDistinctOn([licenses.activationId])
    .from(licenses)
    .where(and(anyOf(licenses.activationId, activationIds), eq(licenses.kind, 'ONLINE_CLOUD')))
    .orderBy(licenses.activationId, desc(licenses.revision));
  return new Map(rows.map(row => [row.activationId, row]));
}

async function instancesCalled(
  tx: Transaction,
  activationIds: readonly ActivationRow['id'][],
  identifiers: readonly string[],
): Promise<ReadonlyMap<string, InstanceRow>> {
  const rows = await tx
    .select()
    .from(instances)
    .where(and(anyOf(instances.activationId, activationIds), anyOf(instances.identifier, identifiers)));
  return new Map(rows.map(row => [`${row.activationId} ${row.identifier}`, row]));
}

/** What an instance said of itself with a day's report. */
export interface Sync {
  readonly accountId: AccountId;
  readonly instanceId: Id<'instance'>;
  readonly usedOn: PlainDate;
  readonly hostname: string;
  readonly version: string;
}

/** Keeps what instances last said of themselves, in one statement; of several days the latest speaks. */
export async function saveSyncs(tx: Transaction, syncs: readonly Sync[], now: Instant): Promise<void> {
  const last = new Map<string, Sync>();
  for (const sync of syncs) {
    const known = last.get(sync.instanceId);
    if (!known || known.usedOn < sync.usedOn) last.set(sync.instanceId, sync);
  }
  const rows = [...last.values()]
    .toSorted((a, b) => (a.instanceId < b.instanceId ? -1 : 1))
    .map(({ accountId, instanceId, hostname, version }) => ({ account: uuidOf(accountId), id: uuidOf(instanceId), hostname, version }));
  await tx.execute(sql`/* licenses.saveSyncs */
    update instances set hostname = said.hostname, version = said.version, last_sync_at = ${now.toISOString()}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as said (account uuid, id uuid, hostname text, version text)
    where instances.account_id = said.account and instances.id = said.id`);
}
