import 'reflect-metadata';
import { Field, ID, InterfaceType } from 'type-graphql';

/**
 * Everything that has a global id. Implementing types are not registered by themselves: the metadata is global, and the
 * types of another house in the same process would slip into this one's schema. Source objects of a field that answers
 * a `Node` carry `__typename`.
 */
@InterfaceType({
  description: 'Anything with a global id.',
  autoRegisterImplementations: false,
  resolveType: (value: { readonly __typename?: string }) => value.__typename,
})
export abstract class Node {
  @Field(() => ID, { description: 'The global id. It never changes and is never used again.' })
  readonly id!: string;
}
