import type { RowSet } from './row-sets';
import { CellText } from './table-view';

/** What the answer says once about the whole list: its total, its moment, whose it is. */
export function SetFacts({ set }: { readonly set: RowSet }) {
  const facts = set.facts.filter(({ title, cell }) => cell !== null && !title.startsWith('Definition'));
  if (facts.length === 0) return null;
  return (
    <dl className="facts">
      {facts.map(({ title, cell, kind }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>
            <CellText cell={cell} kind={kind} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
