import { buildFederatedSchema } from '#kernel/graph/federated-schema';
import { accountByNumber } from '../store/accounts';
import { AccountMutationsResolver } from './account-mutations.resolver';
import { BillingAccountResolver, visibleAccount } from './billing-account.resolver';
import { type CustomersContext, mayReadAccount } from './context';
import { DirectoryResolver } from './directory.resolver';
import { LeadResolver, OrganizationLeadsResolver, visibleLead } from './lead.resolver';
import { InvitationResolver, MembershipResolver, UserResolver, visibleUser } from './member.resolver';
import { OrganizationResolver, visibleOrganization } from './organization.resolver';
import { permissions } from './permissions';
import { stubs } from './stubs';

export const source = {
  resolvers: [
    OrganizationResolver,
    BillingAccountResolver,
    AccountMutationsResolver,
    MembershipResolver,
    InvitationResolver,
    UserResolver,
    DirectoryResolver,
    LeadResolver,
    OrganizationLeadsResolver,
  ],
  orphanedTypes: stubs,
};

export const buildSchema = () =>
  buildFederatedSchema<CustomersContext>({
    ...source,
    permissions,
    references: {
      Organization: ({ id }, ctx) => (id === undefined ? null : visibleOrganization(ctx, id)),
      Lead: ({ id }, ctx) => (id === undefined ? null : visibleLead(ctx, id)),
      User: ({ id }, ctx) => (id === undefined ? null : visibleUser(ctx, id)),
      BillingAccount: async ({ id, number }, ctx) => {
        if (id !== undefined) return visibleAccount(ctx, id);
        const account = number === undefined ? null : await ctx.load(accountByNumber, number);
        return account && mayReadAccount(ctx.viewer, account.id) ? account : null;
      },
    },
  });
