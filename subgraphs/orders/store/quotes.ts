import { and, asc, desc, eq, lt, sql } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import { claimNumber } from '#kernel/db/numbers';
import type { AccountId, QuoteId } from '#kernel/ids';
import type { ApprovalRule, ApprovalState } from '../domain/approval';
import { type ApprovalRuleRow, approvalRules, opportunities, type QuoteLineRow, type QuoteRow, quoteLines, quotes } from './tables';

export interface QuoteKey {
  readonly accountId: AccountId;
  readonly id: QuoteId;
}

/** The number by which people call a quote: `Q-00012345`. */
export const claimQuoteNumber = (tx: Transaction, { accountId, id }: QuoteKey): Promise<string> =>
  claimNumber(tx, 'quote', id, accountId, digits => `Q-${digits}`);

export async function insertQuote(tx: Transaction, quote: QuoteRow, lines: readonly QuoteLineRow[]): Promise<void> {
  await tx.insert(quotes).values(quote);
  if (lines.length > 0) await tx.insert(quoteLines).values([...lines]);
}

/** A quote as it is now, priced again: its lines take the place of the old ones. */
export async function replaceQuote(tx: Transaction, quote: QuoteRow, lines: readonly QuoteLineRow[]): Promise<void> {
  await saveQuote(tx, quote);
  await tx.delete(quoteLines).where(and(eq(quoteLines.accountId, quote.accountId), eq(quoteLines.quoteId, quote.id)));
  if (lines.length > 0) await tx.insert(quoteLines).values([...lines]);
}

export async function saveQuote(tx: Transaction, quote: QuoteRow): Promise<void> {
  const { accountId: _account, id: _id, ...change } = quote;
  await tx.update(quotes).set(change).where(isQuote(quote));
}

/** A quote, its row locked: who changes, reviews and buys one take turns. */
export async function quoteForUpdate(tx: Transaction, id: QuoteId): Promise<QuoteRow | null> {
  const [key] = await tx.select({ accountId: quotes.accountId, id: quotes.id }).from(quotes).where(eq(quotes.id, id));
  if (!key) return null;
  const [quote] = await tx.select().from(quotes).where(isQuote(key)).for('update');
  return quote ?? null;
}

/** Takes the primary place of an opportunity for its first quote; true when it is this one. Others wait for the one at it. */
export async function takePrimary(tx: Transaction, { accountId, id }: QuoteKey, opportunityId: string): Promise<boolean> {
  const [opportunity] = await tx
    .insert(opportunities)
    .values({ accountId, opportunityId, primaryQuoteId: id })
    .onConflictDoUpdate({
      target: [opportunities.accountId, opportunities.opportunityId],
      set: { opportunityId: sql`excluded.opportunity_id` },
    })
    .returning();
  return opportunity?.primaryQuoteId === id;
}

/** Makes a quote the primary one of its opportunity, and no other. */
export async function movePrimary(tx: Transaction, { accountId, id }: QuoteKey, opportunityId: string): Promise<void> {
  const ofOpportunity = and(eq(opportunities.accountId, accountId), eq(opportunities.opportunityId, opportunityId));
  await tx.update(opportunities).set({ primaryQuoteId: id }).where(ofOpportunity);
  await tx
    .update(quotes)
    .set({ isPrimary: sql`${quotes.id} = ${opportunities.primaryQuoteId}` })
    .from(opportunities)
    .where(and(ofOpportunity, eq(quotes.accountId, accountId), eq(quotes.opportunityId, opportunityId)));
}

/** Which quotes a list shows. */
export interface QuoteFilter {
  readonly accountId: AccountId | null;
  readonly approvalStates: readonly ApprovalState[] | null;
}

/** Quotes, the newest first. */
export const quotesAfter = (db: Queryable, filter: QuoteFilter, limit: number, after: QuoteId | null): Promise<readonly QuoteRow[]> =>
  db
    .select()
    .from(quotes)
    .where(and(matches(filter), after ? lt(quotes.id, after) : undefined))
    .orderBy(desc(quotes.id))
    .limit(limit);

export const countQuotes = (db: Queryable, filter: QuoteFilter): Promise<number> => db.$count(quotes, matches(filter));

export const quoteById = defineLoader(
  (db, ids: readonly QuoteId[]) => db.select().from(quotes).where(anyOf(quotes.id, ids)),
  row => row.id,
);

export const linesByQuote = defineListLoader(
  (db, ids: readonly QuoteId[]) => db.select().from(quoteLines).where(anyOf(quoteLines.quoteId, ids)).orderBy(asc(quoteLines.position)),
  row => row.quoteId,
);

/** The rules that quotes are measured by today. */
export const rulesInForce = (db: Queryable): Promise<readonly ApprovalRule[]> =>
  db.select().from(approvalRules).where(eq(approvalRules.isInForce, true)).orderBy(asc(approvalRules.code));

/** All rules that there ever were; they are few. */
export const allRules = (db: Queryable): Promise<readonly ApprovalRuleRow[]> =>
  db.select().from(approvalRules).orderBy(asc(approvalRules.code)).limit(RULES_MAX);

export async function keepRule(tx: Transaction, rule: ApprovalRuleRow): Promise<void> {
  const { code: _code, ...change } = rule;
  await tx.insert(approvalRules).values(rule).onConflictDoUpdate({ target: approvalRules.code, set: change });
}

/** More rules than this are no rules any more. */
const RULES_MAX = 100;

const isQuote = ({ accountId, id }: QuoteKey) => and(eq(quotes.accountId, accountId), eq(quotes.id, id));
const matches = ({ accountId, approvalStates }: QuoteFilter) =>
  and(accountId ? eq(quotes.accountId, accountId) : undefined, approvalStates ? anyOf(quotes.approvalState, approvalStates) : undefined);
