import { and, eq, lt, sql } from 'drizzle-orm';
import type { Transaction } from '#kernel/db/database';
import type { AccountId, InvoiceId, TrialId } from '#kernel/ids';
import type { Instant, PlainDate } from '#kernel/time';
import {
  accountFacts,
  activationFacts,
  invoiceFacts,
  orderFacts,
  orderPartners,
  organizationFacts,
  partnerFacts,
  receivableMovements,
  trialFacts,
  usageFacts,
} from './tables';

/** Whose an account is, unless something newer is known. */
export async function keepAccount(tx: Transaction, fact: typeof accountFacts.$inferInsert): Promise<void> {
  await tx
    .insert(accountFacts)
    .values(fact)
    .onConflictDoUpdate({ target: accountFacts.accountId, set: fact, setWhere: lt(accountFacts.version, fact.version) });
}

/** Which company another belongs to, unless something newer is known. */
export async function keepOrganization(tx: Transaction, fact: typeof organizationFacts.$inferInsert): Promise<void> {
  await tx
    .insert(organizationFacts)
    .values(fact)
    .onConflictDoUpdate({ target: organizationFacts.organizationId, set: fact, setWhere: lt(organizationFacts.version, fact.version) });
}

/** An order that was placed, or fulfilled; in whichever order it is heard. */
export async function keepOrder(tx: Transaction, fact: typeof orderFacts.$inferInsert): Promise<void> {
  await tx
    .insert(orderFacts)
    .values(fact)
    .onConflictDoUpdate({
      target: [orderFacts.accountId, orderFacts.orderId],
      set: {
        channel: sql`coalesce(excluded.channel, ${orderFacts.channel})`,
        dealType: sql`coalesce(excluded.deal_type, ${orderFacts.dealType})`,
        orderType: sql`coalesce(excluded.order_type, ${orderFacts.orderType})`,
        netArrMinor: sql`coalesce(excluded.net_arr_minor, ${orderFacts.netArrMinor})`,
        currency: sql`coalesce(excluded.currency, ${orderFacts.currency})`,
        fulfilledAt: sql`coalesce(${orderFacts.fulfilledAt}, excluded.fulfilled_at)`,
      },
    });
}

/** Who sold an order on. */
export async function keepOrderPartner(tx: Transaction, fact: typeof orderPartners.$inferInsert): Promise<void> {
  await tx.insert(orderPartners).values(fact).onConflictDoNothing();
}

/** What a partner is called, unless something newer is known. */
export async function keepPartner(tx: Transaction, fact: typeof partnerFacts.$inferInsert): Promise<void> {
  await tx
    .insert(partnerFacts)
    .values(fact)
    .onConflictDoUpdate({ target: partnerFacts.partnerId, set: fact, setWhere: lt(partnerFacts.version, fact.version) });
}

export async function insertInvoice(tx: Transaction, fact: typeof invoiceFacts.$inferInsert): Promise<void> {
  await tx.insert(invoiceFacts).values(fact).onConflictDoNothing();
}

/** What an event did to what is owed. The event's id keeps it from counting twice. */
export async function moveReceivable(tx: Transaction, movement: typeof receivableMovements.$inferInsert): Promise<void> {
  await tx.insert(receivableMovements).values(movement).onConflictDoNothing();
}

/** The day on which nothing was owed any more on an invoice. */
export async function settleInvoice(tx: Transaction, accountId: AccountId, invoiceId: InvoiceId, settledOn: PlainDate): Promise<void> {
  await tx
    .update(invoiceFacts)
    .set({ settledOn })
    .where(and(eq(invoiceFacts.accountId, accountId), eq(invoiceFacts.invoiceId, invoiceId)));
}

/** The most users that an instance told for a day, and the seats as they were then. */
export async function keepUsage(tx: Transaction, fact: typeof usageFacts.$inferInsert): Promise<void> {
  await tx
    .insert(usageFacts)
    .values(fact)
    .onConflictDoUpdate({
      target: [usageFacts.accountId, usageFacts.subscriptionId, usageFacts.usedOn],
      set: { billable: sql`greatest(${usageFacts.billable}, excluded.billable)`, seats: fact.seats },
    });
}

/** A code that was issued; issued again, the first time counts. */
export async function keepIssued(tx: Transaction, fact: typeof activationFacts.$inferInsert): Promise<void> {
  await tx.insert(activationFacts).values(fact).onConflictDoNothing();
}

/** The first instance that a code activated. */
export async function keepActivated(
  tx: Transaction,
  { accountId, activationId }: Pick<typeof activationFacts.$inferSelect, 'accountId' | 'activationId'>,
  activatedAt: Instant,
): Promise<void> {
  await tx
    .update(activationFacts)
    .set({ activatedAt: sql`coalesce(${activationFacts.activatedAt}, ${activatedAt.toISOString()}::timestamptz)` })
    .where(and(eq(activationFacts.accountId, accountId), eq(activationFacts.activationId, activationId)));
}

export async function keepTrial(tx: Transaction, fact: typeof trialFacts.$inferInsert): Promise<void> {
  await tx.insert(trialFacts).values(fact).onConflictDoNothing();
}

/** The day on which the group of a trial bought a plan. */
export async function convertTrial(tx: Transaction, accountId: AccountId, trialId: TrialId, convertedOn: PlainDate): Promise<void> {
  await tx
    .update(trialFacts)
    .set({ convertedOn })
    .where(and(eq(trialFacts.accountId, accountId), eq(trialFacts.trialId, trialId)));
}
