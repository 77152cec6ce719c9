import { and, asc, desc, eq, lt } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader } from '#kernel/db/loader';
import type { AccountId, InvoiceId } from '#kernel/ids';
import type { Currency } from '#kernel/money';
import { type WalletMovementRow, type WalletRow, walletMovements, wallets } from './tables';

/** The wallets of each account, by currency. */
export const walletsOfAccount = defineListLoader(
  (db, keys: readonly AccountId[]) => db.select().from(wallets).where(anyOf(wallets.accountId, keys)).orderBy(asc(wallets.currency)),
  row => row.accountId,
);

/** What of each invoice was paid with credit, the first first. */
export const creditOfInvoice = defineListLoader(
  (db, keys: readonly InvoiceId[]) =>
    db
      .select()
      .from(walletMovements)
      .where(and(anyOf(walletMovements.invoiceId, keys), eq(walletMovements.kind, 'INVOICE')))
      .orderBy(asc(walletMovements.sequence)),
  row => row.invoiceId!,
);

/** The movements of a wallet, the newest first, from below a sequence on. */
export function listMovements(
  db: Queryable,
  wallet: Pick<WalletRow, 'accountId' | 'currency'>,
  below: number | null,
  limit: number,
): Promise<readonly WalletMovementRow[]> {
  const own = and(eq(walletMovements.accountId, wallet.accountId), eq(walletMovements.currency, wallet.currency));
  return db
    .select()
    .from(walletMovements)
    .where(and(own, below === null ? undefined : lt(walletMovements.sequence, below)))
    .orderBy(desc(walletMovements.sequence))
    .limit(limit);
}

/** The account's wallet of a currency, made when it has none, and locked until the transaction ends. */
export async function lockWallet(tx: Transaction, accountId: AccountId, currency: Currency): Promise<WalletRow> {
  await tx.insert(wallets).values({ accountId, currency, balanceMinor: 0n, pendingMinor: 0n, lastSequence: 0 }).onConflictDoNothing();
  return (await lockWalletIfAny(tx, accountId, currency))!;
}

/** The same, for who makes none: most accounts never have credit. */
export async function lockWalletIfAny(tx: Transaction, accountId: AccountId, currency: Currency): Promise<WalletRow | null> {
  const [wallet] = await tx
    .select()
    .from(wallets)
    .where(and(eq(wallets.accountId, accountId), eq(wallets.currency, currency)))
    .for('update');
  return wallet ?? null;
}

export async function saveWallet(
  tx: Transaction,
  wallet: WalletRow,
  change: Partial<Pick<WalletRow, 'balanceMinor' | 'pendingMinor' | 'lastSequence'>>,
): Promise<WalletRow> {
  await tx
    .update(wallets)
    .set(change)
    .where(and(eq(wallets.accountId, wallet.accountId), eq(wallets.currency, wallet.currency)));
  return { ...wallet, ...change };
}

export async function insertMovement(tx: Transaction, movement: WalletMovementRow): Promise<void> {
  await tx.insert(walletMovements).values(movement);
}
