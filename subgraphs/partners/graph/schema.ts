import { buildFederatedSchema } from '#kernel/graph/federated-schema';
import { ClientResolver } from './client.resolver';
import { type PartnersContext, visiblePartner } from './context';
import { PartnerResolver, RelationshipResolver } from './partner.resolver';
import { permissions } from './permissions';

export const source = { resolvers: [PartnerResolver, RelationshipResolver, ClientResolver] };

export const buildSchema = () =>
  buildFederatedSchema<PartnersContext>({
    ...source,
    permissions,
    references: { Partner: ({ id }, ctx) => (id === undefined ? null : visiblePartner(ctx, id)) },
  });
