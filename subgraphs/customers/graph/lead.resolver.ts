import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { isStaff } from '#kernel/auth/viewer';
import { ConnectionArgs, connectionOf, idKey } from '#kernel/graph/connection';
import { answer } from '#kernel/graph/user-error';
import { isId } from '#kernel/ids';
import { closeLead } from '../actions/closeLead';
import { raiseHand } from '../actions/raiseHand';
import { replayLead } from '../actions/replayLead';
import { accountById } from '../store/accounts';
import type { LeadDeliveryRow, LeadRow } from '../store/lead-tables';
import { countLeads, deliveriesOfLead, leadById, listLeads, type WantedLeads } from '../store/leads';
import { organizationById } from '../store/organizations';
import type { AccountRow, OrganizationRow } from '../store/tables';
import { BillingAccount } from './billing-account';
import { actingOf, type CustomersContext, named } from './context';
import { Lead, LeadConnection, LeadDelivery } from './lead';
import { CloseLeadInput, LeadWhereInput, RaiseHandInput, ReplayLeadInput } from './lead.input';
import { mutate } from './mutate';
import { Organization } from './organization';
import { CloseLeadPayload, RaiseHandPayload, ReplayLeadPayload } from './payloads';

/** A lead by its id, for those who work with leads. */
export const visibleLead = async (ctx: CustomersContext, id: string): Promise<LeadRow | null> =>
  isId('lead', id) && isStaff(ctx.viewer) ? ctx.load(leadById, id) : null;

const pageOfLeads = (ctx: CustomersContext, args: ConnectionArgs, wanted: WantedLeads) =>
  connectionOf(args, {
    key: idKey('lead'),
    cursorOf: (lead: LeadRow) => lead.id,
    rows: (limit, after) => listLeads(ctx.db, wanted, after, limit),
    count: () => countLeads(ctx.db, wanted),
  });

@Resolver(() => Lead)
export class LeadResolver {
  @Query(() => LeadConnection, { nullable: true, description: 'Reasons to call a customer, the newest first.' })
  leads(
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Arg('where', () => LeadWhereInput, { nullable: true, description: 'Which ones; all, when it is not said.' })
    where: LeadWhereInput | null | undefined,
    @Ctx() ctx: CustomersContext,
  ) {
    return pageOfLeads(ctx, args, { organizationId: null, status: where?.status?.eq ?? null });
  }

  @FieldResolver(() => Organization, { nullable: true, description: 'The company to call.' })
  organization(@Root() lead: LeadRow, @Ctx() ctx: CustomersContext): Promise<OrganizationRow | null> {
    return ctx.load(organizationById, lead.organizationId);
  }

  @FieldResolver(() => BillingAccount, { nullable: true, description: 'The account that it is about.' })
  billingAccount(@Root() lead: LeadRow, @Ctx() ctx: CustomersContext): Promise<AccountRow | null> {
    return ctx.load(accountById, lead.accountId);
  }

  @FieldResolver(() => [LeadDelivery], { nullable: true, description: 'Where it was taken, and whether it arrived. For sales.' })
  deliveries(@Root() lead: LeadRow, @Ctx() ctx: CustomersContext): Promise<readonly LeadDeliveryRow[]> {
    return ctx.load(deliveriesOfLead, lead.id);
  }

  @Mutation(() => RaiseHandPayload, {
    nullable: true,
    description: 'Asks sales to call. Asked again, it is the same lead with the newer words.',
  })
  async raiseHand(
    @Arg('input', () => RaiseHandInput, { description: 'What it is about.' }) input: RaiseHandInput,
    @Ctx() ctx: CustomersContext,
  ) {
    const [request, by] = [{ ...input, billingAccountId: named('account', input.billingAccountId) }, await actingOf(ctx)];
    const result = await mutate(ctx, input, remembered(ctx, 'raiseHand'), work => raiseHand(work, request, by));
    return answer(ctx, result, lead => ({ lead }));
  }

  @Mutation(() => CloseLeadPayload, { nullable: true, description: 'Says what came of a lead.' })
  async closeLead(
    @Arg('input', () => CloseLeadInput, { description: 'What came of it.' }) input: CloseLeadInput,
    @Ctx() ctx: CustomersContext,
  ) {
    const request = { ...input, leadId: named('lead', input.leadId) };
    const result = await mutate(ctx, input, remembered(ctx, 'closeLead'), work => closeLead(work, request));
    return answer(ctx, result, lead => ({ lead }));
  }

  @Mutation(() => ReplayLeadPayload, { nullable: true, description: 'Delivers a lead once more.' })
  async replayLead(
    @Arg('input', () => ReplayLeadInput, { description: 'Which one, and where to.' }) input: ReplayLeadInput,
    @Ctx() ctx: CustomersContext,
  ) {
    const request = { ...input, leadId: named('lead', input.leadId) };
    const result = await mutate(ctx, input, remembered(ctx, 'replayLead'), work => replayLead(work, request));
    return answer(ctx, result, lead => ({ lead }));
  }
}

@Resolver(() => Organization)
export class OrganizationLeadsResolver {
  @FieldResolver(() => LeadConnection, { nullable: true, description: 'Reasons to call the company, the newest first.' })
  leads(@Root() organization: OrganizationRow, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: CustomersContext) {
    return pageOfLeads(ctx, args, { organizationId: organization.id, status: null });
  }
}

const remembered = (ctx: CustomersContext, name: string) => ({
  name,
  idOf: (lead: LeadRow) => lead.id,
  find: (id: string) => ctx.load(leadById, named('lead', id)),
});
