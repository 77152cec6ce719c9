import { buildASTSchema, type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType, parse } from 'graphql';

/** Tells whether an object of one type counts as another, by the whole supergraph and not only by what clients see of it. */
export interface TypeFacts {
  isOfType(typename: string, condition: string): boolean;
  /** Whether it is the name of an object's type. A house with an `@interfaceObject` calls its objects by the interface's. */
  isConcrete(typename: unknown): boolean;
}

export function typeFactsOf(supergraphSdl: string): TypeFacts {
  const schema = buildASTSchema(parse(supergraphSdl, { noLocation: true }), { assumeValid: true, assumeValidSDL: true });
  const answers = new Map<string, boolean>();
  const concrete = new Set<unknown>(Object.values(schema.getTypeMap()).flatMap(type => (isObjectType(type) ? type.name : [])));
  return {
    isConcrete: typename => concrete.has(typename),
    isOfType(typename, condition) {
      if (typename === condition) return true;
      const question = `${typename} ${condition}`;
      const known = answers.get(question);
      if (known !== undefined) return known;
      const answer = isSubType(schema, typename, condition);
      // A typename comes from a house: only names of the schema are remembered, so that the memory cannot grow.
      if (schema.getType(typename)) answers.set(question, answer);
      return answer;
    },
  };
}

function isSubType(schema: GraphQLSchema, typename: string, condition: string): boolean {
  const type = schema.getType(typename);
  const wanted = schema.getType(condition);
  return isAbstractType(wanted) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type);
}
