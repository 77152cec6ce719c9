import { type GraphQLLeafType, isEnumType } from 'graphql';
import type { Toolbox } from './generated-code';
import type { Run } from './run';
import { quoted } from './text';

/**
 * Source of an expression that gives a leaf's JSON text, or null where there is no value. `value` is the name of a
 * variable that holds what a house answered, `run` the operation. What the type does not allow is null, and owed.
 */
export function leafCode(type: GraphQLLeafType, value: string, toolbox: Toolbox): string {
  const otherwise = `${toolbox.add(owed)}(${value}, run)`;
  const text = `(run.mayEscape ? ${toolbox.add(quoted)}(${value}) : '"' + ${value} + '"')`;
  if (isEnumType(type)) {
    const texts = new Map(type.getValues().map(({ name }) => [name, JSON.stringify(name)]));
    return `(${toolbox.add(texts)}.get(${value}) ?? ${otherwise})`;
  }
  switch (type.name) {
    case 'Int':
    case 'Float':
      return `(typeof ${value} === 'number' ? '' + ${value} : ${otherwise})`;
    case 'Boolean':
      return `(${value} === true ? 'true' : ${value} === false ? 'false' : ${otherwise})`;
    case 'String':
      return `(typeof ${value} === 'string' ? ${text} : ${otherwise})`;
    case 'ID':
      return `(typeof ${value} === 'string' ? ${text} : ${toolbox.add(numericId)}(${value}) ?? ${otherwise})`;
    default:
      return `(typeof ${value} === 'string' ? ${text} : ${toolbox.add(anyValue)}(${value}))`;
  }
}

/** Numbers are identifiers too, and are answered as text (§3.5.5). */
const numericId = (value: unknown): string | null => (typeof value === 'number' ? `"${value}"` : null);

/** A custom scalar is whatever its house says. A function is something every object inherits, and no value. */
const anyValue = (value: unknown): string | null =>
  value === undefined || value === null || typeof value === 'function' ? null : JSON.stringify(value);

function owed(value: unknown, run: Run): null {
  if (value !== undefined && value !== null) run.isOwed = true;
  return null;
}
