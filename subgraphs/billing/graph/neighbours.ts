import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { AccountId, OrderId, SubscriptionId } from '#kernel/ids';

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'Who pays.' })
export class BillingAccount {
  @Field(() => ID, { description: 'The global id of the account.' })
  readonly id!: AccountId;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ simpleResolvers: true, description: 'A purchase.' })
export class Order {
  @Field(() => ID, { description: 'The global id of the order.' })
  readonly id!: OrderId;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ simpleResolvers: true, description: 'An agreement about a product, its seats and its term.' })
export class Subscription {
  @Field(() => ID, { description: 'The global id of the subscription.' })
  readonly id!: SubscriptionId;
}
