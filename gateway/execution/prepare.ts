import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  OverlappingFieldsCanBeMergedRule,
  parse,
  print,
  type SelectionSetNode,
  specifiedRules,
  validate,
} from 'graphql';
import { TOKENS_MAX } from '../limits';
import type { AskHouse } from './ask-house';
import type { RunStep } from './compiled-step';
import { splitIntrospection } from './introspection';
import type { JsonObject } from './json';
import type { PlannedInterfaces } from './planned-interfaces';
import type { Planner } from './planner';
import { compilePlan } from './run-steps';
import { withSafeKeys } from './safe-keys';
import { compileSerializer, type Serialize } from './serializer';
import { asPlanned, settle } from './settled-conditions';
import { turnOfOthers } from './slices';
import { type PlannedNode, stepOf } from './steps';
import type { TypeFacts } from './type-facts';

/** A document that fits the schema, and the one operation in it that is meant. */
export interface ValidDocument {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** Why a document does not run. */
export interface Rejected {
  readonly code: 'BAD_USER_INPUT' | 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED' | 'OPERATION_RESOLUTION_FAILURE';
  readonly errors: readonly GraphQLError[];
}

const rejected = (code: Rejected['code'], ...errors: readonly GraphQLError[]): Rejected => ({ code, errors });

export type Checked = ValidDocument | Rejected;

/** Parses and validates: a large document in several turns. */
export function check(text: string, operationName: string | undefined, schema: GraphQLSchema): Checked | Promise<Checked> {
  if (turnOfOthers(text.length)) return checkInTurns(text, operationName, schema);
  const document = parsed(text);
  if (document instanceof GraphQLError) return rejected('GRAPHQL_PARSE_FAILED', document);
  return checked(document, validate(schema, document), operationName);
}

async function checkInTurns(text: string, operationName: string | undefined, schema: GraphQLSchema): Promise<Checked> {
  await turnOfOthers(text.length);
  const document = parsed(text);
  if (document instanceof GraphQLError) return rejected('GRAPHQL_PARSE_FAILED', document);
  const errors: GraphQLError[] = [];
  for (const rules of RULES_IN_TURNS) {
    await turnOfOthers(text.length);
    errors.push(...validate(schema, document, rules));
  }
  return checked(document, errors, operationName);
}

/** Comparing all fields of one name takes as long as everything else together. */
const RULES_IN_TURNS = [[OverlappingFieldsCanBeMergedRule], specifiedRules.filter(rule => rule !== OverlappingFieldsCanBeMergedRule)];

function checked(document: DocumentNode, errors: readonly GraphQLError[], operationName: string | undefined): Checked {
  if (errors.length > 0) return rejected('GRAPHQL_VALIDATION_FAILED', ...errors);
  const operation = getOperationAST(document, operationName);
  if (!operation) return rejected('OPERATION_RESOLUTION_FAILURE', new GraphQLError('There is no operation of that name.'));
  return { document, operation };
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

/** An operation with everything that can be known before it runs. */
export interface Prepared {
  /** The operation with its conditions settled and its keys safe, as the answer is written. */
  readonly document: DocumentNode;
  readonly plan: PlannedNode | undefined;
  readonly run: RunStep;
  readonly serialize: Serialize<JsonObject>;
  /** What it asks of the schema itself; null when it does not. */
  readonly introspection: DocumentNode | null;
  clientKey(key: string): string;
}

export interface PrepareOptions {
  readonly schema: GraphQLSchema;
  readonly facts: TypeFacts;
  readonly planner: Planner;
  readonly interfaces: PlannedInterfaces;
  readonly ask: AskHouse;
}

/** Plans and compiles an operation, for one way in which its conditions may hold. Throws `PlanTooCostly`. */
export async function prepare(
  { document, operation }: ValidDocument,
  holds: (variable: string) => boolean,
  options: PrepareOptions,
): Promise<Prepared> {
  const { schema, interfaces } = options;
  const length = document.loc?.end ?? 0;
  await turnOfOthers(length);
  const settled = settle(documentOf(operation, fragmentsIn(document)), holds);
  const { document: safe, clientKey } = withSafeKeys(settled, interfaces.areSomeOneType);
  const own = safe.definitions.find(node => node.kind === Kind.OPERATION_DEFINITION);
  const rootType = schema.getRootType(operation.operation);
  if (!own || !rootType) throw new Error('An operation without a root type was found valid.');
  const fragments = fragmentsIn(safe);
  const { introspection, rest } = splitIntrospection(own, fragments);
  const planned = interfaces.prepare(asPlanned(documentOf({ ...own, selectionSet: rest }, fragments)));
  const asksHouses = rest.selections.some(node => node.kind !== Kind.FIELD || node.name.value !== '__typename');
  const plan = asksHouses ? await options.planner.plan(print(planned)) : undefined;
  await turnOfOthers(length);
  const { run, sharedPlaces } = compilePlan(stepOf(plan), options);
  await turnOfOthers(length);
  return {
    document: safe,
    plan,
    run,
    serialize: compileSerializer(rootType, [own.selectionSet], { schema, fragments, clientKey, sharedPlaces, place: '' }),
    introspection,
    clientKey,
  };
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
