import { type GraphQLInputType, isEnumType } from 'graphql';
import { useId } from 'react';
import { type FieldProps, Required } from './field-parts';

type Props = Omit<FieldProps, 'type'> & { readonly type: GraphQLInputType; readonly isRequired: boolean };

/** A field for a scalar or an enumeration, in the form that people know for it. What is emptied is left out. */
export function LeafField({ label, type, description, value, onChange, isRequired }: Props) {
  const id = useId();
  return (
    <label className="field" htmlFor={id} title={description ?? undefined}>
      <span>
        {label}
        <Required isOn={isRequired} />
      </span>
      <Control id={id} type={type} value={value} onChange={onChange} isRequired={isRequired} />
    </label>
  );
}

interface ControlProps extends Pick<Props, 'type' | 'value' | 'onChange' | 'isRequired'> {
  readonly id: string;
}

function Control({ id, type, value, onChange, isRequired }: ControlProps) {
  const name = 'name' in type ? type.name : 'String';
  const text = value === undefined || value === null ? '' : String(value);
  const given = (next: string) => onChange(next === '' ? undefined : next);
  if (isEnumType(type)) {
    const options = type.getValues().map(option => option.name);
    return <Select id={id} options={options} value={text} isRequired={isRequired} onPick={given} />;
  }
  if (name === 'Boolean') {
    const pick = (next: string) => onChange(next === '' ? undefined : next === 'true');
    return <Select id={id} options={['true', 'false']} value={text} isRequired={isRequired} onPick={pick} />;
  }
  if (name === 'DateTime') {
    const pick = (next: string) => given(next && `${next.length === MINUTES ? `${next}:00` : next}Z`);
    const local = text.replace(/(\.\d+)?Z$/, '');
    return (
      <input
        id={id}
        type="datetime-local"
        step="1"
        title="UTC"
        required={isRequired}
        value={local}
        onChange={event => pick(event.target.value)}
      />
    );
  }
  const isNumber = name === 'Int' || name === 'Float';
  return (
    <input
      id={id}
      type={name === 'Date' ? 'date' : isNumber ? 'number' : 'text'}
      inputMode={name === 'Decimal' ? 'decimal' : undefined}
      placeholder={PLACEHOLDERS[name]}
      required={isRequired}
      autoComplete="off"
      spellCheck={false}
      value={text}
      onChange={event => (isNumber && event.target.value !== '' ? onChange(Number(event.target.value)) : given(event.target.value))}
    />
  );
}

/** As many characters as a moment has that is told to the minute. */
const MINUTES = '2026-06-30T10:00'.length;

const PLACEHOLDERS: Readonly<Record<string, string>> = {
  Decimal: '0.00',
  CurrencyCode: 'USD',
  CountryCode: 'DE',
  EmailAddress: 'name@example.com',
  URL: 'https://',
};

interface SelectProps {
  readonly id: string;
  readonly options: readonly string[];
  readonly value: string;
  readonly isRequired: boolean;
  readonly onPick: (value: string) => void;
}

function Select({ id, options, value, isRequired, onPick }: SelectProps) {
  return (
    <select id={id} value={value} required={isRequired} onChange={event => onPick(event.target.value)}>
      {(!isRequired || value === '') && <option value="">{isRequired ? 'choose one' : 'not given'}</option>}
      {options.map(option => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </select>
  );
}
