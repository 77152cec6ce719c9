import 'reflect-metadata';
import { type GraphQLSchema, isInputObjectType } from 'graphql';
import { Extensions } from 'type-graphql';

const ONE_OF = 'isOneOf';

/** Marks an input type of which a client fills exactly one field: `@oneOf`. All of its fields are nullable. */
export const OneOf = () => Extensions({ [ONE_OF]: true });

/** Tells GraphQL which input types are marked so: the schema builder has no word for it. */
export function applyOneOf(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInputObjectType(type) && (type.extensions as Record<string, unknown>)[ONE_OF] === true) type.isOneOf = true;
  }
}
