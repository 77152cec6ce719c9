import { buildFederatedSchema } from '#kernel/graph/federated-schema';
import { BulkOrderLineResolver, BulkOrderResolver } from './bulk-order.resolver';
import { ClientResolver } from './client.resolver';
import { type PartnersContext, visiblePartner } from './context';
import { DealResolver } from './deal.resolver';
import { PartnerResolver, RelationshipResolver } from './partner.resolver';
import { PartnerOrderResolver } from './partner-order.resolver';
import { PartnerOrdering } from './partner-ordering.resolver';
import { permissions } from './permissions';
import { ProgramResolver } from './program.resolver';
import { SalesResolver } from './sales.resolver';
import { WebhookResolver } from './webhook.resolver';

const resolvers = [
  PartnerResolver,
  RelationshipResolver,
  ClientResolver,
  ProgramResolver,
  PartnerOrderResolver,
  PartnerOrdering,
  BulkOrderResolver,
  BulkOrderLineResolver,
  SalesResolver,
  DealResolver,
  WebhookResolver,
] as const;

export const buildSchema = () =>
  buildFederatedSchema<PartnersContext>({
    resolvers,
    permissions,
    references: { Partner: ({ id }, ctx) => (id === undefined ? null : visiblePartner(ctx, id)) },
  });
