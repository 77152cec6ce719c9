import { useEffect, useRef, useState } from 'react';
import type { SavedOperation } from './saved-operations';

interface Props {
  readonly operations: readonly SavedOperation[];
  readonly current: string | null;
  readonly personaId: string | null;
  readonly onOpen: (operation: SavedOperation) => void;
}

/** The saved operations: first those of the persona that is signed in, then those that sign another one in. */
export function OperationList({ operations, current, personaId, onOpen }: Props) {
  const [words, setWords] = useState('');
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || isWriting(event.target)) return;
      event.preventDefault();
      search.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  const fits = ({ name, title, description }: SavedOperation) =>
    `${name} ${title} ${description}`.toLowerCase().includes(words.trim().toLowerCase());
  const found = operations.filter(fits);
  const isOwn = ({ personas }: SavedOperation) => personaId === null || personas.includes(personaId);
  const groups = [
    { title: personaId === null ? 'Saved operations' : 'For this persona', entries: found.filter(isOwn) },
    { title: 'For other personas', entries: found.filter(operation => !isOwn(operation)) },
  ];
  return (
    <nav className="operations" aria-label="Saved operations">
      <input
        ref={search}
        type="search"
        placeholder="Find an operation ( / )"
        aria-label="Find an operation"
        onChange={event => setWords(event.target.value)}
      />
      {found.length === 0 && <p className="empty">No saved operation speaks of that.</p>}
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

/** A slash that somebody writes is a slash. */
const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
