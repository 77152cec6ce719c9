import { and, count, desc, lt, type SQL, sql } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable } from '#kernel/db/database';
import type { Loader } from '#kernel/db/loader';
import { type AccountId, type SubscriptionId, uuidOf } from '#kernel/ids';
import type { PlainDate } from '#kernel/time';
import type { SubscriptionStatus } from '../domain/subscription';
import { type SubscriptionRow, subscriptions, subscriptionVersions, terms } from './tables';

/** Which of an account's subscriptions are wanted. The status is the one of that day. */
export interface WantedSubscriptions {
  readonly statuses: readonly SubscriptionStatus[] | null;
  readonly on: PlainDate;
}

/** Which page of them, the newest first. */
export interface WantedPage extends WantedSubscriptions {
  readonly limit: number;
  readonly after: SubscriptionId | null;
}

/** The key of a page or a count: accounts that are asked the same are answered by one statement. */
export const pageKey = (accountId: AccountId, wanted: WantedSubscriptions | WantedPage): string => `${accountId} ${JSON.stringify(wanted)}`;

export const pageOfSubscriptions: Loader<string, readonly SubscriptionRow[]> = {
  batch: (db, keys) =>
    answeredByWish<readonly SubscriptionRow[]>(keys, [], async (accountIds, wish) => {
      const wanted: WantedPage = JSON.parse(wish);
      return Map.groupBy(await selectPage(db, accountIds, wanted), row => row.accountId);
    }),
};

export const countOfSubscriptions: Loader<string, number> = {
  batch: (db, keys) =>
    answeredByWish(keys, 0, async (accountIds, wish) => {
      const wanted: WantedSubscriptions = JSON.parse(wish);
      const counted = await db
        .select({ accountId: subscriptions.accountId, total: count() })
        .from(subscriptions)
        .where(and(anyOf(subscriptions.accountId, accountIds), isWanted(wanted)))
        .groupBy(subscriptions.accountId);
      return new Map(counted.map(row => [row.accountId, row.total]));
    }),
};

async function answeredByWish<Answer>(
  keys: readonly string[],
  none: Answer,
  ask: (accountIds: readonly string[], wish: string) => Promise<ReadonlyMap<string, Answer>>,
): Promise<readonly Answer[]> {
  const split = keys.map(key => ({ accountId: key.slice(0, key.indexOf(' ')), wish: key.slice(key.indexOf(' ') + 1) }));
  const answers = new Map<string, ReadonlyMap<string, Answer>>();
  for (const [wish, asked] of Map.groupBy(split, key => key.wish)) {
    answers.set(
      wish,
      await ask(
        asked.map(key => key.accountId),
        wish,
      ),
    );
  }
  return split.map(({ accountId, wish }) => answers.get(wish)?.get(accountId) ?? none);
}

/** Each account's own page by its own index walk, so that one with many subscriptions costs no more than one with few. */
function selectPage(db: Queryable, accountIds: readonly string[], { limit, after, ...wanted }: WantedPage): Promise<SubscriptionRow[]> {
  const page = db
    .select()
    .from(subscriptions)
    .where(and(sql`${subscriptions.accountId} = asked.account_id`, after ? lt(subscriptions.id, after) : undefined, isWanted(wanted)))
    .orderBy(desc(subscriptions.id))
    .limit(limit)
    .as('page');
  const { accountId, id, name, version, namespaceId, isBase, resalePartnerId, createdAt, dealType, licenseKind, reconcilesOn } = page;
  return db
    .select({ accountId, id, name, version, namespaceId, isBase, resalePartnerId, createdAt, dealType, licenseKind, reconcilesOn })
    .from(sql`unnest(${`{${accountIds.map(uuidOf).join(',')}}`}::uuid[]) as asked(account_id)`)
    .crossJoinLateral(page)
    .orderBy(desc(page.id));
}

const isWanted = ({ statuses, on }: WantedSubscriptions): SQL | undefined =>
  statuses === null ? undefined : sql`(${statusOn(on)}) = any(${`{${statuses.join(',')}}`}::text[])`;

/** `statusOn` of the domain over `versionOn` of the domain, said in SQL; a test holds the two together. */
const statusOn = (on: PlainDate): SQL => sql`/* subscriptions.statusOn */
  select case
    when v.standing in ('DRAFT', 'CANCELLED', 'TRANSFERRED') then v.standing
    when ${on}::date >= v.cancels_on then 'CANCELLED'
    when ${on}::date < t.starts_on then 'PENDING'
    when ${on}::date >= t.ends_on then 'EXPIRED'
    when v.standing = 'SUSPENDED' then 'SUSPENDED'
    else 'ACTIVE' end
  from ${subscriptionVersions} v join ${terms} t on t.account_id = v.account_id and t.id = v.term_id
  where v.account_id = ${subscriptions.accountId} and v.subscription_id = ${subscriptions.id}
    and not exists (
      select from ${subscriptionVersions} r
      where r.account_id = v.account_id and r.subscription_id = v.subscription_id
        and r.kind in ('CANCEL', 'CHANGE_PLAN', 'CHANGE_TERMS', 'SUSPEND', 'RESUME', 'TRANSFER_OWNER') and r.number > v.number and r.effective_on <= v.effective_on
    )
  order by v.effective_on <= ${on}::date desc,
    case when v.effective_on <= ${on}::date then v.effective_on end desc,
    v.effective_on asc,
    v.number desc
  limit 1`;
