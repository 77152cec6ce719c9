import { isObject, type Json, type JsonObject, mergeInto } from './json';
import { applyRewrites } from './rewrites';
import type { EntityPart, RequiredSelection } from './steps';
import { quoted } from './text';
import type { TypeFacts } from './type-facts';

/** How objects of one type are told to a house. */
export interface Representation {
  /** The fields whose values tell two objects apart, where all of them are plain values; else the text does. */
  readonly keys: readonly string[] | null;
  /** The object as JSON text, or null when something that the house wants is not known of it. */
  text(entity: JsonObject): string | null;
}

/** Writes objects as a plan's step wants them. What a type's text is made of is worked out when the type is first met. */
export function compileRepresentations({ requires, inputRewrites }: EntityPart, facts: TypeFacts): (typename: string) => Representation {
  const byType = new Map<string, Representation>();
  const general: Representation = {
    keys: null,
    text(entity) {
      const chosen = choose(entity, requires, facts);
      if (!chosen?.['__typename']) return null;
      applyRewrites(inputRewrites, chosen, facts);
      return JSON.stringify(chosen);
    },
  };
  return typename => {
    const known = byType.get(typename);
    if (known) return known;
    const fields = inputRewrites.length === 0 ? plainFields(typename, requires, facts) : null;
    const representation = fields ? { keys: fields, text: compileText(typename, fields) } : general;
    // A house could invent typenames for ever.
    if (byType.size < TYPES_MAX) byType.set(typename, representation);
    return representation;
  };
}

const TYPES_MAX = 1_000;

/** The fields of a type's representation, where they are plain and unconditional: nearly always. */
function plainFields(typename: string, requires: readonly RequiredSelection[], facts: TypeFacts): readonly string[] | null {
  const fragments = requires.filter(({ typeCondition }) => typeCondition !== undefined && facts.isOfType(typename, typeCondition));
  const [fragment] = fragments;
  if (!fragment || fragments.length > 1 || requires.some(({ kind }) => kind !== 'InlineFragment')) return null;
  const fields = fragment.selections ?? [];
  const isPlain = fields.every(
    ({ kind, name, alias, selections }) => kind === 'Field' && name && !alias && !selections && !INHERITED.has(name),
  );
  const names = fields.flatMap(({ name }) => name ?? []);
  return isPlain && names.includes('__typename') ? names.filter(name => name !== '__typename') : null;
}

const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Names are GraphQL names out of a plan, and quoted all the same: what is generated holds no other text of a stranger. */
function compileText(typename: string, fields: readonly string[]): Representation['text'] {
  const reads = fields.map((field, at) => `const v${at} = entity[${JSON.stringify(field)}]; if (v${at} === undefined) return null;`);
  const start = JSON.stringify(`{"__typename":${JSON.stringify(typename)}`);
  const parts = fields.map((field, at) => `+ ${JSON.stringify(`,${JSON.stringify(field)}:`)} + valueText(v${at})`);
  const body = `return function representation(entity) { ${reads.join(' ')} return ${start} ${parts.join(' ')} + "}"; }`;
  return new Function('valueText', body)(valueText);
}

const valueText = (value: Json): string => (typeof value === 'string' ? quoted(value) : JSON.stringify(value));

/** What is selected of an object, or null when a field is missing. A planner names what it reads, and what it calls it. */
function choose(source: JsonObject, selections: readonly RequiredSelection[], facts: TypeFacts): JsonObject | null {
  const chosen: JsonObject = {};
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      const { __typename: typename } = source;
      const { typeCondition } = selection;
      const fits = typeCondition !== undefined && typeof typename === 'string' && facts.isOfType(typename, typeCondition);
      const part = fits ? choose(source, selection.selections ?? [], facts) : null;
      if (part) mergeInto(chosen, part);
      continue;
    }
    const name = selection.name ?? '';
    const key = selection.alias ?? name;
    const value = ownValue(source, name) ?? ownValue(source, key);
    if (value === undefined) return null;
    chosen[key] = selection.selections ? chooseWithin(value, selection.selections, facts) : value;
  }
  return chosen;
}

const ownValue = (source: JsonObject, key: string): Json | undefined => (Object.hasOwn(source, key) ? source[key] : undefined);

function chooseWithin(value: Json, selections: readonly RequiredSelection[], facts: TypeFacts): Json {
  if (Array.isArray(value)) return value.map(item => chooseWithin(item, selections, facts));
  return isObject(value) ? choose(value, selections, facts) : null;
}
