import type { Database } from '../../kernel/db/database';
import type { AccountId, SubscriptionId } from '../../kernel/ids';
import type { Result } from '../../kernel/result';
import type { Work } from '../../kernel/work';

/** The databases of the houses that own what is brought along. */
export type Houses = Readonly<Record<'customers' | 'subscriptions' | 'billing', Database>>;

/** Acts in a house, once for a key. */
export type Act = <Answer>(
  house: keyof Houses,
  key: string,
  request: object,
  action: (work: Work<never>) => Promise<Result<Answer>>,
) => Promise<Result<Answer>>;

/** What was taken over so far, by the references of the files. */
export interface Known {
  readonly accounts: Map<string, AccountId>;
  readonly subscriptions: Map<string, SubscriptionId>;
}
