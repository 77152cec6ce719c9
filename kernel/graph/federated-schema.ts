import 'reflect-metadata';
import { buildSubgraphSchema, entitiesResolver } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { extendSchema, type GraphQLSchema, isObjectType, isUnionType, lexicographicSortSchema, parse } from 'graphql';
import { type BuildSchemaOptions, buildSchemaSync } from 'type-graphql';
import type { ReferenceResolver } from '../auth/references';
import type { Permissions } from '../auth/rules';
import { protect } from '../auth/shield';
import type { HouseContext } from './context';
import { resolvableEntities } from './entities';
import { applyOneOf } from './one-of';
import { applyComputedFields, describeRoots, priceLists, undescribed } from './schema-rules';

const FEDERATION = 'https://specs.apollo.dev/federation/v2.9';
const IMPORTS = [
  '@key',
  '@shareable',
  '@external',
  '@requires',
  '@provides',
  '@tag',
  '@inaccessible',
  '@override',
  '@cost',
  '@listSize',
  '@composeDirective',
  '@interfaceObject',
];

/** A class given by value: a resolver, or a type that no field answers. */
type GraphClass = BuildSchemaOptions['resolvers'][number];

/** What a house's graph is made of. */
export interface SchemaSource {
  readonly resolvers: readonly GraphClass[];
  /**
   * Types that no field of this house answers, such as a neighbour's entity to which it only adds fields. All are named:
   * type-graphql's registry is one for the process, and holds the types of every house in it.
   */
  readonly orphanedTypes?: readonly GraphClass[];
  /** SDL added as it is, for directives on enums, unions and scalars, where no decorator can sit. */
  readonly extraSdl?: string;
}

/** A house's graph together with who may have what. */
export interface FederatedSchema<Context = HouseContext> extends SchemaSource {
  readonly permissions: Permissions;
  /** How each entity is found when another house refers to it. */
  readonly references: Readonly<Record<string, ReferenceResolver<Context>>>;
}

/** Options of an `@Arg` whose class-validator rules are to be checked. Off everywhere else, where it would cost ten times the work. */
export const validated: NonNullable<BuildSchemaOptions['validate']> = {
  validationError: { target: false, value: false },
  forbidUnknownValues: false,
};

/**
 * Builds the schema that a house serves: its own types, the federation's entry points, each field behind its rule.
 * Throws when something lacks a description, a rule or a reference resolver, so that it cannot be forgotten.
 */
export function buildFederatedSchema<Context = HouseContext>(source: FederatedSchema<Context>): GraphQLSchema {
  const schema = ownSchema(source);
  const sdl = sdlOf(schema, source.extraSdl);
  // Checks the document and its directives; the executable schema is ours, whose defaults and resolvers a round trip through text would lose.
  buildSubgraphSchema([{ typeDefs: parse(sdl) }]);
  return protect(withEntryPoints(schema, sdl, source.references), source.permissions);
}

/** The house's SDL as its neighbours and the composer read it, sorted, with directives. */
export function subgraphSdl(source: SchemaSource): string {
  return sdlOf(ownSchema(source), source.extraSdl);
}

function ownSchema({ resolvers, orphanedTypes = [] }: SchemaSource): GraphQLSchema {
  const [first, ...rest] = resolvers;
  if (!first) throw new Error('A house needs a resolver.');
  const schema = buildSchemaSync({ resolvers: [first, ...rest], orphanedTypes: [...orphanedTypes], validate: false, skipCheck: true });
  describeRoots(schema);
  const silent = undescribed(schema);
  if (silent.length > 0) throw new Error(`Say what it is: ${silent.join(', ')}.`);
  priceLists(schema);
  applyComputedFields(schema);
  applyOneOf(schema);
  return schema;
}

function sdlOf(schema: GraphQLSchema, extraSdl = ''): string {
  const link = `extend schema @link(url: "${FEDERATION}", import: [${IMPORTS.map(name => `"${name}"`).join(', ')}])`;
  return [link, printSchemaWithDirectives(lexicographicSortSchema(schema)), extraSdl]
    .filter(part => part !== '')
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

function withEntryPoints(
  schema: GraphQLSchema,
  sdl: string,
  references: Readonly<Record<string, ReferenceResolver<never>>>,
): GraphQLSchema {
  const entities = resolvableEntities(sdl);
  checkReferences(entities, Object.keys(references));
  const entityFields = entities.length > 0 ? '_entities(representations: [_Any!]!): [_Entity]!' : '';
  const entityTypes = entities.length > 0 ? `scalar _Any union _Entity = ${entities.join(' | ')}` : '';
  const entryPoints = `${entityTypes} type _Service { sdl: String } extend type Query { ${entityFields} _service: _Service! }`;
  const extended = extendSchema(schema, parse(entryPoints), { assumeValidSDL: true });
  const fields = extended.getQueryType()!.getFields();
  fields._service!.resolve = () => ({ sdl });
  if (entities.length === 0) return extended;
  fields._entities!.resolve = (_source, { representations }, context, info) => entitiesResolver({ representations, context, info });
  const union = extended.getType('_Entity');
  if (isUnionType(union)) union.resolveType = (value: { readonly __typename: string }) => value.__typename;
  for (const name of entities) {
    const type = extended.getType(name);
    if (isObjectType(type)) type.extensions = { ...type.extensions, apollo: { subgraph: { resolveReference: references[name] } } };
  }
  return extended;
}

function checkReferences(entities: readonly string[], named: readonly string[]): void {
  const faults = [
    ...entities.filter(name => !named.includes(name)).map(name => `${name} has a key and no reference resolver`),
    ...named.filter(name => !entities.includes(name)).map(name => `${name} has a reference resolver and no key to resolve`),
  ];
  if (faults.length > 0) throw new Error(`References: ${faults.join('; ')}.`);
}
