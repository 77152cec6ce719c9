interface Props {
  readonly columns: readonly { readonly id: string; readonly title: string; readonly isShown: boolean; readonly toggle: () => void }[];
}

/** Which columns are shown, and go into the file. */
export function ColumnChoice({ columns }: Props) {
  const shown = columns.filter(({ isShown }) => isShown).length;
  return (
    <details className="choice">
      <summary>{shown === columns.length ? 'Columns' : `Columns: ${shown} of ${columns.length}`}</summary>
      <fieldset>
        <legend>Columns</legend>
        {columns.map(({ id, title, isShown, toggle }) => (
          <label key={id}>
            <input type="checkbox" checked={isShown} disabled={isShown && shown === 1} onChange={toggle} />
            {title}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
