import { type GraphQLInputObjectType, type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import { useId, useState } from 'react';
import { isValues, type Values, withValue } from './asked-variables';
import { type FieldProps, Required } from './field-parts';
import { LeafField } from './leaf-field';

/** A field for any input type of the graph: a value, a list of them, or an object with fields of its own. */
export function Field(props: FieldProps) {
  const { type } = props;
  const isRequired = isNonNullType(type);
  const inner = isNonNullType(type) ? type.ofType : type;
  if (isListType(inner)) return isEnumType(bare(inner.ofType)) ? <ManyOf {...props} /> : <ListField {...props} of={inner.ofType} />;
  if (isInputObjectType(inner)) return <ObjectField {...props} type={inner} isRequired={isRequired} />;
  return <LeafField {...props} type={inner} isRequired={isRequired} />;
}

const bare = (type: GraphQLInputType): GraphQLInputType => (isNonNullType(type) ? type.ofType : type);

/** Some of the values of an enumeration, each a box to tick. */
function ManyOf({ label, type, description, value, onChange }: FieldProps) {
  const list = bare(type);
  const member = isListType(list) ? bare(list.ofType) : null;
  const chosen: readonly unknown[] = Array.isArray(value) ? value : [];
  if (!isEnumType(member)) return null;
  return (
    <fieldset className="many" title={description ?? undefined}>
      <legend>
        {label}
        <Required isOn={isNonNullType(type)} />
      </legend>
      {member.getValues().map(({ name, description: meaning }) => (
        <label key={name} title={meaning ?? undefined}>
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            onChange={event => onChange(event.target.checked ? [...chosen, name] : chosen.filter(other => other !== name))}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}

function ListField({ label, type, description, value, onChange, of }: FieldProps & { readonly of: GraphQLInputType }) {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  return (
    <fieldset className="object" title={description ?? undefined}>
      <legend>
        {label}
        <Required isOn={isNonNullType(type)} />
      </legend>
      {entries.map((entry, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry of a list of inputs has no identity but its place.
        <div className="entry" key={at}>
          <Field label={`${at + 1}`} type={of} value={entry} onChange={next => onChange(entries.with(at, next ?? null))} />
          <button type="button" aria-label={`Remove ${label} ${at + 1}`} onClick={() => onChange(entries.toSpliced(at, 1))}>
            Remove
          </button>
        </div>
      ))}
      <button type="button" onClick={() => onChange([...entries, isInputObjectType(bare(of)) ? {} : ''])}>
        {`Add to ${label}`}
      </button>
    </fieldset>
  );
}

interface ObjectProps extends Omit<FieldProps, 'type'> {
  readonly type: GraphQLInputObjectType;
  readonly isRequired: boolean;
}

/** An object is as open as it is needed: one that may be left out is added by a click. */
function ObjectField({ label, type, description, value, onChange, isRequired }: ObjectProps) {
  const fields = Object.values(type.getFields());
  if (!isRequired && !isValues(value)) {
    return (
      <button type="button" className="optional" title={description ?? undefined} onClick={() => onChange({})}>
        {`Add ${label}`}
      </button>
    );
  }
  const values: Values = isValues(value) ? value : {};
  const isMoney =
    fields
      .map(({ name }) => name)
      .toSorted()
      .join() === 'amount,currency';
  return (
    <fieldset className={isMoney ? 'money-field' : 'object'} title={description ?? undefined}>
      <legend>
        {label}
        <Required isOn={isRequired} />
      </legend>
      {type.isOneOf ? (
        <OneOf fields={fields} values={values} onChange={onChange} />
      ) : (
        <FieldsOf fields={fields} values={values} onChange={onChange} />
      )}
      {!isRequired && (
        <button type="button" aria-label={`Leave ${label} out`} onClick={() => onChange(undefined)}>
          Leave out
        </button>
      )}
    </fieldset>
  );
}

/** The fields of an object: those that must be given and those that are, then the others, folded. */
function FieldsOf({ fields, values, onChange }: FieldsProps) {
  // Settled once: a field that is being filled in must not move away from under the cursor.
  const [main] = useState(() => new Set(fields.filter(({ name, type }) => isNonNullType(type) || name in values).map(({ name }) => name)));
  const shown = (field: InputField) => (
    <Field
      key={field.name}
      label={field.name}
      type={field.type}
      description={field.description}
      value={values[field.name]}
      onChange={next => onChange(withValue(values, field.name, next))}
    />
  );
  const others = fields.filter(({ name }) => !main.has(name));
  return (
    <>
      {fields.filter(({ name }) => main.has(name)).map(shown)}
      {others.length > 0 && (
        <details className="more">
          <summary>{`More: ${others.map(({ name }) => name).join(', ')}`}</summary>
          <div>{others.map(shown)}</div>
        </details>
      )}
    </>
  );
}

interface InputField {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly description?: string | null | undefined;
}

interface FieldsProps {
  readonly fields: readonly InputField[];
  readonly values: Values;
  readonly onChange: (value: unknown) => void;
}

/** Exactly one of the fields: which one is a choice, and the others are not there. */
function OneOf({ fields, values, onChange }: FieldsProps) {
  const id = useId();
  const chosen = fields.find(({ name }) => name in values);
  return (
    <>
      <label htmlFor={id} className="field">
        <span>Kind</span>
        <select id={id} value={chosen?.name ?? ''} onChange={event => onChange(event.target.value ? { [event.target.value]: {} } : {})}>
          <option value="">choose one</option>
          {fields.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {chosen && (
        <Field
          label={chosen.name}
          type={chosen.type}
          value={values[chosen.name]}
          onChange={next => onChange({ [chosen.name]: next ?? {} })}
        />
      )}
    </>
  );
}
