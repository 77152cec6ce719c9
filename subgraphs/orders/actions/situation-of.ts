import { type AccountId, isId } from '#kernel/ids';
import { accept, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { Agreement } from '../domain/agreement';
import type { Channel } from '../domain/catalog';
import { historyOf } from '../domain/history';
import { WEB_SELLING_ENTITY } from '../domain/policy';
import type { ActionRequest, PurchaseRequest } from '../domain/request';
import type { Situation } from '../domain/situation';
import { isSellingEntity } from '../domain/tax';
import type { OrdersEvents } from '../events/published';
import { accountCopiesOf, accountCopy } from '../store/accounts';
import { countOthers, namespacesInUse, salesOf, subscriptionsForUpdate } from '../store/agreements';
import { sellable } from '../store/catalog';
import { actionsOfSubscriptions, linesOfSubscriptions } from '../store/histories';
import type { AccountCopyRow } from '../store/tables';
import { termCountsOf } from '../store/term-counts';

/** Who buys: which accounts they may buy for, and through which door they came. */
export interface Buying {
  readonly maySee: (accountId: AccountId) => boolean;
  readonly channel: Channel;
}

/**
 * Loads all that a purchase is decided on, in at most eleven statements, and locks the subscriptions it changes. An
 * account that the caller may not see is refused as one that does not exist, and so is one not yet announced to us.
 */
export async function situationOf(work: Work<OrdersEvents>, request: PurchaseRequest, { maySee, channel }: Buying) {
  const { billingAccountId, actions } = request;
  const account = isId('account', billingAccountId) && maySee(billingAccountId) ? await accountCopy(work.tx, billingAccountId) : null;
  if (!account) {
    const message = 'There is no such billing account, or it was opened a moment ago: please try again.';
    return refuse('ACCOUNT_NOT_FOUND', message, { path: ['billingAccountId'], retryable: true });
  }
  const { today, newId } = work;
  const receivers = await receiversOf(work, actions, maySee);
  const agreements = await agreementsOf(work, account, actions);
  return accept({
    today,
    newId,
    channel,
    discountBasisPoints: request.quoted?.discountBasisPoints ?? 0,
    account: request.quoted ? { ...account, paymentTermsDays: request.quoted.paymentTermsDays } : account,
    receivers,
    catalog: await sellable(work.tx, [...skusOf(actions), ...skusRenewed(actions, agreements)], channel, request.quoted?.pricedOn ?? today),
    agreements,
    namespaces: await namespacesOf(work, actions),
    otherSubscriptions: await countOthers(work.tx, account.accountId, namesOf(actions), today),
  });
}

/** The accounts that subscriptions are handed to; one that the caller may not act for is as if it did not exist. */
async function receiversOf({ tx }: Work<OrdersEvents>, actions: readonly ActionRequest[], maySee: Buying['maySee']) {
  const ids = actions.flatMap(action => {
    const id = action.kind === 'TRANSFER_OWNER' ? action.toBillingAccountId : '';
    return isId('account', id) && maySee(id) ? [id] : [];
  });
  const copies = ids.length === 0 ? [] : await accountCopiesOf(tx, ids);
  return new Map<string, AccountCopyRow>(copies.map(copy => [copy.accountId, copy]));
}

/** Subscriptions in force, each with who sold it: an addition keeps both (P6). What was sold elsewhere follows its account. */
async function agreementsOf(
  { tx }: Work<OrdersEvents>,
  account: AccountCopyRow,
  actions: readonly ActionRequest[],
): Promise<ReadonlyMap<string, Agreement>> {
  const names = namesOf(actions);
  if (names.length === 0) return new Map();
  const copies = await subscriptionsForUpdate(tx, account.accountId, names);
  const ids = copies.map(copy => copy.id);
  const past = await actionsOfSubscriptions(tx, account.accountId, ids);
  const lines = await linesOfSubscriptions(tx, account.accountId, ids);
  const elsewhere = {
    sellingEntity: isSellingEntity(account.sellingEntity) ? account.sellingEntity : WEB_SELLING_ENTITY,
    dealType: 'DIRECT',
  } as const;
  const sales = await salesOf(tx, account.accountId, ids);
  // T1: only a renewal asks how many users the term had.
  const counts = actions.some(({ kind }) => kind === 'RENEW') ? await termCountsOf(tx, account.accountId, ids) : [];
  return new Map(
    copies.map(copy => {
      const history = historyOf(past.get(copy.id) ?? [], lines.get(copy.id) ?? [], copy.termEndsOn);
      const counted = counts.find(one => one.subscriptionId === copy.id && one.termStartsOn === copy.termStartsOn) ?? null;
      return [copy.name, { ...copy, ...(sales.get(copy.id) ?? elsewhere), history, counted }];
    }),
  );
}

async function namespacesOf({ tx }: Work<OrdersEvents>, actions: readonly ActionRequest[]): Promise<Situation['namespaces']> {
  const ids = actions.flatMap(action =>
    action.kind === 'CREATE_SUBSCRIPTION' && action.namespaceId && isId('namespace', action.namespaceId) ? [action.namespaceId] : [],
  );
  return ids.length === 0 ? new Map() : namespacesInUse(tx, ids);
}

const skusOf = (actions: readonly ActionRequest[]): readonly string[] => [
  ...new Set(actions.flatMap(action => ('sku' in action ? [action.sku] : []))),
];
/** A renewal is priced by today's list: the plan it is for, and everything beside it. */
const skusRenewed = (actions: readonly ActionRequest[], agreements: ReadonlyMap<string, Agreement>): readonly string[] =>
  actions.flatMap(action => {
    const agreement = action.kind === 'RENEW' || action.kind === 'CHANGE_TERMS' ? agreements.get(action.subscriptionName) : undefined;
    if (!agreement) return [];
    return [agreement.planAtRenewal?.sku ?? agreement.planSku, ...agreement.charges.map(charge => charge.sku)];
  });
const namesOf = (actions: readonly ActionRequest[]): readonly string[] => [
  ...new Set(actions.flatMap(action => (action.kind === 'CREATE_SUBSCRIPTION' ? [] : [action.subscriptionName]))),
];
