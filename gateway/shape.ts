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
  readonly fields: number;
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
const ROOT_NAMES_MAX = 100;
const add = (a: number, b: number): number => Math.min(a + b, COUNT_MAX);

interface Measure {
  readonly depth: number;
  readonly introspectionDepth: number;
  readonly aliases: number;
  readonly fields: number;
  /** Names of the fields on the first level: the first hundred, more than are allowed. */
  readonly rootNames: readonly string[];
  readonly rootFields: number;
}

const NOTHING: Measure = { depth: 0, introspectionDepth: 0, aliases: 0, fields: 0, rootNames: [], rootFields: 0 };

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
    return selections.map(node => this.measureSelection(node)).reduce(both, NOTHING);
  }

  private measureSelection(node: SelectionSetNode['selections'][number]): Measure {
    if (node.kind === Kind.INLINE_FRAGMENT) return this.measure(node.selectionSet);
    if (node.kind === Kind.FRAGMENT_SPREAD) return this.measureFragment(node.name.value);
    for (const argument of node.arguments ?? []) this.notePageSize(argument);
    const below = node.selectionSet ? this.measure(node.selectionSet) : NOTHING;
    const name = node.name.value;
    const isIntrospection = name === '__schema' || name === '__type';
    return {
      depth: isIntrospection ? 1 : below.depth + 1,
      introspectionDepth: isIntrospection ? below.depth + 1 : below.introspectionDepth,
      aliases: add(below.aliases, node.alias ? 1 : 0),
      fields: add(below.fields, 1),
      rootNames: [name],
      rootFields: 1,
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
    rootNames: [...a.rootNames, ...b.rootNames].slice(0, ROOT_NAMES_MAX),
    rootFields: add(a.rootFields, b.rootFields),
  };
}
