import DataLoader from 'dataloader';
import type { Queryable } from './database';

/** How rows are fetched by key: many keys, one statement. Declared in `store/`, used through `ctx.load`. */
export interface Loader<Key, Answer> {
  readonly batch: (db: Queryable, keys: readonly Key[]) => Promise<readonly Answer[]>;
}

/** Keys of one statement, so that a page of anything stays one bounded query. */
const KEYS_MAX = 500;

/** One row for a key, or null when there is none. */
export function defineLoader<Key extends string, Row>(
  batch: (db: Queryable, keys: readonly Key[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
): Loader<Key, Row | null> {
  return {
    batch: async (db, keys) => {
      const rowByKey = new Map((await batch(db, keys)).map(row => [keyOf(row), row]));
      return keys.map(key => rowByKey.get(key) ?? null);
    },
  };
}

/** All rows of a key, in the order in which the statement answers them. */
export function defineListLoader<Key extends string, Row>(
  batch: (db: Queryable, keys: readonly Key[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
): Loader<Key, readonly Row[]> {
  return {
    batch: async (db, keys) => {
      const rowsByKey = Map.groupBy(await batch(db, keys), keyOf);
      return keys.map(key => rowsByKey.get(key) ?? []);
    },
  };
}

/** The loaders of one request: what was loaded once is not loaded again, and nothing outlives the request. */
export function loadersOf(db: () => Queryable): <Key, Answer>(loader: Loader<Key, Answer>, key: Key) => Promise<Answer> {
  const running = new Map<Loader<never, unknown>, unknown>();
  return <Key, Answer>(loader: Loader<Key, Answer>, key: Key): Promise<Answer> => {
    let batched = running.get(loader as Loader<never, unknown>) as DataLoader<Key, Answer> | undefined;
    if (!batched) {
      batched = new DataLoader<Key, Answer>(keys => loader.batch(db(), keys), { maxBatchSize: KEYS_MAX });
      running.set(loader as Loader<never, unknown>, batched);
    }
    return batched.load(key);
  };
}
