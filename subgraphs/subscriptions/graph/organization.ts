import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { MoneyType } from '#kernel/graph/money';
import type { OrganizationId } from '#kernel/ids';
import type { Money } from '#kernel/money';
import { recurringKey, recurringOfOrganization } from '../store/recurring';
import type { SubscriptionsContext } from './context';
import { dayAsked } from './reading';

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'A company.' })
export class Organization {
  @Field(() => ID, { description: 'The global id of the company.' })
  readonly id!: OrganizationId;
}

@Resolver(() => Organization)
export class OrganizationResolver {
  @FieldResolver(() => MoneyType, {
    nullable: true,
    description:
      'What its recurring charges in force today come to in a year, over all its accounts. Null when there is none, or when they are in several currencies: see `arrByCurrency`.',
  })
  async arr(@Root() organization: Organization, @Ctx() ctx: SubscriptionsContext): Promise<Money | null> {
    const [first, second] = await recurring(ctx, organization);
    return second === undefined ? (first ?? null) : null;
  }

  @FieldResolver(() => [MoneyType], {
    nullable: true,
    description: 'What its recurring charges in force today come to in a year, one amount for each currency.',
  })
  arrByCurrency(@Root() organization: Organization, @Ctx() ctx: SubscriptionsContext): Promise<readonly Money[]> {
    return recurring(ctx, organization);
  }
}

const recurring = (ctx: SubscriptionsContext, { id }: Organization): Promise<readonly Money[]> =>
  ctx.load(recurringOfOrganization, recurringKey(id, dayAsked(ctx, null)));
