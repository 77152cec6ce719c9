interface Props {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, title: string])[];
  readonly onPick: (value: string) => void;
}

/** A label and a choice of a few. */
export function Choice({ label, value, options, onPick }: Props) {
  return (
    <label className="pick">
      {label}
      <select value={value} onChange={event => onPick(event.target.value)}>
        {options.map(([option, title]) => (
          <option key={option} value={option}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
