import type { SavedOperation } from './saved-operations';

interface Props {
  readonly operations: readonly SavedOperation[];
  readonly current: string | null;
  readonly personaId: string | null;
  readonly onOpen: (operation: SavedOperation) => void;
}

/** The saved operations: first those of the persona that is signed in, then those that sign another one in. */
export function OperationList({ operations, current, personaId, onOpen }: Props) {
  const isOwn = ({ personas }: SavedOperation) => personaId === null || personas.includes(personaId);
  const groups = [
    { title: personaId === null ? 'Saved operations' : 'For this persona', entries: operations.filter(isOwn) },
    { title: 'For other personas', entries: operations.filter(operation => !isOwn(operation)) },
  ];
  return (
    <nav className="operations" aria-label="Saved operations">
      {groups
        .filter(({ entries }) => entries.length > 0)
        .map(({ title, entries }) => (
          <section key={title}>
            <h2>{title}</h2>
            <ul>
              {entries.map(operation => (
                <li key={operation.name}>
                  <button type="button" aria-current={operation.name === current} onClick={() => onOpen(operation)}>
                    <span className="title">
                      {operation.title}
                      {operation.isMutation && <em>changes</em>}
                      {!isOwn(operation) && <em className="who">{operation.personas[0]}</em>}
                    </span>
                    <span className="description">{operation.description}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
    </nav>
  );
}
