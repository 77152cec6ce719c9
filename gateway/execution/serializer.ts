import {
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { literal, Toolbox } from './generated-code';
import { isObject, type Json, type JsonObject } from './json';
import { leafCode } from './leaf-code';
import type { Run } from './run';
import { type SelectedField, type SelectionScope, selectedFields } from './selected-fields';

/** Writes an object, or another value that is not null, as the client asked for it; null when it has to become null. */
export type Serialize<Value = Json> = (value: Value, run: Run) => string | null;

export interface SerializerScope extends SelectionScope {
  /** What the client calls a key of the data. They differ for keys that every object inherits. */
  clientKey(key: string): string;
  /** Where one sub-tree of the data may hang more than once (`written-paths.ts`). */
  readonly sharedPlaces: ReadonlySet<string>;
  /** Where the value stands that is written. */
  readonly place: string;
}

type FieldsType = GraphQLObjectType | GraphQLInterfaceType;

/**
 * Generates, for a type and what is selected of it, a function that writes its JSON text. The data is walked once: what
 * nobody asked for is left out, null moves up to where it may stand, and nothing is built that is then printed.
 */
export function compileSerializer(type: FieldsType, sets: readonly SelectionSetNode[], scope: SerializerScope): Serialize<JsonObject> {
  const toolbox = new Toolbox();
  const fields = selectedFields(type, sets, scope);
  const lines = fields.map((field, at) => fieldCode({ type, field, at, scope, toolbox }));
  return toolbox.build('object, run', `let text = '{'; ${lines.join('\n')} return text + '}';`);
}

interface FieldCode {
  readonly type: FieldsType;
  readonly field: SelectedField;
  readonly at: number;
  readonly scope: SerializerScope;
  readonly toolbox: Toolbox;
}

function fieldCode({ type, field: { key, name, below }, at, scope, toolbox }: FieldCode): string {
  const start = `text += ${literal(`${at > 0 ? ',' : ''}${JSON.stringify(scope.clientKey(key))}:`)}`;
  const fail = 'run.isOwed = true; return null;';
  // Only an object's own type is its name: where an interface stands for types that nobody could tell, it is not.
  if (name === '__typename') return isObjectType(type) ? `${start} + ${literal(JSON.stringify(type.name))};` : fail;
  if (name === '__schema' || name === '__type') return `${start} + (run.introspection.get(${literal(key)}) ?? 'null');`;
  const declared = type.getFields()[name]?.type;
  if (!declared) return '';
  const [value, text] = [`value${at}`, `text${at}`];
  const read = `const ${value} = object[${literal(key)}];`;
  const inner = isNonNullType(declared) ? declared.ofType : declared;
  const written = isLeafType(inner)
    ? leafCode(inner, value, toolbox)
    : `(${value} === undefined || ${value} === null ? null : ${toolbox.add(compileSubtree(inner, below, within(scope, key)))}(${value}, run))`;
  if (!isNonNullType(declared)) return `${read} ${start} + (${written} ?? 'null');`;
  return `${read} const ${text} = ${written}; if (${text} === null) { ${fail} } ${start} + ${text};`;
}

const within = (scope: SerializerScope, key: string): SerializerScope => ({ ...scope, place: `${scope.place}.${key}` });

/** What hangs below a field. Where it may hang in several places, it is written once and its text is used in all of them. */
function compileSubtree(type: GraphQLOutputType, below: readonly SelectionSetNode[], scope: SerializerScope): Serialize {
  const serialize = compileValue(type, below, scope);
  if (!scope.sharedPlaces.has(scope.place)) return serialize;
  return (value, run) => {
    if (!run.isShared) return serialize(value, run);
    const known = run.texts.get(serialize) ?? new Map<Json, string | null>();
    run.texts.set(serialize, known);
    let text = known.get(value);
    if (text !== undefined) return text;
    text = serialize(value, run);
    // Looking at a character makes one piece of a text that is a tree of pieces: all its places then copy one piece.
    text?.charCodeAt(0);
    known.set(value, text);
    return text;
  };
}

/** A function for the values of a type that are not null. */
function compileValue(type: GraphQLOutputType, below: readonly SelectionSetNode[], scope: SerializerScope): Serialize {
  if (isNonNullType(type)) return compileValue(type.ofType, below, scope);
  if (isListType(type)) return compileList(type.ofType, below, scope);
  if (isLeafType(type)) {
    const toolbox = new Toolbox();
    return toolbox.build('value, run', `return ${leafCode(type, 'value', toolbox)};`);
  }
  if (isObjectType(type)) {
    let serialize: Serialize<JsonObject> | undefined;
    return (value, run) => {
      if (!isObject(value)) return owe(run);
      serialize ??= compileSerializer(type, below, scope);
      return serialize(value, run);
    };
  }
  return compileAbstract(type, below, scope);
}

function compileList(itemType: GraphQLOutputType, below: readonly SelectionSetNode[], scope: SerializerScope): Serialize {
  const serialize = compileValue(itemType, below, scope);
  const mayBeNull = !isNonNullType(itemType);
  return (list, run) => {
    if (!Array.isArray(list)) return owe(run);
    let text = '[';
    for (let at = 0; at < list.length; at += 1) {
      const item = list[at];
      const itemText = item === null || item === undefined ? null : serialize(item, run);
      if (itemText === null && !mayBeNull) return owe(run);
      if (at > 0) text += ',';
      text += itemText ?? 'null';
    }
    return `${text}]`;
  };
}

/** An interface or a union: what is selected depends on the type that the house names, each compiled when it is first met. */
function compileAbstract(type: GraphQLNamedType, below: readonly SelectionSetNode[], scope: SerializerScope): Serialize {
  const byTypename = new Map<string, Serialize<JsonObject>>();
  return (value, run) => {
    if (!isObject(value)) return owe(run);
    const { __typename: named } = value;
    const typename = typeof named === 'string' ? named : type.name;
    let serialize = byTypename.get(typename);
    if (!serialize) {
      const actual = scope.schema.getType(typename);
      // What is hidden from clients is not there for them.
      if (!isObjectType(actual) && !isInterfaceType(actual)) return owe(run);
      serialize = compileSerializer(actual, below, scope);
      byTypename.set(typename, serialize);
    }
    return serialize(value, run);
  };
}

function owe(run: Run): null {
  run.isOwed = true;
  return null;
}
