import {
  type ArgumentNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** The measure of an operation. It depends on the text alone, so it is taken once and checked on every request. */
export interface Shape {
  readonly depth: number;
  readonly introspectionDepth: number;
  readonly aliases: number;
  readonly rootFields: number;
  /** Selections after fragments are written out: every spread counts, also where there is nothing behind it. */
  readonly fields: number;
  /** Fields that are named once more in the same place, in the whole document: each is compared with all of its name. */
  readonly repeats: number;
  readonly fragments: number;
  readonly hasFragmentCycle: boolean;
  readonly exclusiveMutations: number;
  /** Page sizes written in the text. */
  readonly pageSizes: readonly number[];
  /** Names of variables used as page sizes, with their defaults. */
  readonly pageSizeVariables: ReadonlyMap<string, number | null>;
}

/** Measures an operation in one walk over its text: a fragment is measured once, however often it is spread. */
export function shapeOf(document: DocumentNode, operation: OperationDefinitionNode): Shape {
  const fragments = new Map(
    document.definitions.filter(node => node.kind === Kind.FRAGMENT_DEFINITION).map(node => [node.name.value, node] as const),
  );
  const walk = new Walk(fragments, operation);
  const measure = walk.measure(operation.selectionSet);
  const isMutation = operation.operation === 'mutation';
  return {
    depth: measure.depth,
    introspectionDepth: measure.introspectionDepth,
    aliases: measure.aliases,
    rootFields: measure.rootFields,
    fields: measure.fields,
    repeats: new Walk(fragments, operation).repeatsIn(document),
    fragments: fragments.size,
    hasFragmentCycle: walk.hasCycle,
    exclusiveMutations: isMutation ? measure.rootNames.filter(name => name !== '__typename' && !SHARED_MUTATIONS.has(name)).length : 0,
    pageSizes: walk.pageSizes,
    pageSizeVariables: walk.pageSizeVariables,
  };
}

/**
 * Mutations that keep customer records. Any number of them may share a request. Every other mutation moves money,
 * seats, licences or access and stands alone, so that one request is one attempt against the limits of its target.
 */
const SHARED_MUTATIONS = new Set([
  'addMember',
  'changeContact',
  'changeMemberRole',
  'createBillingAccount',
  'createOrganization',
  'inviteMember',
  'removeMember',
  'updateBillingAccount',
  'updateContact',
  'updateOrganization',
]);

// A count stops here: doubling fragments reach 2^20 in a kilobyte of text and 2^1000 in a megabyte.
const COUNT_MAX = 1_000_000;
const NAMES_MAX = 1_100;
const add = (a: number, b: number): number => Math.min(a + b, COUNT_MAX);

interface Measure {
  readonly depth: number;
  readonly introspectionDepth: number;
  readonly aliases: number;
  readonly fields: number;
  readonly repeats: number;
  readonly rootFields: number;
  /** Names of the fields on the first level, and the keys that they are answered by: more than are allowed, not all. */
  readonly rootNames: readonly string[];
  readonly keys: readonly string[];
}

const NOTHING: Measure = { depth: 0, introspectionDepth: 0, aliases: 0, fields: 0, repeats: 0, rootFields: 0, rootNames: [], keys: [] };
const ONE: Measure = { ...NOTHING, fields: 1 };

class Walk {
  readonly pageSizes: number[] = [];
  readonly pageSizeVariables = new Map<string, number | null>();
  hasCycle = false;
  private readonly measureByFragment = new Map<string, Measure>();
  private readonly open = new Set<string>();

  constructor(
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly operation: OperationDefinitionNode,
  ) {}

  measure({ selections }: SelectionSetNode): Measure {
    const parts = selections.map(node => this.measureSelection(node));
    return {
      ...parts.reduce(both, NOTHING),
      rootNames: parts.flatMap(({ rootNames }) => rootNames).slice(0, NAMES_MAX),
      keys: parts.flatMap(({ keys }) => keys).slice(0, NAMES_MAX),
    };
  }

  /** Validation compares whatever a document holds, so what nobody asks for counts as well. */
  repeatsIn({ definitions }: DocumentNode): number {
    const sets = definitions.flatMap(node => {
      if (node.kind === Kind.OPERATION_DEFINITION) return this.measure(node.selectionSet);
      const isUnused = node.kind === Kind.FRAGMENT_DEFINITION && !this.measureByFragment.has(node.name.value);
      return isUnused ? this.measureFragment(node.name.value) : [];
    });
    return sets.reduce((total, set) => add(total, set.repeats + repeatsAmong(set.keys)), 0);
  }

  private measureSelection(node: SelectionSetNode['selections'][number]): Measure {
    if (node.kind === Kind.INLINE_FRAGMENT) return both(ONE, this.measure(node.selectionSet));
    if (node.kind === Kind.FRAGMENT_SPREAD) return both(ONE, this.measureFragment(node.name.value));
    for (const argument of node.arguments ?? []) this.notePageSize(argument);
    const below = node.selectionSet ? this.measure(node.selectionSet) : NOTHING;
    const name = node.name.value;
    const isIntrospection = name === '__schema' || name === '__type';
    return {
      depth: isIntrospection ? 1 : below.depth + 1,
      introspectionDepth: isIntrospection ? below.depth + 1 : below.introspectionDepth,
      aliases: add(below.aliases, node.alias ? 1 : 0),
      fields: add(below.fields, 1),
      repeats: add(below.repeats, repeatsAmong(below.keys)),
      rootFields: 1,
      rootNames: [name],
      keys: [node.alias?.value ?? name],
    };
  }

  private measureFragment(name: string): Measure {
    const known = this.measureByFragment.get(name);
    if (known) return known;
    const fragment = this.fragments.get(name);
    if (this.open.has(name)) this.hasCycle = true;
    if (!fragment || this.open.has(name)) return NOTHING;
    this.open.add(name);
    const measure = this.measure(fragment.selectionSet);
    this.open.delete(name);
    this.measureByFragment.set(name, measure);
    return measure;
  }

  private notePageSize({ name, value }: ArgumentNode): void {
    if (name.value !== 'first' && name.value !== 'last') return;
    if (value.kind === Kind.INT) this.pageSizes.push(Number(value.value));
    if (value.kind !== Kind.VARIABLE) return;
    const definition = this.operation.variableDefinitions?.find(({ variable }) => variable.name.value === value.name.value);
    this.pageSizeVariables.set(
      value.name.value,
      definition?.defaultValue?.kind === Kind.INT ? Number(definition.defaultValue.value) : null,
    );
  }
}

function both(a: Measure, b: Measure): Measure {
  return {
    depth: Math.max(a.depth, b.depth),
    introspectionDepth: Math.max(a.introspectionDepth, b.introspectionDepth),
    aliases: add(a.aliases, b.aliases),
    fields: add(a.fields, b.fields),
    repeats: add(a.repeats, b.repeats),
    rootFields: add(a.rootFields, b.rootFields),
    rootNames: b.rootNames,
    keys: b.keys,
  };
}

const repeatsAmong = (keys: readonly string[]): number => keys.length - new Set(keys).size;
