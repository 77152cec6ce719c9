import { desc, eq } from 'drizzle-orm';
import type { Queryable, Transaction } from '#kernel/db/database';
import type { AccountId, PaymentMethodId } from '#kernel/ids';
import { cardCopies } from './tables';

/** Remembers that an account has a card. Hearing it twice changes nothing. */
export async function keepCard(tx: Transaction, accountId: AccountId, id: PaymentMethodId): Promise<void> {
  await tx.insert(cardCopies).values({ accountId, id }).onConflictDoNothing();
}

/** The card that was added last, or null when the account has none. Ids sort by the moment they were made. */
export async function newestCard(db: Queryable, accountId: AccountId): Promise<PaymentMethodId | null> {
  const [card] = await db
    .select({ id: cardCopies.id })
    .from(cardCopies)
    .where(eq(cardCopies.accountId, accountId))
    .orderBy(desc(cardCopies.id))
    .limit(1);
  return card?.id ?? null;
}
