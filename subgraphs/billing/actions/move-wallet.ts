import type { InvoiceId } from '#kernel/ids';
import type { Money } from '#kernel/money';
import type { Work } from '#kernel/work';
import type { WalletMovementKind } from '../domain/wallet';
import type { BillingEvents } from '../events/published';
import type { WalletRow } from '../store/tables';
import { insertMovement, saveWallet } from '../store/wallets';

/** What changes a wallet that is locked, and by how much. */
export interface Movement {
  readonly change: Partial<Pick<WalletRow, 'balanceMinor' | 'pendingMinor'>>;
  readonly amount: Money;
  readonly balance: Money;
  readonly working: string;
}

/** What a wallet was moved by. */
export interface MovedBy {
  readonly kind: WalletMovementKind;
  readonly creditMemoNumber?: string;
  readonly invoiceId?: InvoiceId;
  readonly refundNumber?: string;
}

/** Saves a wallet's new balance together with the movement that led to it: one cannot be without the other. */
export async function moveWallet(work: Work<BillingEvents>, wallet: WalletRow, movement: Movement, by: MovedBy): Promise<WalletRow> {
  const sequence = wallet.lastSequence + 1;
  const moved = await saveWallet(work.tx, wallet, { ...movement.change, lastSequence: sequence });
  const { accountId, currency } = wallet;
  await insertMovement(work.tx, {
    accountId,
    currency,
    sequence,
    kind: by.kind,
    amountMinor: movement.amount.minor,
    balanceMinor: movement.balance.minor,
    working: movement.working,
    creditMemoNumber: by.creditMemoNumber ?? null,
    invoiceId: by.invoiceId ?? null,
    refundNumber: by.refundNumber ?? null,
    movedAt: work.now,
  });
  return moved;
}
