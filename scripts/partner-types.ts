/** Writes the documents of partners' systems with the types of what goes in and what comes out. */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionSetNode,
  typeFromAST,
} from 'graphql';

/** What is read from, and the types with a name that were met so far. */
interface Telling {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly named: Map<string, string>;
}

const OPERATION = `/** A document with the types of what goes in and what comes out. */
export interface Operation<Result, Variables> {
  readonly name: string;
  readonly kind: string;
  readonly text: string;
  /** Carries the types alone; there is no such value. */
  readonly types?: (variables: Variables) => Result;
}`;

/** The text of a module with everything that the operations need. */
export function typesOf(schema: GraphQLSchema, document: DocumentNode, operations: readonly DocumentNode[]): string {
  const fragments = document.definitions.flatMap(node =>
    node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
  );
  const telling: Telling = { schema, fragments: new Map(fragments), named: new Map() };
  const written = operations.map(one => operationText(telling, one));
  const shapes = [...telling.named].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, text]) => text);
  return `${[OPERATION, ...shapes, ...written].join('\n\n')}\n`;
}

/** The one operation of a document. */
export const operationOf = (document: DocumentNode): OperationDefinitionNode => {
  const found = document.definitions.find(node => node.kind === Kind.OPERATION_DEFINITION);
  if (!found?.name) throw new Error('Every operation has a name.');
  return found;
};

function operationText(telling: Telling, document: DocumentNode): string {
  const { schema } = telling;
  const operation = operationOf(document);
  const name = operation.name!.value;
  const root = (operation.operation === 'mutation' ? schema.getMutationType() : schema.getQueryType())!;
  const variables = (operation.variableDefinitions ?? []).map(({ variable, type, defaultValue }) => {
    const isOptional = type.kind !== Kind.NON_NULL_TYPE || defaultValue !== undefined;
    const text = typeOf(typeFromAST(schema, type as never)!, inner => leaf(telling, inner));
    return `  readonly ${variable.name.value}${isOptional ? '?' : ''}: ${text};`;
  });
  return [
    `export interface ${name}Result ${selected(telling, root, operation.selectionSet, 1)}`,
    `export interface ${name}Variables {\n${variables.join('\n')}\n}`,
    `export const ${name}: Operation<${name}Result, ${name}Variables> = {\n  name: '${name}',\n  kind: '${operation.operation}',\n  text: ${JSON.stringify(print(document))},\n};`,
  ].join('\n\n');
}

type Inner = (type: GraphQLType) => string;

const typeOf = (type: GraphQLType, inner: Inner): string =>
  isNonNullType(type) ? present(type.ofType, inner) : `${present(type, inner)} | null`;

function present(type: GraphQLType, inner: Inner): string {
  if (!isListType(type)) return inner(type);
  const item = typeOf(type.ofType, inner);
  return `readonly ${item.includes('|') || item.startsWith('{') ? `(${item})` : item}[]`;
}

function leaf(telling: Telling, type: GraphQLType): string {
  const { name } = getNamedType(type)!;
  const known = telling.schema.getType(name);
  if (isEnumType(known)) {
    const values = known.getValues().map(value => `'${value.name}'`);
    // Enums may grow: what is not known yet is a text like the others.
    telling.named.set(name, `export type ${name} = ${values.join(' | ')} | (string & {});`);
    return name;
  }
  if (isInputObjectType(known)) return inputOf(telling, name);
  return name === 'Boolean' ? 'boolean' : name === 'Int' || name === 'Float' ? 'number' : 'string';
}

function inputOf(telling: Telling, name: string): string {
  const type = telling.schema.getType(name);
  if (telling.named.has(name) || !isInputObjectType(type)) return name;
  telling.named.set(name, '');
  const fields = Object.values(type.getFields()).map(field => {
    // The client chooses a key where none is given.
    const isOptional = !isNonNullType(field.type) || field.defaultValue !== undefined || field.name === 'idempotencyKey';
    const text = typeOf(field.type, inner => leaf(telling, inner));
    return `  /** ${field.description} */\n  readonly ${field.name}${isOptional ? '?' : ''}: ${text};`;
  });
  telling.named.set(name, `/** ${type.description} */\nexport interface ${name} {\n${fields.join('\n')}\n}`);
  return name;
}

function selected(telling: Telling, type: GraphQLOutputType, selection: SelectionSetNode, depth: number): string {
  const fields = [...fieldsOf(telling, type, selection, depth)];
  return `{\n${fields.map(([name, text]) => `${'  '.repeat(depth)}readonly ${name}: ${text};`).join('\n')}\n${'  '.repeat(depth - 1)}}`;
}

function fieldsOf(telling: Telling, type: GraphQLOutputType, { selections }: SelectionSetNode, depth: number): ReadonlyMap<string, string> {
  const parent = getNamedType(type);
  const fields = new Map<string, string>();
  for (const node of selections) {
    if (node.kind === Kind.FIELD && isObjectType(parent)) {
      const field = parent.getFields()[node.name.value]!;
      const below = node.selectionSet;
      const inner: Inner = of => (below ? selected(telling, of as GraphQLOutputType, below, depth + 1) : leaf(telling, of));
      fields.set(node.alias?.value ?? node.name.value, typeOf(field.type, inner));
    } else if (node.kind === Kind.FRAGMENT_SPREAD) {
      const spread = telling.fragments.get(node.name.value)!;
      for (const [name, text] of fieldsOf(telling, type, spread.selectionSet, depth)) fields.set(name, text);
    } else throw new Error('Only fields and named fragments are told in types.');
  }
  return fields;
}
