import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  parse,
  type TypeDefinitionNode,
  type TypeNode,
  valueFromASTUntyped,
} from 'graphql';

/** What a field costs, as the houses say in the supergraph. */
export interface FieldPrice {
  /** For one of it, without what is selected below. */
  readonly weight: number;
  readonly type: string;
  readonly isList: boolean;
  /** How many a list holds: told by an argument, assumed, or told by the field above it. */
  readonly size: ListSize | null;
  readonly argumentWeights: ReadonlyMap<string, number>;
}

export interface ListSize {
  /** Arguments that say how many there are, each with what it is when it is left out. */
  readonly slicing: ReadonlyMap<string, number | null>;
  readonly assumed: number;
  /** Fields below that are the lists, where the field itself is a page. */
  readonly sizedFields: ReadonlySet<string>;
}

/** Prices of all fields of a graph. */
export interface Prices {
  of(type: string, field: string): FieldPrice | null;
}

/** A list whose length nobody told: an order's lines, an account's contacts. */
export const ASSUMED_LENGTH = 10;
const MUTATION_WEIGHT = 10;

/** Reads what every field costs out of a supergraph, once for each supergraph that comes into force. */
export function pricesIn(supergraphSdl: string): Prices {
  const document = parse(supergraphSdl, { noLocation: true });
  const typeWeights = typeWeightsIn(document);
  const mutation = rootName(document, 'mutation');
  const byType = new Map<string, Map<string, FieldPrice>>();
  for (const node of document.definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const least = node.name.value === mutation ? MUTATION_WEIGHT : 0;
    byType.set(node.name.value, new Map((node.fields ?? []).map(field => [field.name.value, priceOf(field, typeWeights, least)])));
  }
  return { of: (type, field) => byType.get(type)?.get(field) ?? null };
}

function priceOf(field: FieldDefinitionNode, typeWeights: ReadonlyMap<string, number>, least: number): FieldPrice {
  const { type, isList } = unwrapped(field.type);
  return {
    type,
    isList,
    weight: Math.max(least, weightOf(field.directives) ?? typeWeights.get(type) ?? 0),
    size: listSizeOf(field),
    argumentWeights: new Map(
      (field.arguments ?? []).flatMap(({ name, directives }) => {
        const weight = weightOf(directives);
        return weight === null ? [] : [[name.value, weight] as const];
      }),
    ),
  };
}

/** What it costs to have one of a type: objects 1, values nothing, unless the schema says otherwise. */
function typeWeightsIn(document: DocumentNode): ReadonlyMap<string, number> {
  const types = document.definitions.filter((node): node is TypeDefinitionNode => 'fields' in node || 'name' in node);
  return new Map(types.map(node => [node.name.value, weightOf(node.directives) ?? (COMPOSITE.has(node.kind) ? 1 : 0)]));
}

const COMPOSITE: ReadonlySet<string> = new Set([Kind.OBJECT_TYPE_DEFINITION, Kind.INTERFACE_TYPE_DEFINITION, Kind.UNION_TYPE_DEFINITION]);

type Directives = readonly ConstDirectiveNode[] | undefined;

function weightOf(directives: Directives): number | null {
  const weight = Number(argumentsOf(directives, 'cost')?.['weight'] ?? Number.NaN);
  return Number.isFinite(weight) ? weight : null;
}

function listSizeOf({ arguments: taken = [], directives }: FieldDefinitionNode): ListSize | null {
  const given = argumentsOf(directives, 'listSize');
  if (!given) return null;
  const names = textsIn(given['slicingArguments']);
  return {
    slicing: new Map(names.map(name => [name, defaultOf(taken.find(argument => argument.name.value === name))])),
    assumed: typeof given['assumedSize'] === 'number' ? given['assumedSize'] : ASSUMED_LENGTH,
    sizedFields: new Set(textsIn(given['sizedFields'])),
  };
}

/** The composer may name a directive by its specification: `@cost` or `@cost__cost`. */
function argumentsOf(directives: Directives, name: string): Readonly<Record<string, unknown>> | null {
  const found = directives?.find(directive => directive.name.value === name || directive.name.value.endsWith(`__${name}`));
  return found ? Object.fromEntries((found.arguments ?? []).map(given => [given.name.value, valueFromASTUntyped(given.value)])) : null;
}

const textsIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter(item => typeof item === 'string') : []);

function defaultOf(argument: InputValueDefinitionNode | undefined): number | null {
  const value = argument?.defaultValue;
  return value?.kind === Kind.INT ? Number(value.value) : null;
}

function unwrapped(type: TypeNode, isList = false): { readonly type: string; readonly isList: boolean } {
  if (type.kind === Kind.NAMED_TYPE) return { type: type.name.value, isList };
  return unwrapped(type.type, isList || type.kind === Kind.LIST_TYPE);
}

function rootName(document: DocumentNode, operation: string): string {
  const roots = document.definitions.flatMap(node =>
    node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION ? (node.operationTypes ?? []) : [],
  );
  const root = roots.find(node => node.operation === operation);
  return root?.type.name.value ?? operation.charAt(0).toUpperCase() + operation.slice(1);
}

/** Names of the root types, by operation. */
export const rootNamesIn = (supergraphSdl: string): Readonly<Record<string, string>> => {
  const document = parse(supergraphSdl, { noLocation: true });
  return Object.fromEntries(['query', 'mutation', 'subscription'].map(operation => [operation, rootName(document, operation)]));
};
