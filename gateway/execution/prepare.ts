import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
  validate,
} from 'graphql';
import { TOKENS_MAX } from '../limits';
import type { AskHouse } from './ask-house';
import { withSafeKeys } from './inherited-keys';
import { splitIntrospection } from './introspection';
import type { JsonObject } from './json';
import type { Planner } from './planner';
import { compilePlan, type RunStep } from './run-steps';
import { compileSerializer, type Serialize } from './serializer';
import { type PlannedNode, stepOf } from './steps';
import type { TypeFacts } from './type-facts';

/** A document with everything that can be known before it runs. */
export interface Prepared {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly plan: PlannedNode | undefined;
  readonly run: RunStep;
  readonly serialize: Serialize<JsonObject>;
  /** What it asks of the schema itself, by graphql-js; null when it does not. */
  readonly introspection: DocumentNode | null;
  dataKey(key: string): string;
  clientKey(key: string): string;
}

export interface PrepareOptions {
  readonly schema: GraphQLSchema;
  readonly facts: TypeFacts;
  readonly planner: Planner;
  readonly ask: AskHouse;
}

/** Why a document does not run: the errors of parsing or of validation. */
export interface Rejected {
  readonly code: 'BAD_USER_INPUT' | 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED' | 'OPERATION_RESOLUTION_FAILURE';
  readonly errors: readonly GraphQLError[];
}

const rejected = (code: Rejected['code'], ...errors: readonly GraphQLError[]): Rejected => ({ code, errors });

/** Parses, validates, plans and compiles, once for each document. Throws `PlanTooCostly`. */
export async function prepare(text: string, operationName: string | undefined, options: PrepareOptions): Promise<Prepared | Rejected> {
  const { schema } = options;
  const document = parsed(text);
  if (document instanceof GraphQLError) return rejected('GRAPHQL_PARSE_FAILED', document);
  const errors = validate(schema, document);
  if (errors.length > 0) return rejected('GRAPHQL_VALIDATION_FAILED', ...errors);
  const operation = getOperationAST(document, operationName);
  const rootType = operation && schema.getRootType(operation.operation);
  if (!operation || !rootType) return rejected('OPERATION_RESOLUTION_FAILURE', new GraphQLError('There is no operation of that name.'));
  const fragments = fragmentsIn(document);
  const { introspection, rest } = splitIntrospection(operation, fragments);
  const safe = withSafeKeys(documentOf({ ...operation, selectionSet: rest }, fragments));
  const asksHouses = rest.selections.some(node => node.kind !== Kind.FIELD || node.name.value !== '__typename');
  const plan = asksHouses ? await options.planner.plan(print(safe.document)) : undefined;
  const { dataKey, clientKey } = safe;
  return {
    document,
    operation,
    plan,
    introspection,
    run: compilePlan(stepOf(plan), options),
    serialize: compileSerializer(rootType, [{ selections: operation.selectionSet, when: [] }], { schema, fragments, dataKey }),
    dataKey,
    clientKey,
  };
}

function parsed(text: string): DocumentNode | GraphQLError {
  try {
    return parse(text, { maxTokens: TOKENS_MAX.others });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    if (error instanceof RangeError) return new GraphQLError('Syntax Error: The document is nested too deeply.');
    throw error;
  }
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

const fragmentsIn = (document: DocumentNode): Fragments =>
  new Map(document.definitions.filter(node => node.kind === Kind.FRAGMENT_DEFINITION).map(node => [node.name.value, node] as const));

/** A document of one operation and the fragments that it still spreads: planners refuse fragments that nobody uses. */
function documentOf(operation: OperationDefinitionNode, fragments: Fragments): DocumentNode {
  const used = new Set<FragmentDefinitionNode>();
  const walk = ({ selections }: SelectionSetNode): void => {
    for (const node of selections) {
      if (node.kind !== Kind.FRAGMENT_SPREAD) {
        if (node.selectionSet) walk(node.selectionSet);
        continue;
      }
      const fragment = fragments.get(node.name.value);
      if (!fragment || used.has(fragment)) continue;
      used.add(fragment);
      walk(fragment.selectionSet);
    }
  };
  walk(operation.selectionSet);
  return { kind: Kind.DOCUMENT, definitions: [operation, ...used] };
}
