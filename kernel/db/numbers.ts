import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { type AccountId, uuidOf } from '../ids';
import type { Transaction } from './database';

const ATTEMPTS_MAX = 20;

/**
 * Claims a human number that is unique in the house, such as `A-S00012345`. It is derived from the id, so the same id
 * gets the same number again, and kept in a small directory table: no sequence that all accounts would queue for, and
 * no number that tells a competitor how much was sold.
 */
export async function claimNumber(
  tx: Transaction,
  series: string,
  entityId: string,
  accountId: AccountId | null,
  format: (digits: string) => string,
): Promise<string> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const number = format(digitsOf(`${series}/${entityId}/${attempt}`));
    const claimed = await tx.execute(sql`/* kernel.claimNumber */
      insert into number_directory (series, number, entity_id, account_id)
      values (${series}, ${number}, ${uuidOf(entityId)}::uuid, ${accountId ? uuidOf(accountId) : null}::uuid)
      on conflict (series, number) do update set number = excluded.number
        where number_directory.entity_id = excluded.entity_id
      returning number`);
    if (claimed.length > 0) return number;
  }
  throw new Error(`No free number in the series ${series}: it needs more digits.`);
}

/** Takes a number that was given out elsewhere, such as the name of a subscription that moves in; false when another has it. */
export async function takeNumber(
  tx: Transaction,
  series: string,
  { number, entityId, accountId }: { readonly number: string; readonly entityId: string; readonly accountId: AccountId },
): Promise<boolean> {
  const taken = await tx.execute(sql`/* kernel.takeNumber */
    insert into number_directory (series, number, entity_id, account_id)
    values (${series}, ${number}, ${uuidOf(entityId)}::uuid, ${uuidOf(accountId)}::uuid)
    on conflict (series, number) do update set number = excluded.number
      where number_directory.entity_id = excluded.entity_id
    returning number`);
  return taken.length > 0;
}

/**
 * Claims a number for each of several things of one account, the same ones that `claimNumber` would: one statement,
 * and another only for those whose number is another's already.
 */
export async function claimNumbers<EntityId extends string>(
  tx: Transaction,
  series: string,
  entityIds: readonly EntityId[],
  accountId: AccountId | null,
  format: (digits: string) => string,
): Promise<ReadonlyMap<EntityId, string>> {
  const numbers = new Map<EntityId, string>();
  for (let attempt = 0; attempt < ATTEMPTS_MAX && numbers.size < entityIds.length; attempt++) {
    // Two that come to the same number are told apart here: one statement may not touch a row twice.
    const wanted = new Map<string, EntityId>();
    for (const entityId of entityIds) {
      const number = format(digitsOf(`${series}/${entityId}/${attempt}`));
      if (!numbers.has(entityId) && !wanted.has(number)) wanted.set(number, entityId);
    }
    const sorted = [...wanted].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const claimed = await tx.execute<{ number: string }>(sql`/* kernel.claimNumbers */
      insert into number_directory (series, number, entity_id, account_id)
      select ${series}, wanted.number, wanted.entity_id, ${accountId ? uuidOf(accountId) : null}::uuid
      from json_to_recordset(${JSON.stringify(sorted.map(([number, entityId]) => ({ number, entity_id: uuidOf(entityId) })))}::json)
        as wanted(number text, entity_id uuid)
      on conflict (series, number) do update set number = excluded.number
        where number_directory.entity_id = excluded.entity_id
      returning number`);
    for (const { number } of claimed) numbers.set(wanted.get(number)!, number);
  }
  if (numbers.size < entityIds.length) throw new Error(`No free number in the series ${series}: it needs more digits.`);
  return numbers;
}

/** Eight digits that look drawn by lot and are not. */
const digitsOf = (text: string): string =>
  (createHash('sha256').update(text).digest().readUIntBE(0, 6) % 100_000_000).toString().padStart(8, '0');
