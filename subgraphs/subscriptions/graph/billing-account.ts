import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';
import type { AccountId } from '#kernel/ids';
import type { SubscriptionStatus } from '../domain/subscription';
import { SubscriptionStatusEnum } from './subscription';

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'Who pays.' })
export class BillingAccount {
  @Field(() => ID, { description: 'The global id of the billing account.' })
  readonly id!: AccountId;
}

@InputType({ description: 'Which statuses are wanted. Each condition that is given must hold.' })
class SubscriptionStatusFilterInput {
  @Field(() => SubscriptionStatusEnum, { nullable: true, description: 'This status.' })
  readonly eq?: SubscriptionStatus | null;

  @Field(() => [SubscriptionStatusEnum], { nullable: true, description: 'One of these statuses.' })
  readonly in?: readonly SubscriptionStatus[] | null;
}

@InputType({ description: 'Which subscriptions are wanted. Each condition that is given must hold.' })
export class SubscriptionWhereInput {
  @Field(() => SubscriptionStatusFilterInput, { nullable: true, description: 'By their status today.' })
  readonly status?: SubscriptionStatusFilterInput | null;
}
