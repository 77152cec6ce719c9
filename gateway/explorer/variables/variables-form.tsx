import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { useMemo } from 'react';
import { askedVariables, type Values, withValue } from './asked-variables';
import { Field } from './field';

interface Props {
  readonly operation: OperationDefinitionNode;
  readonly schema: GraphQLSchema;
  /** Null while the editor's text is no JSON. */
  readonly values: Values | null;
  readonly onChange: (values: Values) => void;
}

/** The variables of an operation as a form, typed by the schema. The editor below shows the same values. */
export function VariablesForm({ operation, schema, values, onChange }: Props) {
  const asked = useMemo(() => askedVariables(operation, schema), [operation, schema]);
  if (asked.length === 0) return null;
  if (!values) return <p className="remark">The variables in the editor are not JSON: mend them there, and the form comes back.</p>;
  return (
    <div className="fields">
      {asked.map(({ name, type, byDefault }) => (
        <Field
          key={name}
          label={name}
          type={type}
          value={values[name] ?? byDefault}
          onChange={next => onChange(withValue(values, name, next))}
        />
      ))}
    </div>
  );
}
