import type { AccountId, SubscriptionId } from '#kernel/ids';
import { later } from '#kernel/time';
import type { Work } from '#kernel/work';
import type { Agreement, DecidedVersion } from '../domain/agreement';
import { chargesAfter } from '../domain/charge';
import type { SubscriptionsEvents } from '../events/published';
import { moveNamespace, namespacesForUpdate } from '../store/namespaces';
import type { HeldCharge } from '../store/subscriptions';
import type { SubscriptionRow } from '../store/tables';
import { saveVersions } from '../store/versions';
import { announceNamespaces } from './announce-namespaces';
import { announceVersions } from './announce-versions';

/** A subscription that an order closed in one account, as it was before. */
export interface HandedOver {
  readonly head: SubscriptionRow;
  readonly before: Agreement;
  readonly closing: DecidedVersion;
  /** Every charge that it had, without the endings of the closing version. */
  readonly charges: readonly HeldCharge[];
}

/**
 * Goes on with a subscription in the account that it was handed to: a new head under the same name, whose first version says what the
 * last one said, with the same term, prices and namespace. Rows of an account keep its key, so the old ones stay where they are, closed.
 */
export async function continueElsewhere(work: Work<SubscriptionsEvents>, handed: HandedOver): Promise<void> {
  const { before: agreement, head } = handed;
  const { name } = head;
  const { planned } = handed.closing;
  const { toAccountId: accountId, toSubscriptionId: subscriptionId } = planned.transfer!;
  const { namespaceId } = agreement;
  const term = { ...agreement.term, accountId, id: work.newId('term'), subscriptionId };
  const version = {
    ...agreement,
    accountId,
    subscriptionId,
    number: 1,
    id: work.newId('subscriptionVersion'),
    kind: 'TRANSFER_OWNER' as const,
    effectiveOn: planned.effectiveOn,
    termId: term.id,
    orderId: null,
    actionId: null,
    actor: work.actor,
    createdAt: work.now,
    term,
  };
  const charges = chargesOf(work, handed, accountId, subscriptionId);
  await saveVersions(work.tx, {
    heads: [{ ...head, accountId, id: subscriptionId, version: 1, namespaceId, createdAt: work.now }],
    terms: [term],
    versions: [version],
    charges,
  });
  const continues = { accountId: head.accountId, subscriptionId: agreement.subscriptionId };
  announceVersions(work, [{ name, version, charges, continues }]);
  if (!namespaceId) return;
  await moveNamespace(work.tx, { id: namespaceId, from: head.accountId, to: accountId });
  await announceNamespaces(work, await namespacesForUpdate(work.tx, accountId, [namespaceId]));
}

/** What is still to run of each charge, from the day of the transfer on. */
const chargesOf = (
  work: Work<SubscriptionsEvents>,
  { closing, charges }: HandedOver,
  accountId: AccountId,
  subscriptionId: SubscriptionId,
): readonly HeldCharge[] =>
  chargesAfter(charges)
    .filter(charge => charge.endsOn > closing.planned.effectiveOn)
    .map(charge => ({
      ...charge,
      accountId,
      id: work.newId('charge'),
      subscriptionId,
      versionNumber: 1,
      startsOn: later(charge.startsOn, closing.planned.effectiveOn),
      endings: [],
    }));
