import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { isStaff } from '#kernel/auth/viewer';
import { ConnectionArgs, connectionOf, idKey } from '#kernel/graph/connection';
import { answer } from '#kernel/graph/user-error';
import { decideDealRegistration } from '../actions/decideDealRegistration';
import { extendDealRegistration } from '../actions/extendDealRegistration';
import { registerDeal } from '../actions/registerDeal';
import { dealById, dealsOf } from '../store/deals';
import type { DealRow } from '../store/tables';
import { named, ownPartner, type PartnersContext } from './context';
import { DealRegistration, DealRegistrationConnection } from './deal';
import { mutate } from './mutate';
import { DecideDealRegistrationInput, ExtendDealRegistrationInput, RegisterDealInput } from './order-inputs';
import { PartnerEndCustomer } from './partner-order';
import { customerView } from './partner-order.resolver';
import { DecideDealRegistrationPayload, ExtendDealRegistrationPayload, RegisterDealPayload } from './payloads';

@Resolver(() => DealRegistration)
export class DealResolver {
  @Query(() => DealRegistrationConnection, { nullable: true, description: 'Your registered deals, the newest first.' })
  dealRegistrations(@Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: PartnersContext) {
    const owner = isStaff(ctx.viewer) ? null : ownPartner(ctx);
    return connectionOf(args, {
      key: idKey('dealRegistration'),
      cursorOf: (row: DealRow) => row.id,
      rows: (limit, after) => dealsOf(ctx.db, owner, limit, after),
    });
  }

  @FieldResolver(() => PartnerEndCustomer, { description: 'The customer.' })
  endCustomer(@Root() deal: DealRow): PartnerEndCustomer {
    return customerView(deal.endCustomer);
  }

  @Mutation(() => RegisterDealPayload, { nullable: true, description: 'Registers a deal: one for a customer and a plan.' })
  async registerDeal(
    @Arg('input', () => RegisterDealInput, { description: 'The deal.' }) input: RegisterDealInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const request = { ...input, partnerId: ownPartner(ctx) };
    const result = await mutate(ctx, input, dealKept(ctx, 'registerDeal'), work => registerDeal(work, request));
    return answer(ctx, result, dealRegistration => ({ dealRegistration }));
  }

  @Mutation(() => ExtendDealRegistrationPayload, { nullable: true, description: 'Extends an approved deal by 30 days, once.' })
  async extendDealRegistration(
    @Arg('input', () => ExtendDealRegistrationInput, { description: 'Which.' }) input: ExtendDealRegistrationInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const request = { partnerId: ownPartner(ctx), dealRegistrationId: named('dealRegistration', input.dealRegistrationId) };
    const kept = dealKept(ctx, 'extendDealRegistration');
    const result = await mutate(ctx, input, kept, work => extendDealRegistration(work, request));
    return answer(ctx, result, dealRegistration => ({ dealRegistration }));
  }

  @Mutation(() => DecideDealRegistrationPayload, { nullable: true, description: 'Decides on a registered deal.' })
  async decideDealRegistration(
    @Arg('input', () => DecideDealRegistrationInput, { description: 'The decision.' }) input: DecideDealRegistrationInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const { decision, reason = null } = input;
    const request = { dealRegistrationId: named('dealRegistration', input.dealRegistrationId), decision, reason };
    const kept = dealKept(ctx, 'decideDealRegistration');
    const result = await mutate(ctx, input, kept, work => decideDealRegistration(work, request));
    return answer(ctx, result, dealRegistration => ({ dealRegistration }));
  }
}

const dealKept = (ctx: PartnersContext, name: string) => ({
  name,
  idOf: (deal: DealRow) => deal.id,
  find: (id: string) => ctx.load(dealById, named('dealRegistration', id)),
});
