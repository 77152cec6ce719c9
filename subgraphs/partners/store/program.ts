import { and, asc, desc, eq, gt, lt, lte, or } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { AccountId, Id, PartnerId } from '#kernel/ids';
import type { Currency } from '#kernel/money';
import type { PlainDate } from '#kernel/time';
import type { DealKind } from '../domain/margin';
import type { PartnerTrack } from '../domain/partner';
import type { Region } from '../domain/relationship';
import {
  type AgreementRow,
  endCustomers,
  type ListedPriceRow,
  listedPrices,
  marginSchedules,
  partnerAgreements,
  relationships,
  restrictedParties,
  type ScheduleRow,
} from './tables';

/** What a program may hold of each: few enough to be read as a whole. */
export const SCHEDULES_MAX = 1_000;
const OFFERS_MAX = 500;

export const agreementById = defineLoader<Id<'partnerAgreement'>, AgreementRow>(
  (db, ids) => db.select().from(partnerAgreements).where(anyOf(partnerAgreements.id, ids)),
  row => row.id,
);

/** The agreements of a partner, the newest first. */
export const agreementsOfPartner = defineListLoader<PartnerId, AgreementRow>(
  (db, ids) =>
    db
      .select()
      .from(partnerAgreements)
      .where(anyOf(partnerAgreements.partnerId, ids))
      .orderBy(desc(partnerAgreements.startsOn), desc(partnerAgreements.id)),
  row => row.partnerId,
);

export async function insertAgreement(tx: Transaction, row: AgreementRow): Promise<AgreementRow> {
  const [saved] = await tx.insert(partnerAgreements).values(row).returning();
  return saved!;
}

/** Keeps what the account's own house says of it: who sells to it, and what stands against it. */
export async function keepAgreementAccount(
  tx: Transaction,
  accountId: AccountId,
  { version, ...change }: { readonly version: number; readonly sellingEntity: string; readonly holds: readonly string[] },
): Promise<void> {
  await tx
    .update(partnerAgreements)
    .set({ ...change, accountVersion: version })
    .where(and(eq(partnerAgreements.accountId, accountId), lt(partnerAgreements.accountVersion, version)));
}

export const scheduleById = defineLoader<Id<'marginSchedule'>, ScheduleRow>(
  (db, ids) => db.select().from(marginSchedules).where(anyOf(marginSchedules.id, ids)),
  row => row.id,
);

/** The margins agreed for a track and a kind of deal, the newest first. */
export const schedulesFor = (db: Queryable, track: PartnerTrack, dealKind: DealKind): Promise<readonly ScheduleRow[]> =>
  db
    .select()
    .from(marginSchedules)
    .where(and(eq(marginSchedules.track, track), eq(marginSchedules.dealKind, dealKind)))
    .orderBy(desc(marginSchedules.effectiveOn), desc(marginSchedules.id))
    .limit(SCHEDULES_MAX);

export const schedulesAfter = (db: Queryable, limit: number, after: ScheduleRow['id'] | null): Promise<readonly ScheduleRow[]> =>
  db
    .select()
    .from(marginSchedules)
    .where(after ? gt(marginSchedules.id, after) : undefined)
    .orderBy(asc(marginSchedules.id))
    .limit(limit);

export async function insertSchedule(tx: Transaction, row: ScheduleRow): Promise<ScheduleRow> {
  const [saved] = await tx.insert(marginSchedules).values(row).returning();
  return saved!;
}

/** Plans on the price list of a day, in one currency: the newest price of each, by SKU. Only plans start a subscription. */
export async function plansListed(db: Queryable, currency: Currency, on: PlainDate): Promise<readonly ListedPriceRow[]> {
  return db
    .selectDistinctOn([listedPrices.sku])
    .from(listedPrices)
    .where(and(eq(listedPrices.currency, currency), eq(listedPrices.kind, 'BASE'), lte(listedPrices.validFrom, on)))
    .orderBy(asc(listedPrices.sku), desc(listedPrices.validFrom))
    .limit(OFFERS_MAX);
}

/** A price that was listed for a day stays. */
export async function keepListedPrices(tx: Transaction, rows: readonly ListedPriceRow[]): Promise<void> {
  if (rows.length > 0)
    await tx
      .insert(listedPrices)
      .values([...rows])
      .onConflictDoNothing();
}

export async function keepRestricted(tx: Transaction, entries: readonly (typeof restrictedParties.$inferInsert)[]): Promise<void> {
  if (entries.length > 0)
    await tx
      .insert(restrictedParties)
      .values([...entries])
      .onConflictDoNothing();
}

/** True when one of these names or countries may not be sold to. */
export async function isRestricted(
  db: Queryable,
  { names, countries }: { readonly names: readonly string[]; readonly countries: readonly string[] },
): Promise<boolean> {
  const met = await db
    .select({ kind: restrictedParties.kind })
    .from(restrictedParties)
    .where(
      or(
        and(eq(restrictedParties.kind, 'PARTY'), anyOf(restrictedParties.value, names)),
        and(eq(restrictedParties.kind, 'COUNTRY'), anyOf(restrictedParties.value, countries)),
      ),
    )
    .limit(1);
  return met.length > 0;
}

/** True when the two work together in the region. */
export async function areRelated(db: Queryable, distributorId: PartnerId, resellerId: PartnerId, region: Region): Promise<boolean> {
  const found = await db
    .select({ id: relationships.id })
    .from(relationships)
    .where(
      and(
        eq(relationships.distributorId, distributorId),
        eq(relationships.resellerId, resellerId),
        eq(relationships.region, region),
        eq(relationships.isActive, true),
      ),
    )
    .limit(1);
  return found.length > 0;
}

/** The account of a partner's customer: the one it has, or the one that is proposed. Two orders at once agree on one. */
export async function accountOfCustomer(
  tx: Transaction,
  partnerId: PartnerId,
  customerKey: string,
  proposed: AccountId,
): Promise<AccountId> {
  await tx.insert(endCustomers).values({ partnerId, customerKey, accountId: proposed }).onConflictDoNothing();
  const [known] = await tx
    .select({ accountId: endCustomers.accountId })
    .from(endCustomers)
    .where(and(eq(endCustomers.partnerId, partnerId), eq(endCustomers.customerKey, customerKey)));
  return known?.accountId ?? proposed;
}
