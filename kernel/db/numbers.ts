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

/** Eight digits that look drawn by lot and are not. */
const digitsOf = (text: string): string =>
  (createHash('sha256').update(text).digest().readUIntBE(0, 6) % 100_000_000).toString().padStart(8, '0');
