import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
} from 'graphql';
import { isObject } from './json';
import { addError, type Run } from './run';

export interface OwedScope {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
}

/**
 * Finds where a value is missing that a house owed, and adds an error for each place that has none yet. It walks the
 * answer a second time, with graphql-js itself: rare enough to be slow, and then it had better be right.
 */
export async function tellOwedValues(run: Run, { schema, document }: OwedScope): Promise<void> {
  const read: GraphQLFieldResolver<unknown, unknown> = (source, _, __, { path, returnType }) => {
    const value = isObject(source) ? source[String(path.key)] : undefined;
    if (typeof value === 'function') return undefined;
    // Graphql-js would make text of a number; what a house sends is taken as it is, or not at all.
    if (isOtherKind(returnType, value)) throw new Error('A value is of another kind than its type.');
    return value;
  };
  const result: ExecutionResult = await execute({
    schema,
    document,
    rootValue: run.data,
    variableValues: run.variables,
    fieldResolver: read,
    typeResolver: (value, _, { schema: known }, abstract) => {
      const named = isObject(value) && typeof value['__typename'] === 'string' ? value['__typename'] : undefined;
      const type = named === undefined ? undefined : known.getType(named);
      if (isObjectType(type) && schema.isSubType(abstract, type)) return named;
      // Nobody could tell the type, and nobody asked for it: any of them has what was selected of the interface.
      return isAbstractType(type) ? schema.getPossibleTypes(abstract)[0]?.name : undefined;
    },
  });
  for (const { path } of (result.errors ?? []).filter(error => !isTold(error, run))) {
    addError(run, { message: 'owed', ...(path && { path }), extensions: { code: 'INTERNAL_SERVER_ERROR' } });
  }
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['String', 'string'],
  ['Boolean', 'boolean'],
  ['Int', 'number'],
  ['Float', 'number'],
]);

function isOtherKind(type: GraphQLOutputType, value: unknown): boolean {
  if (value === null || value === undefined) return false;
  const expected = KINDS.get(getNamedType(type).name);
  if (Array.isArray(value)) return value.some(item => isOtherKind(type, item));
  return expected !== undefined && typeof value !== expected;
}

/** Whether an error stands at the place already, above it, or below it. */
function isTold({ path = [] }: GraphQLError, { errors }: Run): boolean {
  return errors.some(({ path: told }) => told?.every((step, at) => at >= path.length || step === path[at]));
}
