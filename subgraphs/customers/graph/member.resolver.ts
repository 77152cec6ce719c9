import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { canSeeAccount, isStaff } from '#kernel/auth/viewer';
import { answer } from '#kernel/graph/user-error';
import { isId } from '#kernel/ids';
import { acceptInvitation } from '../actions/acceptInvitation';
import { addMember } from '../actions/addMember';
import { changeMemberRole } from '../actions/changeMemberRole';
import { inviteMember } from '../actions/inviteMember';
import { removeMember } from '../actions/removeMember';
import { revokeInvitation } from '../actions/revokeInvitation';
import { accountById } from '../store/accounts';
import { invitationById, invitationsTo } from '../store/invitations';
import { membershipById, membershipsOfUser, userById } from '../store/members';
import type { InvitationRow, MembershipRow, UserRow } from '../store/tables';
import { BillingAccount } from './billing-account';
import { actingOf, type CustomersContext, named, viewerUser } from './context';
import { Invitation, Membership, type MembershipSource, User } from './member';
import {
  AcceptInvitationInput,
  AddMemberInput,
  ChangeMemberRoleInput,
  InviteMemberInput,
  RemoveMemberInput,
  RevokeInvitationInput,
} from './member.input';
import { mutate } from './mutate';
import {
  AcceptInvitationPayload,
  AddMemberPayload,
  ChangeMemberRolePayload,
  InviteMemberPayload,
  RemoveMemberPayload,
  RevokeInvitationPayload,
} from './payloads';

/** A person whom the viewer may know of: oneself, anybody for staff, and those with whom one shares an account. */
export async function visibleUser(ctx: CustomersContext, id: string): Promise<UserRow | null> {
  if (!isId('user', id)) return null;
  const user = await ctx.load(userById, id);
  if (!user || isStaff(ctx.viewer) || id === (await viewerUser(ctx))?.id) return user;
  return (await sharedMemberships(ctx, user)).length > 0 ? user : null;
}

/** One may belong to many accounts; each of them is told only to who sees it. */
const sharedMemberships = async (ctx: CustomersContext, user: UserRow): Promise<readonly MembershipRow[]> =>
  (await ctx.load(membershipsOfUser, user.id)).filter(membership => canSeeAccount(ctx.viewer, membership.accountId));

@Resolver(() => User)
export class UserResolver {
  @Query(() => User, { nullable: true, description: 'You. Null while you belong to no billing account yet.' })
  me(@Ctx() ctx: CustomersContext): Promise<UserRow | null> {
    return viewerUser(ctx);
  }

  @Query(() => [Invitation], { nullable: true, description: 'The open invitations made to you.' })
  async myInvitations(@Ctx() ctx: CustomersContext): Promise<readonly InvitationRow[]> {
    return ctx.viewer.email ? invitationsTo(ctx.db, ctx.viewer.email.toLowerCase(), ctx.now) : [];
  }

  @FieldResolver(() => [Membership], { description: 'The billing accounts the person belongs to, of those that you may see.' })
  memberships(@Root() user: UserRow, @Ctx() ctx: CustomersContext): Promise<readonly MembershipRow[]> {
    return sharedMemberships(ctx, user);
  }
}

@Resolver(() => Invitation)
export class InvitationResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The name of the billing account. Told to the invited, who does not see the account yet.',
  })
  async accountName(@Root() invitation: InvitationRow, @Ctx() ctx: CustomersContext): Promise<string | null> {
    return (await ctx.load(accountById, invitation.accountId))?.name ?? null;
  }
}

@Resolver(() => Membership)
export class MembershipResolver {
  @FieldResolver(() => User, { nullable: true, description: 'The person.' })
  user(@Root() membership: MembershipSource, @Ctx() ctx: CustomersContext) {
    return membership.decidedUser ?? ctx.load(userById, membership.userId);
  }

  @FieldResolver(() => BillingAccount, { nullable: true, description: 'The billing account.' })
  billingAccount(@Root() membership: MembershipSource, @Ctx() ctx: CustomersContext) {
    return canSeeAccount(ctx.viewer, membership.accountId) ? ctx.load(accountById, membership.accountId) : null;
  }

  @Mutation(() => AddMemberPayload, {
    nullable: true,
    description: 'Puts a person into a billing account at once. Members invite instead.',
  })
  async addMember(@Arg('input', () => AddMemberInput, { description: 'Who.' }) input: AddMemberInput, @Ctx() ctx: CustomersContext) {
    const { email, name, role } = input;
    const request = { email, name, role, billingAccountId: named('account', input.billingAccountId) };
    const result = await mutate<MembershipSource>(ctx, input, membershipKept(ctx, 'addMember'), async work => {
      const added = await addMember(work, request);
      return added.ok ? { ok: true, value: { ...added.value.membership, decidedUser: added.value.user } } : added;
    });
    return answer(ctx, result, membership => ({ membership }));
  }

  @Mutation(() => ChangeMemberRolePayload, { nullable: true, description: 'Changes what a member may do.' })
  async changeMemberRole(
    @Arg('input', () => ChangeMemberRoleInput, { description: 'The change.' }) input: ChangeMemberRoleInput,
    @Ctx() ctx: CustomersContext,
  ) {
    const [request, by] = [{ ...input, membershipId: named('membership', input.membershipId) }, await actingOf(ctx)];
    const result = await mutate(ctx, input, membershipKept(ctx, 'changeMemberRole'), work => changeMemberRole(work, request, by));
    return answer(ctx, result, membership => ({ membership }));
  }

  @Mutation(() => RemoveMemberPayload, {
    nullable: true,
    description: 'Ends a membership. One may always end one’s own, unless one is the last owner.',
  })
  async removeMember(
    @Arg('input', () => RemoveMemberInput, { description: 'Who.' }) input: RemoveMemberInput,
    @Ctx() ctx: CustomersContext,
  ) {
    const [request, by] = [{ ...input, membershipId: named('membership', input.membershipId) }, await actingOf(ctx)];
    const result = await mutate(ctx, input, membershipKept(ctx, 'removeMember'), work => removeMember(work, request, by));
    return answer(ctx, result, membership => ({ membership }));
  }

  @Mutation(() => InviteMemberPayload, { nullable: true, description: 'Invites a person to join a billing account within seven days.' })
  async inviteMember(
    @Arg('input', () => InviteMemberInput, { description: 'Who.' }) input: InviteMemberInput,
    @Ctx() ctx: CustomersContext,
  ) {
    const [request, by] = [{ ...input, billingAccountId: named('account', input.billingAccountId) }, await actingOf(ctx)];
    const result = await mutate(ctx, input, invitationKept(ctx, 'inviteMember'), work => inviteMember(work, request, by));
    return answer(ctx, result, invitation => ({ invitation }));
  }

  @Mutation(() => RevokeInvitationPayload, { nullable: true, description: 'Takes an open invitation back.' })
  async revokeInvitation(
    @Arg('input', () => RevokeInvitationInput, { description: 'Which.' }) input: RevokeInvitationInput,
    @Ctx() ctx: CustomersContext,
  ) {
    const [request, by] = [{ invitationId: named('invitation', input.invitationId) }, await actingOf(ctx)];
    const result = await mutate(ctx, input, invitationKept(ctx, 'revokeInvitation'), work => revokeInvitation(work, request, by));
    return answer(ctx, result, invitation => ({ invitation }));
  }

  @Mutation(() => AcceptInvitationPayload, {
    nullable: true,
    description: 'Joins the billing account you were invited to. Your next token carries the account.',
  })
  async acceptInvitation(
    @Arg('input', () => AcceptInvitationInput, { description: 'Which.' }) input: AcceptInvitationInput,
    @Ctx() ctx: CustomersContext,
  ) {
    const [request, by] = [{ invitationId: named('invitation', input.invitationId), name: input.name }, await actingOf(ctx)];
    const result = await mutate<MembershipSource>(ctx, input, membershipKept(ctx, 'acceptInvitation'), async work => {
      const joined = await acceptInvitation(work, request, by);
      return joined.ok ? { ok: true, value: { ...joined.value.membership, decidedUser: joined.value.user } } : joined;
    });
    return answer(ctx, result, membership => ({ membership }));
  }
}

const membershipKept = (ctx: CustomersContext, name: string) => ({
  name,
  idOf: (membership: MembershipSource) => membership.id,
  find: (id: string) => ctx.load(membershipById, named('membership', id)),
});

const invitationKept = (ctx: CustomersContext, name: string) => ({
  name,
  idOf: (invitation: InvitationRow) => invitation.id,
  find: (id: string) => ctx.load(invitationById, named('invitation', id)),
});
