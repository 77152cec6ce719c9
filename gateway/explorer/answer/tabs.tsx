import type { KeyboardEvent } from 'react';

interface Props<Id extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly id: Id; readonly title: string; readonly isEmpty?: boolean }[];
  readonly current: Id;
  readonly onPick: (id: Id) => void;
}

/** A row of tabs that arrow keys walk along, as WAI-ARIA describes them. */
export function Tabs<Id extends string>({ label, tabs, current, onPick }: Props<Id>) {
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = tabs.findIndex(({ id }) => id === current);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    onPick(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  return (
    <div role="tablist" aria-label={label} className="tabs" onKeyDown={walk}>
      {tabs.map(({ id, title, isEmpty }) => (
        <button
          key={id}
          id={`tab-${id}`}
          type="button"
          role="tab"
          aria-selected={id === current}
          aria-controls="answer-panel"
          tabIndex={id === current ? 0 : -1}
          className={isEmpty ? 'quiet' : undefined}
          onClick={() => onPick(id)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
