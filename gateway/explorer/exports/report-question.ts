import { type FieldNode, type GraphQLSchema, isEnumType, Kind, valueFromASTUntyped } from 'graphql';
import type { Run } from '../answer/run';
import { operationIn } from '../variables/asked-variables';

/** A report as the house that makes files of it is asked for it. */
export type ReportQuestion = Readonly<Record<string, unknown>> & { readonly name: string };

/** The reports of an answer that can be taken away as files: fields of the root that bear a report's name, with what they were asked with. */
export function reportQuestions(run: Run, schema: GraphQLSchema | null): readonly ReportQuestion[] {
  const names = schema?.getType('ReportName');
  const operation = operationIn(run.text, run.operationName);
  if (!isEnumType(names) || !operation) return [];
  return operation.selectionSet.selections.flatMap(selection => {
    if (selection.kind !== Kind.FIELD) return [];
    const name = reportNameOf(selection.name.value);
    return names.getValue(name) ? [{ name, ...argumentsOf(selection, run.variables) }] : [];
  });
}

/** The field `arAging` tells the report `AR_AGING`. */
export const reportNameOf = (field: string): string => field.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();

function argumentsOf({ arguments: given = [] }: FieldNode, variables: Run['variables']): Readonly<Record<string, unknown>> {
  const values = given.map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined && value !== null));
}
