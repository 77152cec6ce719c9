import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { PartnerId } from '#kernel/ids';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ simpleResolvers: true, description: 'A company that sells our products, or helps to.' })
export class Partner {
  @Field(() => ID, { description: 'The global id of the partner.' })
  readonly id!: PartnerId;
}
