import { and, eq } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import type { AccountId, Id } from '#kernel/ids';
import type { DealType } from '../domain/catalog';
import type { BilledLine, Billing } from '../domain/handing-over';
import { type BillingRow, billedLines, orderBillings } from './tables';

interface BilledOrder {
  readonly accountId: AccountId;
  readonly id: BillingRow['orderId'];
  readonly dealType: DealType;
}

/** Who is invoiced for an order and for how much, where that is not its own account. What is sold directly is not looked up. */
export async function billingOf(db: Queryable, { accountId, id, dealType }: BilledOrder): Promise<Billing | null> {
  if (dealType === 'DIRECT') return null;
  const [billing] = await db
    .select()
    .from(orderBillings)
    .where(and(eq(orderBillings.accountId, accountId), eq(orderBillings.orderId, id)));
  if (!billing) return null;
  const ofOrder = and(eq(billedLines.accountId, accountId), eq(billedLines.orderId, id));
  return { ...billing, lines: await db.select().from(billedLines).where(ofOrder) };
}

/** What the invoice owner was charged on lines of an account, by the line's id. */
export async function billedById(
  db: Queryable,
  accountId: AccountId,
  lineIds: readonly Id<'invoiceLine'>[],
): Promise<ReadonlyMap<string, BilledLine>> {
  const rows = await db
    .select()
    .from(billedLines)
    .where(and(eq(billedLines.accountId, accountId), anyOf(billedLines.id, lineIds)));
  return new Map(rows.map(row => [row.id, row]));
}

export async function insertBilling(tx: Transaction, billing: BillingRow, lines: readonly BilledLine[]): Promise<void> {
  await tx.insert(orderBillings).values(billing);
  const { accountId, orderId } = billing;
  if (lines.length > 0) await tx.insert(billedLines).values(lines.map(line => ({ ...line, accountId, orderId })));
}
