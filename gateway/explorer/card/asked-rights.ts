import { type GraphQLSchema, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { SchemaMap } from '../schema-map';

/** Who may ask for one of the fields that a document names, where not everybody may. */
export interface AskedRight {
  readonly field: string;
  readonly who: string;
}

/** The rights that a document needs: a role or a scope for each field that is not open to whoever reaches it. */
export function rightsFor(text: string, schema: GraphQLSchema, access: SchemaMap['access']): readonly AskedRight[] {
  const types = new TypeInfo(schema);
  const found = new Map<string, string>();
  try {
    visit(
      parse(text),
      visitWithTypeInfo(types, {
        Field({ name }) {
          const parent = types.getParentType();
          const who = parent ? access[`${parent.name}.${name.value}`] : undefined;
          if (parent && who) found.set(`${parent.name}.${name.value}`, who);
        },
      }),
    );
  } catch {
    return [];
  }
  return [...found].map(([field, who]) => ({ field, who }));
}

/** Reads a rule as it is written: alternatives by `or`, conditions together by `and`. Rules in other words are the house's to decide. */
export function isHeld(who: string, held: readonly string[]): boolean {
  const words = new Set(held);
  const isMet = (condition: string) => {
    if (/^([A-Z_]+|scope \S+)$/.test(condition)) return words.has(condition.replace(/^scope /, ''));
    return condition !== 'nobody';
  };
  return alternatives(who).some(conditions => conditions.every(isMet));
}

const alternatives = (who: string): readonly (readonly string[])[] =>
  who.split(' or ').map(part =>
    part
      .replace(/[()]/g, '')
      .split(' and ')
      .map(condition => condition.trim()),
  );
