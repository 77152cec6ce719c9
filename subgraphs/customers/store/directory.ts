import { and, eq, type SQL, sql } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineLoader } from '#kernel/db/loader';
import { type AccountId, uuidOf } from '#kernel/ids';
import { type DirectoryRow, directoryEntries, directoryWords } from './directory-tables';

/** What a search reads before it sorts: a beginning that half the directory shares stays a small query. */
const CANDIDATES_MAX = 1000;

export const directoryEntryById = defineLoader<string, DirectoryRow>(
  (db, ids) => db.select().from(directoryEntries).where(anyOf(directoryEntries.entityId, ids)),
  row => row.entityId,
);

/** Enters a thing, or enters it anew with other words. Saying the same twice changes nothing. */
export async function enter(tx: Transaction, entry: DirectoryRow, words: readonly string[]): Promise<void> {
  const { accountId, entityId, kind, label } = entry;
  const account = sql`${uuidOf(accountId)}::uuid`;
  await tx.execute(sql`/* customers.enter */
    with entered as (
      insert into directory_entries (account_id, entity_id, kind, label) values (${account}, ${entityId}, ${kind}, ${label})
      on conflict (account_id, entity_id) do update set kind = excluded.kind, label = excluded.label
    ), wanted as (
      select distinct word from json_array_elements_text(${JSON.stringify(words)}::json) as wanted (word)
    ), left_out as (
      delete from directory_words where account_id = ${account} and entity_id = ${entityId} and word not in (select word from wanted)
    ) insert into directory_words (account_id, entity_id, word)
      select ${account}, ${entityId}, word from wanted order by word on conflict do nothing`);
}

/**
 * Entries of which every sought word begins a word, those first whose label is the term itself. `accounts` of null is
 * everybody's. The first sought word chooses the candidates, in byte order, so an exact word is always among them.
 */
export async function entriesFor(
  db: Queryable,
  sought: readonly string[],
  accounts: readonly AccountId[] | null,
  limit: number,
): Promise<readonly DirectoryRow[]> {
  const [first, ...others] = sought;
  if (first === undefined || accounts?.length === 0) return [];
  const within = accounts ? anyOf(directoryWords.accountId, accounts) : sql`true`;
  const candidates = db
    .select({ accountId: directoryWords.accountId, entityId: directoryWords.entityId })
    .from(directoryWords)
    .where(and(beginsWith(sql`${directoryWords.word}`, first), within))
    .orderBy(sql`${directoryWords.word} using ~<~`)
    .limit(CANDIDATES_MAX)
    .as('candidates');
  return db
    .selectDistinct({
      accountId: directoryEntries.accountId,
      entityId: directoryEntries.entityId,
      kind: directoryEntries.kind,
      label: directoryEntries.label,
      isExact: sql<boolean>`lower(${directoryEntries.label}) = ${sought.join(' ')}`.as('is_exact'),
    })
    .from(candidates)
    .innerJoin(
      directoryEntries,
      and(eq(directoryEntries.accountId, candidates.accountId), eq(directoryEntries.entityId, candidates.entityId)),
    )
    .where(and(...others.map(hasWord)))
    .orderBy(sql`is_exact desc`, directoryEntries.kind, directoryEntries.label, directoryEntries.entityId)
    .limit(limit);
}

function hasWord(beginning: string): SQL {
  return sql`exists (
    select from ${directoryWords} other
     where other.account_id = ${directoryEntries.accountId} and other.entity_id = ${directoryEntries.entityId}
       and ${beginsWith(sql`other.word`, beginning)})`;
}

/** A range in byte order, which the index answers under any plan; a `like` with a parameter it may not. */
function beginsWith(word: SQL, beginning: string): SQL {
  return sql`(${word} ~>=~ ${beginning} and ${word} ~<~ ${`${beginning}\u{10FFFF}`})`;
}
