import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type InputValueDefinitionNode,
  Kind,
  type NamedTypeNode,
  OperationTypeNode,
  parse,
  printSchema,
  type TypeNode,
} from 'graphql';

/** The tag that a field of the supergraph bears when partners are shown it. */
export const PARTNER_TAG = 'partner';

/**
 * The graph as one audience is shown it: the fields that bear its tag, and what they are made of. It is a part of the whole, so whatever
 * is valid in it runs on the whole, and what is not in it is as unknown as what there never was. Null when nothing bears the tag.
 */
export function contractOf(apiSchema: GraphQLSchema, supergraphSdl: string, tag: string): GraphQLSchema | null {
  const shown = taggedIn(supergraphSdl, tag);
  const whole = parse(printSchema(apiSchema), { noLocation: true });
  const definitions = whole.definitions.flatMap(node => shownPart(node, shown, whole));
  const roots = [OperationTypeNode.QUERY, OperationTypeNode.MUTATION].flatMap(kind => {
    const name = apiSchema.getRootType(kind)?.name;
    return name && definitions.some(node => nameOf(node) === name) ? { kind, name } : [];
  });
  if (!roots.some(({ kind }) => kind === OperationTypeNode.QUERY)) return null;
  const used = usedFrom(
    roots.map(({ name }) => name),
    definitions,
  );
  const schema: DefinitionNode = {
    kind: Kind.SCHEMA_DEFINITION,
    operationTypes: roots.map(({ kind, name }) => ({
      kind: Kind.OPERATION_TYPE_DEFINITION,
      operation: kind,
      type: named(name),
    })),
  };
  return buildASTSchema({ kind: Kind.DOCUMENT, definitions: [schema, ...definitions.filter(node => used.has(nameOf(node)))] });
}

/** `Type.field` and `Enum.VALUE` of all that bears a tag. */
function taggedIn(supergraphSdl: string, tag: string): ReadonlySet<string> {
  const shown = new Set<string>();
  for (const node of parse(supergraphSdl, { noLocation: true }).definitions) {
    const parts =
      node.kind === Kind.OBJECT_TYPE_DEFINITION ? node.fields : node.kind === Kind.ENUM_TYPE_DEFINITION ? node.values : undefined;
    for (const { name, directives = [] } of parts ?? [])
      if (directives.some(directive => isTag(directive, tag))) shown.add(`${nameOf(node)}.${name.value}`);
  }
  return shown;
}

const isTag = ({ name, arguments: given = [] }: ConstDirectiveNode, tag: string): boolean =>
  name.value === 'tag' && given.some(({ value }) => value.kind === Kind.STRING && value.value === tag);

/**
 * An object with the fields that are shown of it, and nothing where none is; it is what an interface says only where all of that is
 * shown. Everything else is shown when something leads to it.
 */
function shownPart(node: DefinitionNode, shown: ReadonlySet<string>, { definitions }: DocumentNode): readonly DefinitionNode[] {
  if (node.kind === Kind.SCHEMA_DEFINITION) return [];
  if (node.kind === Kind.ENUM_TYPE_DEFINITION) return [shownValues(node, shown)];
  if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) return [node];
  const isShown = (field: FieldDefinitionNode) => shown.has(`${node.name.value}.${field.name.value}`);
  const fields = node.fields?.filter(isShown) ?? [];
  const names = new Set(fields.map(({ name }) => name.value));
  const interfaces = node.interfaces?.filter(({ name }) =>
    definitions.some(
      other =>
        other.kind === Kind.INTERFACE_TYPE_DEFINITION &&
        other.name.value === name.value &&
        (other.fields ?? []).every(field => names.has(field.name.value)),
    ),
  );
  return fields.length > 0 ? [{ ...node, fields, ...(interfaces && { interfaces }) }] : [];
}

/** An enum of which some values are tagged has those alone. */
function shownValues(node: EnumTypeDefinitionNode, shown: ReadonlySet<string>): EnumTypeDefinitionNode {
  const values = node.values?.filter(({ name }) => shown.has(`${node.name.value}.${name.value}`)) ?? [];
  return values.length > 0 ? { ...node, values } : node;
}

/** The names of all definitions that are led to: by fields, arguments and inputs; an abstract type does not lead to its members. */
function usedFrom(roots: readonly string[], definitions: readonly DefinitionNode[]): ReadonlySet<string> {
  const byName = new Map(definitions.map(node => [nameOf(node), node] as const));
  const used = new Set<string>();
  const open = [...roots];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = byName.get(name);
    if (!node || used.has(name)) continue;
    used.add(name);
    open.push(...namesIn(node));
  }
  return used;
}

function namesIn(node: DefinitionNode): readonly string[] {
  if (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION) {
    return [...(node.interfaces ?? []).map(nameIn), ...(node.fields ?? []).flatMap(namesInField)];
  }
  return node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ? (node.fields ?? []).map(({ type }) => nameIn(type)) : [];
}

const namesInField = (field: FieldDefinitionNode): readonly string[] => [
  nameIn(field.type),
  ...(field.arguments ?? []).map(({ type }: InputValueDefinitionNode) => nameIn(type)),
];
const nameIn = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameIn(type.type));
const nameOf = (node: DefinitionNode): string => ('name' in node && node.name ? node.name.value : '');
const named = (value: string): NamedTypeNode => ({ kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value } });
