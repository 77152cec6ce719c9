import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { isStaff } from '#kernel/auth/viewer';
import { ConnectionArgs, connectionOf, connectionOfAll, idKey } from '#kernel/graph/connection';
import { answer } from '#kernel/graph/user-error';
import { createPartner } from '../actions/createPartner';
import { createRelationship } from '../actions/createRelationship';
import { endRelationship } from '../actions/endRelationship';
import { updatePartner } from '../actions/updatePartner';
import { clientsOfPartner } from '../store/clients';
import { allPartners, partnerById, partnersCount, relationshipById, relationshipsOf } from '../store/partners';
import type { ClientRow, PartnerRow, RelationshipRow } from '../store/tables';
import { named, type PartnersContext, visiblePartner } from './context';
import { CreatePartnerInput, CreateRelationshipInput, EndRelationshipInput, UpdatePartnerInput } from './inputs';
import { mutate } from './mutate';
import { Partner, PartnerClient, PartnerConnection, Relationship, RelationshipConnection } from './partner';
import { CreatePartnerPayload, CreateRelationshipPayload, EndRelationshipPayload, UpdatePartnerPayload } from './payloads';

@Resolver(() => Partner)
export class PartnerResolver {
  @Query(() => Partner, { nullable: true, description: 'A partner.' })
  partner(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() ctx: PartnersContext): Promise<PartnerRow | null> {
    return visiblePartner(ctx, id);
  }

  @Query(() => Partner, { nullable: true, description: 'The partner whose system asks.' })
  async myPartner(@Ctx() ctx: PartnersContext): Promise<PartnerRow | null> {
    return ctx.viewer.partnerId ? visiblePartner(ctx, ctx.viewer.partnerId) : null;
  }

  @Query(() => PartnerConnection, {
    nullable: true,
    description: 'Partners, the first known first. A partner’s system sees its own alone.',
  })
  async partners(@Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: PartnersContext) {
    const page = { key: idKey('partner'), cursorOf: (row: PartnerRow) => row.id };
    if (isStaff(ctx.viewer)) {
      return connectionOf(args, { ...page, rows: (limit, after) => allPartners(ctx.db, limit, after), count: () => partnersCount(ctx.db) });
    }
    const own = await this.myPartner(ctx);
    return connectionOfAll(args, own ? [own] : [], page);
  }

  @FieldResolver(() => RelationshipConnection, { description: 'Who buys through whom, on either side, the first first.' })
  relationships(@Root() partner: PartnerRow, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: PartnersContext) {
    return connectionOf(args, {
      key: idKey('relationship'),
      cursorOf: (row: RelationshipRow) => row.id,
      rows: (limit, after) => relationshipsOf(ctx.db, partner.id, limit, after),
    });
  }

  @Directive('@listSize(assumedSize: 5)')
  @FieldResolver(() => [PartnerClient], { description: 'Its systems that are not revoked, the first first. At most 20.' })
  clients(@Root() partner: PartnerRow, @Ctx() ctx: PartnersContext): Promise<readonly ClientRow[]> {
    return ctx.load(clientsOfPartner, partner.id);
  }

  @Mutation(() => CreatePartnerPayload, { nullable: true, description: 'Creates a partner.' })
  async createPartner(
    @Arg('input', () => CreatePartnerInput, { description: 'The partner.' }) input: CreatePartnerInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const result = await mutate(ctx, input, partnerKept(ctx, 'createPartner'), work => createPartner(work, input));
    return answer(ctx, result, partner => ({ partner }));
  }

  @Mutation(() => UpdatePartnerPayload, { nullable: true, description: 'Changes a partner.' })
  async updatePartner(
    @Arg('input', () => UpdatePartnerInput, { description: 'The change.' }) input: UpdatePartnerInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const request = { ...input, partnerId: named('partner', input.partnerId) };
    const result = await mutate(ctx, input, partnerKept(ctx, 'updatePartner'), work => updatePartner(work, request));
    return answer(ctx, result, partner => ({ partner }));
  }
}

@Resolver(() => Relationship)
export class RelationshipResolver {
  @FieldResolver(() => Partner, { nullable: true, description: 'Who sells on. Null for who may not know of it.' })
  distributor(@Root() relationship: RelationshipRow, @Ctx() ctx: PartnersContext): Promise<PartnerRow | null> {
    return visiblePartner(ctx, relationship.distributorId);
  }

  @FieldResolver(() => Partner, { nullable: true, description: 'Who buys. Null for who may not know of it.' })
  reseller(@Root() relationship: RelationshipRow, @Ctx() ctx: PartnersContext): Promise<PartnerRow | null> {
    return visiblePartner(ctx, relationship.resellerId);
  }

  @Mutation(() => CreateRelationshipPayload, { nullable: true, description: 'Lets a reseller buy through a distributor in a region.' })
  async createRelationship(
    @Arg('input', () => CreateRelationshipInput, { description: 'Who and where.' }) input: CreateRelationshipInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const parties = { distributorId: named('partner', input.distributorId), resellerId: named('partner', input.resellerId) };
    const request = { ...parties, region: input.region };
    const result = await mutate(ctx, input, relationshipKept(ctx, 'createRelationship'), work => createRelationship(work, request));
    return answer(ctx, result, relationship => ({ relationship }));
  }

  @Mutation(() => EndRelationshipPayload, { nullable: true, description: 'Ends a relationship. What was bought through it stays.' })
  async endRelationship(
    @Arg('input', () => EndRelationshipInput, { description: 'Which.' }) input: EndRelationshipInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const request = { ...input, relationshipId: named('relationship', input.relationshipId) };
    const result = await mutate(ctx, input, relationshipKept(ctx, 'endRelationship'), work => endRelationship(work, request));
    return answer(ctx, result, relationship => ({ relationship }));
  }
}

const partnerKept = (ctx: PartnersContext, name: string) => ({
  name,
  idOf: (partner: PartnerRow) => partner.id,
  find: (id: string) => ctx.load(partnerById, named('partner', id)),
});

const relationshipKept = (ctx: PartnersContext, name: string) => ({
  name,
  idOf: (relationship: RelationshipRow) => relationship.id,
  find: (id: string) => ctx.load(relationshipById, named('relationship', id)),
});
