/**
 * A plan as this gateway runs it. Both planners, the native one and the stock one, are read into this one form, so that
 * nothing behind it knows which of them planned. There are no conditions in it: see settled-conditions.ts.
 */
export type Step = { readonly kind: 'sequence' | 'parallel'; readonly steps: readonly Step[] } | FetchStep | EntityStep;

/** Asks a house for fields of the root type, or of the objects at a path of a mutation's answer. */
export interface FetchStep extends Subrequest {
  readonly kind: 'fetch';
  readonly path: Path;
  readonly outputRewrites: readonly Rewrite[];
}

/** Asks a house for more of objects that are known by their keys. One request, also where there are several parts. */
export interface EntityStep extends Subrequest {
  readonly kind: 'entities';
  readonly parts: readonly EntityPart[];
}

export interface Subrequest {
  readonly house: string;
  readonly operation: string;
  readonly operationName: string | undefined;
  readonly isMutation: boolean;
  /** Names of the client's variables that the operation uses. */
  readonly variables: readonly string[];
}

export interface EntityPart {
  /** The key of its list in the house's answer. */
  readonly alias: string;
  readonly representations: string;
  /** Where the objects are that it asks for more of. */
  readonly paths: readonly Path[];
  /** What the house wants to know of each. */
  readonly requires: readonly RequiredSelection[];
  readonly inputRewrites: readonly Rewrite[];
  readonly outputRewrites: readonly Rewrite[];
}

/** A key, `@` for each item of a list, or the types that an object may have. */
export type Segment = string | TypeCondition;
export interface TypeCondition {
  readonly types: readonly string[];
}
export type Path = readonly Segment[];
export const EACH = '@';

export interface RequiredSelection {
  readonly kind: string;
  readonly name?: string | undefined;
  readonly alias?: string | undefined;
  readonly typeCondition?: string | undefined;
  readonly selections?: readonly RequiredSelection[] | undefined;
}

/** Sets a value, or gives a key another name, in what goes to a house or comes from it. */
export interface Rewrite {
  readonly path: Path;
  readonly change: { readonly value: string } | { readonly key: string };
}

/** A node as either planner writes it. */
export interface PlannedNode {
  readonly kind: string;
  readonly nodes?: readonly PlannedNode[] | undefined;
  readonly node?: PlannedNode | undefined;
  readonly path?: readonly PlannedSegment[] | undefined;
  readonly serviceName?: string | undefined;
  readonly operation?: string | undefined;
  readonly operationName?: string | undefined;
  readonly operationKind?: string | undefined;
  readonly variableUsages?: readonly string[] | undefined;
  readonly requires?: readonly RequiredSelection[] | undefined;
  readonly inputRewrites?: readonly PlannedRewrite[] | undefined;
  readonly outputRewrites?: readonly PlannedRewrite[] | undefined;
  readonly entityBatch?: { readonly aliases: readonly PlannedAlias[] } | undefined;
}

type PlannedSegment = string | number | { readonly Field: string } | { readonly TypeCondition: readonly string[] };
type PlannedKey = string | { readonly Key: string } | { readonly TypenameEquals: readonly string[] };
interface PlannedAlias {
  readonly alias: string;
  readonly representationsVariableName: string;
  readonly paths: readonly (readonly PlannedSegment[])[];
  readonly requires: readonly RequiredSelection[];
  readonly inputRewrites?: readonly PlannedRewrite[] | undefined;
  readonly outputRewrites?: readonly PlannedRewrite[] | undefined;
}
interface PlannedChange {
  readonly kind?: string | undefined;
  readonly path?: readonly PlannedKey[] | undefined;
  readonly setValueTo?: unknown;
  readonly renameKeyTo?: string | undefined;
}
interface PlannedRewrite extends PlannedChange {
  readonly ValueSetter?: PlannedChange | undefined;
  readonly KeyRenamer?: PlannedChange | undefined;
}

/** Reads a planner's plan. Throws on a node that nothing here can run. */
export function stepOf(node: PlannedNode | undefined, base: Path = []): Step | null {
  switch (node?.kind) {
    case undefined:
      return null;
    case 'Sequence':
    case 'Parallel': {
      const steps = (node.nodes ?? []).flatMap(part => stepOf(part, base) ?? []);
      return { kind: node.kind === 'Sequence' ? 'sequence' : 'parallel', steps };
    }
    case 'Flatten':
      return stepOf(node.node, [...base, ...(node.path ?? []).map(segmentOf)]);
    case 'Fetch':
      return fetchOf(node, base);
    case 'BatchFetch':
      return { kind: 'entities', ...subrequestOf(node), parts: (node.entityBatch?.aliases ?? []).map(alias => partOf(alias, base)) };
    default:
      throw new Error(`A plan holds a node that cannot be run: ${node?.kind}.`);
  }
}

function fetchOf(node: PlannedNode, base: Path): Step {
  const outputRewrites = rewritesOf(node.outputRewrites);
  if (!node.requires) return { kind: 'fetch', ...subrequestOf(node), path: base, outputRewrites };
  const inputRewrites = rewritesOf(node.inputRewrites);
  const part = {
    alias: '_entities',
    representations: 'representations',
    paths: [base],
    requires: node.requires,
    inputRewrites,
    outputRewrites,
  };
  return { kind: 'entities', ...subrequestOf(node), parts: [part] };
}

const subrequestOf = (node: PlannedNode): Subrequest => ({
  house: node.serviceName ?? '',
  operation: node.operation ?? '',
  operationName: node.operationName ?? undefined,
  isMutation: node.operationKind === 'mutation',
  variables: node.variableUsages ?? [],
});

function partOf(alias: PlannedAlias, base: Path): EntityPart {
  const inputRewrites = rewritesOf(alias.inputRewrites);
  return {
    alias: alias.alias,
    representations: alias.representationsVariableName,
    paths: alias.paths.map(path => [...base, ...path.map(segmentOf)]),
    requires: alias.requires,
    inputRewrites,
    outputRewrites: rewritesOf(alias.outputRewrites),
  };
}

function segmentOf(segment: PlannedSegment): Segment {
  if (typeof segment === 'string') return segment;
  if (typeof segment === 'number') throw new Error('A plan points at one item of a list.');
  return 'Field' in segment ? segment.Field : { types: segment.TypeCondition };
}

function keyOf(key: PlannedKey): Segment {
  if (typeof key !== 'string') return 'Key' in key ? key.Key : { types: key.TypenameEquals };
  return key.startsWith('... on ') ? { types: [key.slice('... on '.length)] } : key;
}

function rewritesOf(rewrites: readonly PlannedRewrite[] | undefined): readonly Rewrite[] {
  return (rewrites ?? []).map(rewrite => {
    const { path = [], setValueTo, renameKeyTo } = rewrite.ValueSetter ?? rewrite.KeyRenamer ?? rewrite;
    return { path: path.map(keyOf), change: renameKeyTo === undefined ? { value: String(setValueTo) } : { key: renameKeyTo } };
  });
}
