import 'reflect-metadata';
import { registerEnumType } from 'type-graphql';

/**
 * Publishes a closed set of values as a GraphQL enum, so the set is written down once, in the domain. Say what each
 * value means; a single sentence is enough only where the values speak for themselves.
 */
export function enumOf<const Values extends readonly string[]>(
  name: string,
  values: Values,
  description: string | Readonly<Record<Values[number], string>>,
  descriptions: Partial<Readonly<Record<Values[number], string>>> = {},
): { readonly [Value in Values[number]]: Value } {
  const byValue: Partial<Readonly<Record<string, string>>> = typeof description === 'string' ? descriptions : description;
  const members = Object.fromEntries(values.map(value => [value, value])) as { [Value in Values[number]]: Value };
  registerEnumType(members, {
    name,
    description: typeof description === 'string' ? description : `${sentence(spaced(name))} The values may grow.`,
    valuesConfig: Object.fromEntries(values.map(value => [value, { description: byValue[value] ?? sentence(value) }])) as object,
  });
  return members;
}

const spaced = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');

function sentence(words: string): string {
  const text = words.toLowerCase().replaceAll('_', ' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
