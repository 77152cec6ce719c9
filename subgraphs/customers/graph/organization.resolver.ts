import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { hasRole, isStaff } from '#kernel/auth/viewer';
import { ConnectionArgs, connectionOf, momentAndIdKey } from '#kernel/graph/connection';
import { answer } from '#kernel/graph/user-error';
import { isId, type OrganizationId } from '#kernel/ids';
import { createOrganization } from '../actions/createOrganization';
import { updateOrganization } from '../actions/updateOrganization';
import { auditOfOrganization } from '../store/audit';
import { accountsOfOrganization, organizationById } from '../store/organizations';
import type { AccountRow, AuditRow, OrganizationRow } from '../store/tables';
import { CreateOrganizationInput, UpdateOrganizationInput } from './account.input';
import { AuditEventConnection } from './account-parts';
import { BillingAccount } from './billing-account';
import { type CustomersContext, mayReadAccount, named } from './context';
import { mutate } from './mutate';
import { Organization } from './organization';
import { CreateOrganizationPayload, UpdateOrganizationPayload } from './payloads';

/** A company that the viewer may know of: any for staff and analysts, for a buyer one that has an account of his. */
export async function visibleOrganization(ctx: CustomersContext, id: string): Promise<OrganizationRow | null> {
  if (!isId('organization', id)) return null;
  const isKnown = isStaff(ctx.viewer) || hasRole(ctx.viewer, 'ANALYST') || (await visibleAccounts(ctx, id)).length > 0;
  return isKnown ? ctx.load(organizationById, id) : null;
}

const visibleAccounts = async (ctx: CustomersContext, id: OrganizationId): Promise<readonly AccountRow[]> =>
  (await ctx.load(accountsOfOrganization, id)).filter(account => mayReadAccount(ctx.viewer, account.id));

@Resolver(() => Organization)
export class OrganizationResolver {
  @Query(() => Organization, { nullable: true, description: 'A company.' })
  organization(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() ctx: CustomersContext): Promise<OrganizationRow | null> {
    return visibleOrganization(ctx, id);
  }

  @FieldResolver(() => Organization, { nullable: true, description: 'The company it belongs to.' })
  parent(@Root() organization: OrganizationRow, @Ctx() ctx: CustomersContext): Promise<OrganizationRow | null> | null {
    return organization.parentId && visibleOrganization(ctx, organization.parentId);
  }

  @FieldResolver(() => [BillingAccount], { description: 'Its billing accounts, the first first. At most 100.' })
  billingAccounts(@Root() organization: OrganizationRow, @Ctx() ctx: CustomersContext): Promise<readonly AccountRow[]> {
    return visibleAccounts(ctx, organization.id);
  }

  @FieldResolver(() => AuditEventConnection, { nullable: true, description: 'What was done to the company itself, the last first.' })
  audit(@Root() organization: OrganizationRow, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: CustomersContext) {
    return connectionOf(args, {
      key: momentAndIdKey('audit'),
      cursorOf: (row: AuditRow) => row,
      rows: (limit, after) => auditOfOrganization(ctx.db, organization.id, limit, after),
    });
  }

  @Mutation(() => CreateOrganizationPayload, { nullable: true, description: 'Creates a company.' })
  async createOrganization(
    @Arg('input', () => CreateOrganizationInput, { description: 'The company.' }) input: CreateOrganizationInput,
    @Ctx() ctx: CustomersContext,
  ) {
    const request = { name: input.name, parentId: input.parentId ? named('organization', input.parentId) : null };
    const result = await mutate(ctx, input, remembered(ctx, 'createOrganization'), work => createOrganization(work, request));
    return answer(ctx, result, organization => ({ organization }));
  }

  @Mutation(() => UpdateOrganizationPayload, { nullable: true, description: 'Changes a company. Its accounts follow its name.' })
  async updateOrganization(
    @Arg('input', () => UpdateOrganizationInput, { description: 'The change.' }) input: UpdateOrganizationInput,
    @Ctx() ctx: CustomersContext,
  ) {
    const { parentId, ...rest } = input;
    const parent = parentId === undefined ? {} : { parentId: parentId === null ? null : named('organization', parentId) };
    const request = { ...rest, ...parent, organizationId: named('organization', input.organizationId) };
    const result = await mutate(ctx, input, remembered(ctx, 'updateOrganization'), work => updateOrganization(work, request));
    return answer(ctx, result, organization => ({ organization }));
  }
}

const remembered = (ctx: CustomersContext, name: string) => ({
  name,
  idOf: (organization: OrganizationRow) => organization.id,
  find: (id: string) => ctx.load(organizationById, named('organization', id)),
});
