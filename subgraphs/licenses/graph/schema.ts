import { accountReference } from '#kernel/auth/references';
import { buildFederatedSchema } from '#kernel/graph/federated-schema';
import { isId } from '#kernel/ids';
import { licenseById } from '../store/licenses';
import { subscriptionById } from '../store/subscriptions';
import { CloudActivationResolver } from './cloud-activation.resolver';
import type { LicensesContext } from './context';
import { EntitlementsResolver } from './entitlements.resolver';
import { InstanceResolver } from './instance.resolver';
import { LicenseDeliveryResolver, LicenseResolver } from './license.resolver';
import { Namespace } from './namespace';
import { NamespaceResolver, namespaceReference } from './namespace.resolver';
import { permissions } from './permissions';
import { Subscription } from './subscription';
import { SubscriptionResolver } from './subscription.resolver';
import { SupportResolver } from './support.resolver';

/** What the graph of this house is made of. */
export const source = {
  resolvers: [
    LicenseResolver,
    LicenseDeliveryResolver,
    InstanceResolver,
    SupportResolver,
    EntitlementsResolver,
    SubscriptionResolver,
    CloudActivationResolver,
    NamespaceResolver,
  ],
  orphanedTypes: [Subscription, Namespace],
};

export const buildSchema = () =>
  buildFederatedSchema<LicensesContext>({
    ...source,
    permissions,
    references: {
      License: accountReference(
        async ({ id }, ctx: LicensesContext) => (id && isId('license', id) ? ctx.load(licenseById, id) : null),
        license => license.accountId,
      ),
      Namespace: namespaceReference,
      Subscription: accountReference(
        async ({ id }, ctx: LicensesContext) => (id && isId('subscription', id) ? ctx.load(subscriptionById, id) : null),
        subscription => subscription.accountId,
      ),
    },
  });
