import { type DocumentNode, execute, type GraphQLSchema, Kind, type OperationDefinitionNode, validate } from 'graphql';

/** An operation, with what is needed to run it. */
interface Question {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

const aboutSchema = new WeakMap<OperationDefinitionNode, boolean>();

/** Whether nothing but the schema is asked about. It is a matter of the text alone, so it is looked at once. */
export function isAboutSchemaOnly(operation: OperationDefinitionNode): boolean {
  let isOnly = aboutSchema.get(operation);
  if (isOnly === undefined) {
    const names = operation.selectionSet.selections.map(node => (node.kind === Kind.FIELD ? node.name.value : ''));
    isOnly = names.every(name => name.startsWith('__')) && names.some(name => name !== '__typename');
    aboutSchema.set(operation, isOnly);
  }
  return isOnly;
}

interface KnownQuestion {
  readonly schema: GraphQLSchema;
  readonly isValid: boolean;
  /** The answer, where no variable can change it: to tell the whole schema takes a while. */
  answer?: string;
}

const questions = new WeakMap<OperationDefinitionNode, KnownQuestion>();

/**
 * Answers questions about the schema alone, with what can be followed in it, which executors do not know. Null where
 * something is wrong: then the executor says what.
 */
export async function answerAboutSchema(
  schema: GraphQLSchema | null,
  { document, operation, variables }: Question,
): Promise<string | null> {
  if (!schema) return null;
  let known = questions.get(operation);
  if (known?.schema !== schema) {
    known = { schema, isValid: validate(schema, document, undefined, { maxErrors: 1 }).length === 0 };
    questions.set(operation, known);
  }
  if (!known.isValid) return null;
  if (known.answer !== undefined) return known.answer;
  const { data, errors } = await execute({ schema, document, variableValues: variables, operationName: operation.name?.value });
  if (errors || !data) return null;
  const answer = JSON.stringify({ data });
  if ((operation.variableDefinitions ?? []).length === 0) known.answer = answer;
  return answer;
}
