import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { ConnectionArgs, connectionOf, momentAndIdKey } from '#kernel/graph/connection';
import { isId } from '#kernel/ids';
import { accountById, agreementsOfAccount, contactsOfAccount, holdsOfAccount } from '../store/accounts';
import { auditOfAccount } from '../store/audit';
import { openInvitations } from '../store/invitations';
import { membershipsOfAccount } from '../store/members';
import { organizationById } from '../store/organizations';
import type { AccountRow, AuditRow, ContactRow } from '../store/tables';
import { Agreement, AuditEventConnection, Contact, Hold } from './account-parts';
import { type AccountSource, BillingAccount } from './billing-account';
import { type CustomersContext, mayReadAccount } from './context';
import { Invitation, Membership } from './member';
import { Organization } from './organization';

/** An account that the viewer may know of; any other is answered as if it did not exist. */
export async function visibleAccount(ctx: CustomersContext, id: string): Promise<AccountRow | null> {
  return isId('account', id) && mayReadAccount(ctx.viewer, id) ? ctx.load(accountById, id) : null;
}

@Resolver(() => BillingAccount)
export class BillingAccountResolver {
  @Query(() => BillingAccount, { nullable: true, description: 'A billing account.' })
  billingAccount(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() ctx: CustomersContext): Promise<AccountRow | null> {
    return visibleAccount(ctx, id);
  }

  @FieldResolver(() => Organization, { nullable: true, description: 'The company that pays.' })
  organization(@Root() account: AccountSource, @Ctx() ctx: CustomersContext) {
    return account.decided?.organization ?? ctx.load(organizationById, account.organizationId);
  }

  @FieldResolver(() => Contact, { nullable: true, description: 'Who receives invoices.' })
  async billTo(@Root() account: AccountSource, @Ctx() ctx: CustomersContext): Promise<ContactRow | null> {
    return (await contactsOf(ctx, account)).find(contact => contact.role === 'BILL_TO') ?? null;
  }

  @FieldResolver(() => Contact, { nullable: true, description: 'Who receives licences, and speaks for the subscriptions.' })
  async soldTo(@Root() account: AccountSource, @Ctx() ctx: CustomersContext): Promise<ContactRow | null> {
    return (await contactsOf(ctx, account)).find(contact => contact.role === 'SOLD_TO') ?? null;
  }

  @FieldResolver(() => [Contact], { nullable: true, description: 'Bill-To and Sold-To.' })
  contacts(@Root() account: AccountSource, @Ctx() ctx: CustomersContext) {
    return contactsOf(ctx, account);
  }

  @Directive('@listSize(assumedSize: 10)')
  @FieldResolver(() => [Membership], { nullable: true, description: 'Who may do what in it, the first to join first. At most 200.' })
  memberships(@Root() account: AccountSource, @Ctx() ctx: CustomersContext) {
    return ctx.load(membershipsOfAccount, account.id);
  }

  @Directive('@listSize(assumedSize: 5)')
  @FieldResolver(() => [Invitation], { nullable: true, description: 'Open invitations to it. At most 15.' })
  invitations(@Root() account: AccountSource, @Ctx() ctx: CustomersContext) {
    return openInvitations(ctx.db, account.id, ctx.now);
  }

  @Directive('@listSize(assumedSize: 5)')
  @FieldResolver(() => [Agreement], { nullable: true, description: 'The agreements it has accepted, the first first.' })
  agreements(@Root() account: AccountSource, @Ctx() ctx: CustomersContext) {
    return ctx.load(agreementsOfAccount, account.id);
  }

  @FieldResolver(() => [Hold], { description: 'What stops or slows buying on it.' })
  holds(@Root() account: AccountSource, @Ctx() ctx: CustomersContext) {
    return account.decided?.holds ?? ctx.load(holdsOfAccount, account.id);
  }

  @FieldResolver(() => AuditEventConnection, { nullable: true, description: 'What was done to the account, the last first.' })
  audit(@Root() account: AccountSource, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: CustomersContext) {
    return connectionOf(args, {
      key: momentAndIdKey('audit'),
      cursorOf: (row: AuditRow) => row,
      rows: (limit, after) => auditOfAccount(ctx.db, account.id, limit, after),
    });
  }
}

const contactsOf = async (ctx: CustomersContext, { id, decided }: AccountSource): Promise<readonly ContactRow[]> =>
  decided ? [decided.billTo, decided.soldTo] : ctx.load(contactsOfAccount, id);
