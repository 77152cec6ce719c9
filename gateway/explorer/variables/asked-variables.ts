import {
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  parse,
  typeFromAST,
  valueFromASTUntyped,
} from 'graphql';

/** A variable that an operation asks for, as a form offers it. */
export interface AskedVariable {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly isRequired: boolean;
  readonly byDefault: unknown;
}

/** The operation that would run: the one of the name, or the first. Null while the text cannot be read. */
export function operationIn(text: string, name: string | undefined): OperationDefinitionNode | null {
  try {
    const operations = parse(text).definitions.filter(node => node.kind === Kind.OPERATION_DEFINITION);
    return operations.find(operation => operation.name?.value === name) ?? operations[0] ?? null;
  } catch {
    return null;
  }
}

export function askedVariables(operation: OperationDefinitionNode, schema: GraphQLSchema): readonly AskedVariable[] {
  return (operation.variableDefinitions ?? []).flatMap(({ variable, type: node, defaultValue }) => {
    const type = typeFromAST(schema, node);
    if (!isInputType(type)) return [];
    const byDefault = defaultValue ? valueFromASTUntyped(defaultValue) : undefined;
    return [{ name: variable.name.value, type, isRequired: isNonNullType(type) && byDefault === undefined, byDefault }];
  });
}

export type Values = Readonly<Record<string, unknown>>;

/** The values in a JSON text; null where it is none. */
export function valuesIn(json: string): Values | null {
  if (json.trim() === '') return {};
  try {
    const parsed: unknown = JSON.parse(json);
    return isValues(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

export const isValues = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The values with one of them changed, or left out when it is undefined. */
export function withValue(values: Values, name: string, value: unknown): Values {
  const { [name]: _, ...others } = values;
  if (value === undefined) return others;
  return name in values ? { ...values, [name]: value } : { ...others, [name]: value };
}
