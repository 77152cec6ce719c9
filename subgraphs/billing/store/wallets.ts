import { and, eq } from 'drizzle-orm';
import type { Transaction } from '#kernel/db/database';
import type { AccountId } from '#kernel/ids';
import type { Currency } from '#kernel/money';
import { type WalletMovementRow, type WalletRow, walletMovements, wallets } from './tables';

/** The account's wallet of a currency, made when it has none, and locked until the transaction ends. */
export async function lockWallet(tx: Transaction, accountId: AccountId, currency: Currency): Promise<WalletRow> {
  await tx.insert(wallets).values({ accountId, currency, balanceMinor: 0n, pendingMinor: 0n, lastSequence: 0 }).onConflictDoNothing();
  const [wallet] = await tx
    .select()
    .from(wallets)
    .where(and(eq(wallets.accountId, accountId), eq(wallets.currency, currency)))
    .for('update');
  return wallet!;
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
