import { accountReference, accountStub, guardReference, type Reference } from '#kernel/auth/references';
import { buildFederatedSchema } from '#kernel/graph/federated-schema';
import { isId } from '#kernel/ids';
import { namespaceById } from '../store/namespaces';
import { subscriptionById, subscriptionByName } from '../store/subscriptions';
import { BillingAccount } from './billing-account';
import { BillingAccountResolver } from './billing-account.resolver';
import type { SubscriptionsContext } from './context';
import { ExtensionResolver } from './extension.resolver';
import { NamespaceResolver } from './namespace.resolver';
import { Organization, OrganizationResolver } from './organization';
import { permissions, staff } from './permissions';
import { ReconciliationResolver } from './reconciliation.resolver';
import { SubscriptionResolver } from './subscription.resolver';
import { SubscriptionVersionResolver } from './subscription-version.resolver';
import { TransferResolver } from './transfer.resolver';
import { TrialOfNamespaceResolver, TrialResolver } from './trial.resolver';

/** What this house's graph is made of. */
export const source = {
  resolvers: [
    SubscriptionResolver,
    SubscriptionVersionResolver,
    NamespaceResolver,
    BillingAccountResolver,
    OrganizationResolver,
    ReconciliationResolver,
    TransferResolver,
    TrialResolver,
    TrialOfNamespaceResolver,
    ExtensionResolver,
  ],
  orphanedTypes: [BillingAccount, Organization],
};

/** How each entity is found when another house refers to it: never for a viewer who may not see its account. */
const references = {
  BillingAccount: accountStub,
  // Its fields are for staff, who see every company.
  Organization: guardReference(staff, ({ id }: Reference) => (id !== undefined && isId('organization', id) ? { id } : null)),
  Namespace: accountReference(
    async ({ id }, ctx: SubscriptionsContext) => (id !== undefined && isId('namespace', id) ? ctx.load(namespaceById, id) : null),
    namespace => namespace.accountId,
  ),
  Subscription: accountReference(
    async ({ id, name }, ctx: SubscriptionsContext) => {
      if (id !== undefined) return isId('subscription', id) ? ctx.load(subscriptionById, id) : null;
      return name === undefined ? null : ctx.load(subscriptionByName, name);
    },
    subscription => subscription.accountId,
  ),
};

export const buildSchema = () => buildFederatedSchema<SubscriptionsContext>({ ...source, permissions, references });
