import type { Work } from '#kernel/work';
import type { BillingAccountChanged } from '../../customers/events/published';
import type { NamespaceChanged, SubscriptionVersionCreated, TermCounted } from '../../subscriptions/events/published';
import type { OrdersEvents } from '../events/published';
import { keepAccount } from '../store/accounts';
import { keepNamespace, keepSubscription, nameActions } from '../store/agreements';
import { keepTermCount } from '../store/term-counts';

/** Keeps what a purchase must know of an account. */
export async function copyAccount({ tx }: Work<OrdersEvents>, account: BillingAccountChanged): Promise<void> {
  const {
    accountId,
    version,
    number,
    name,
    organizationName,
    currency,
    sellingEntity,
    paymentTermsDays,
    isTaxExempt,
    vatId,
    holds,
    isAutoPay,
  } = account;
  const terms = { currency, sellingEntity, paymentTermsDays, isTaxExempt, vatId, holds, isAutoPay };
  const billTo = { billToName: account.billTo.name, billToCountry: account.billTo.country };
  const soldTo = { soldToName: account.soldTo.name, soldToCountry: account.soldTo.country };
  await keepAccount(tx, { accountId, version, number, name, organizationName, ...terms, ...billTo, ...soldTo });
}

/** Keeps what an addition must know of a subscription, and its name for those who ordered it. */
export async function copySubscription({ tx }: Work<OrdersEvents>, version: SubscriptionVersionCreated): Promise<void> {
  const { accountId, subscriptionId: id, version: number, name, status, plan, term, isAutoRenew, namespaceId } = version;
  const copy = {
    accountId,
    id,
    version: number,
    name,
    status,
    planSku: plan.sku,
    planName: plan.name,
    planTier: plan.tier,
    planDeployment: plan.deployment,
    termStartsOn: term.startsOn,
    termEndsOn: term.endsOn,
    termMonths: term.months,
    isAutoRenew,
    namespaceId,
    planAtRenewal: version.planAtRenewal ? planWords(version.planAtRenewal) : null,
    charges: version.charges.map(({ chargeId, sku, kind, quantity, unitPrice, startsOn, endsOn }) => ({
      chargeId,
      sku,
      kind,
      quantity,
      unitPrice,
      startsOn,
      endsOn,
    })),
  };
  await keepSubscription(tx, copy);
  if (version.version === 1) await nameActions(tx, copy);
}

const planWords = ({ sku, name, tier, deployment, seats }: NonNullable<SubscriptionVersionCreated['planAtRenewal']>) => ({
  sku,
  name,
  tier,
  deployment,
  seats,
});

/** Keeps whose a namespace is. */
export async function copyNamespace({ tx }: Work<OrdersEvents>, { accountId, namespaceId: id, path }: NamespaceChanged): Promise<void> {
  await keepNamespace(tx, { accountId, id, path });
}

/** Keeps what a renewal must know of the users of the term that it follows. */
export const copyTermCount = ({ tx }: Work<OrdersEvents>, counted: TermCounted): Promise<void> => keepTermCount(tx, counted);
