import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { OrderId } from '#kernel/ids';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ simpleResolvers: true, description: 'A purchase, or a change of one.' })
export class Order {
  @Field(() => ID, { description: 'The global id of the order.' })
  readonly id!: OrderId;
}
