import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { AccountId, InvoiceId, PaymentId, SubscriptionId } from '#kernel/ids';

/** A billing account: its own house knows it, this one adds the orders. */
@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'Who pays.' })
export class BillingAccount {
  @Field(() => ID, { description: 'The global id.' })
  readonly id!: AccountId;
}

/** A subscription, to point at. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ simpleResolvers: true, description: 'The agreement on a plan and its seats.' })
export class Subscription {
  @Field(() => ID, { description: 'The global id.' })
  readonly id!: SubscriptionId;
}

/** An invoice, to point at. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ simpleResolvers: true, description: 'What is to be paid.' })
export class Invoice {
  @Field(() => ID, { description: 'The global id.' })
  readonly id!: InvoiceId;
}

/** A payment, to point at. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ simpleResolvers: true, description: 'Money on its way in.' })
export class Payment {
  @Field(() => ID, { description: 'The global id.' })
  readonly id!: PaymentId;
}
