import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { ASSUMED_LENGTH, type FieldPrice, type Prices } from './prices';

/** The cost of an operation with given variables. */
export type Cost = (variables: Readonly<Record<string, unknown>>) => number;

/**
 * Prices an operation before anything runs: each object that it may bring costs its weight, and a list multiplies what is
 * selected in it by its length. Computed once for a text; only page sizes in variables are looked at again each time. What
 * the schema does not know costs nothing, since validation refuses it next.
 */
export function costOf(document: DocumentNode, operation: OperationDefinitionNode, rootType: string, prices: Prices): Cost {
  const fragments = new Map(
    document.definitions.filter(node => node.kind === Kind.FRAGMENT_DEFINITION).map(node => [node.name.value, node] as const),
  );
  const cost = new Pricing(fragments, prices, defaultsOf(operation)).selections(operation.selectionSet, rootType, NO_SIZE);
  return typeof cost === 'number' ? () => cost : cost;
}

/** A cost that the text alone tells, or one that depends on variables. */
type Part = number | Cost;

/** What a page says of the lists within it. */
interface Sized {
  readonly length: Part;
  readonly fields: ReadonlySet<string>;
}

/** Lists of the schema, and how long they are assumed to be. */
const SCHEMA_LENGTHS: ReadonlyMap<string, number> = new Map([
  ['types', 100],
  ['directives', 10],
  ['fields', 5],
  ['inputFields', 5],
  ['enumValues', 5],
  ['args', 2],
  ['interfaces', 2],
  ['possibleTypes', 2],
]);
/** So the usual introspection costs less than half of what one person may spend on a request. */
const SCHEMA_VALUES_FOR_ONE = 10;

const NO_SIZE: Sized = { length: ASSUMED_LENGTH, fields: new Set() };

class Pricing {
  constructor(
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly prices: Prices,
    private readonly defaults: ReadonlyMap<string, number>,
  ) {}

  /** Sums what does not depend on variables at once, and keeps the rest for later. */
  selections({ selections }: SelectionSetNode, type: string, page: Sized): Part {
    return sum(
      selections.map(node => {
        if (node.kind === Kind.FIELD) return this.field(node, type, page);
        if (node.kind === Kind.INLINE_FRAGMENT) return this.selections(node.selectionSet, node.typeCondition?.name.value ?? type, page);
        const fragment = this.fragments.get(node.name.value);
        return fragment ? this.selections(fragment.selectionSet, fragment.typeCondition.name.value, page) : 0;
      }),
    );
  }

  private field(node: FieldNode, parent: string, page: Sized): Part {
    if (node.name.value === '__schema' || node.name.value === '__type')
      return Math.ceil(this.schemaValues(node.selectionSet) / SCHEMA_VALUES_FOR_ONE);
    const price = this.prices.of(parent, node.name.value);
    if (!price) return 0;
    const length = this.lengthOf(node, price);
    const below = { length, fields: price.size?.sizedFields ?? NO_SIZE.fields };
    const one = sum([price.weight, ...(node.selectionSet ? [this.selections(node.selectionSet, price.type, below)] : [])]);
    const times = page.fields.has(node.name.value) ? page.length : price.isList ? length : 1;
    return sum([this.argumentsOf(node, price), multiply(one, times)]);
  }

  /** How many values a question about the schema brings, more or less: it is answered from memory, but not for nothing. */
  private schemaValues(set: SelectionSetNode | undefined): number {
    return (set?.selections ?? []).reduce((total, node) => {
      if (node.kind === Kind.FIELD) return total + 1 + (SCHEMA_LENGTHS.get(node.name.value) ?? 1) * this.schemaValues(node.selectionSet);
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : this.fragments.get(node.name.value);
      return total + this.schemaValues(fragment?.selectionSet);
    }, 0);
  }

  private argumentsOf(node: FieldNode, { argumentWeights }: FieldPrice): number {
    return (node.arguments ?? []).reduce((total, { name }) => total + (argumentWeights.get(name.value) ?? 0), 0);
  }

  private lengthOf(node: FieldNode, { size }: FieldPrice): Part {
    if (!size || size.slicing.size === 0) return size?.assumed ?? ASSUMED_LENGTH;
    const lengths = [...size.slicing].flatMap(([name, byDefault]) => this.argumentLength(node, name, byDefault));
    if (lengths.length === 0) return size.assumed;
    if (lengths.every(length => typeof length === 'number')) return Math.max(...lengths);
    return variables => Math.max(...lengths.map(length => (typeof length === 'number' ? length : length(variables))));
  }

  private argumentLength(node: FieldNode, name: string, byDefault: number | null): readonly Part[] {
    const value = node.arguments?.find(argument => argument.name.value === name)?.value;
    if (value?.kind === Kind.INT) return [Number(value.value)];
    if (value?.kind !== Kind.VARIABLE) return byDefault === null ? [] : [byDefault];
    const variable = value.name.value;
    const fallback = this.defaults.get(variable) ?? byDefault ?? ASSUMED_LENGTH;
    return [
      variables => {
        const given = Object.hasOwn(variables, variable) ? variables[variable] : undefined;
        return typeof given === 'number' ? given : fallback;
      },
    ];
  }
}

function sum(parts: readonly Part[]): Part {
  let fixed = 0;
  const open: Cost[] = [];
  for (const part of parts) {
    if (typeof part === 'number') fixed += part;
    else open.push(part);
  }
  return open.length === 0 ? fixed : variables => open.reduce((total, cost) => total + cost(variables), fixed);
}

function multiply(cost: Part, times: Part): Part {
  if (typeof times === 'number') return typeof cost === 'number' ? times * cost : variables => times * cost(variables);
  return variables => times(variables) * (typeof cost === 'number' ? cost : cost(variables));
}

function defaultsOf(operation: OperationDefinitionNode): ReadonlyMap<string, number> {
  return new Map(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)] as const] : [],
    ),
  );
}
