import { and, eq, or } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import type { PlainDate } from '#kernel/time';
import type { Restriction } from '../domain/screening';
import { restrictedParties } from './tables';

/** The entries of the restricted list that these names and countries meet. */
export const restrictionsMet = (
  db: Queryable,
  { names, countries }: { readonly names: readonly string[]; readonly countries: readonly string[] },
): Promise<readonly Restriction[]> =>
  db
    .select({ kind: restrictedParties.kind, value: restrictedParties.value })
    .from(restrictedParties)
    .where(
      or(
        and(eq(restrictedParties.kind, 'PARTY'), anyOf(restrictedParties.value, names)),
        and(eq(restrictedParties.kind, 'COUNTRY'), anyOf(restrictedParties.value, countries)),
      ),
    );

/** Puts parties and countries on the list; what stands there already stays as it is. */
export async function keepRestrictions(
  tx: Transaction,
  listed: readonly (Restriction & { readonly reason: string })[],
  listedOn: PlainDate,
): Promise<void> {
  await tx
    .insert(restrictedParties)
    .values(listed.map(entry => ({ ...entry, listedOn })))
    .onConflictDoNothing();
}
