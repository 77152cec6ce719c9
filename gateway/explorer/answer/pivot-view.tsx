import { useMemo, useState } from 'react';
import { Choice } from './choice';
import { AGGREGATES, type Aggregate, pivotOf } from './pivot';
import type { Column, RowSet } from './row-sets';
import { CellText } from './table-view';
import { type Cell, type Kind, shownText } from './values';

const AGGREGATE_TITLES: Readonly<Record<Aggregate, string>> = {
  sum: 'Sum',
  mean: 'Mean',
  least: 'Least',
  most: 'Most',
  count: 'Number of rows',
};

/** Rows folded into lines and columns that the reader chooses. Amounts of different currencies stay apart. */
export function PivotView({ set }: { readonly set: RowSet }) {
  const labels = set.columns.filter(({ kind }) => kind !== 'money' && kind !== 'number');
  const values = set.columns.filter(({ kind }) => kind === 'money' || kind === 'number');
  const byId = (id: string) => set.columns.find(column => column.id === id) ?? null;
  const [downId, setDown] = useState(labels[0]?.id ?? '');
  const [acrossId, setAcross] = useState(labels[1]?.id ?? '');
  const [valueId, setValue] = useState(values[0]?.id ?? '');
  const [chosen, setAggregate] = useState<Aggregate>('sum');
  const value = byId(valueId);
  const aggregate = value ? chosen : 'count';
  const down = byId(downId);
  const across = acrossId === downId ? null : byId(acrossId);
  const pivot = useMemo(() => down && pivotOf(set.rows, { down, across, value, aggregate }), [set, down, across, value, aggregate]);
  if (!down || !pivot)
    return <p className="empty">A pivot needs a column of words or days to make lines of, and this answer has numbers only.</p>;
  const kind: Kind = aggregate === 'count' ? 'number' : (value?.kind ?? 'number');
  const columns = across ? pivot.across : [];
  return (
    <div className="table-view">
      <div className="tools">
        <Choice label="Lines" value={downId} options={optionsOf(labels)} onPick={setDown} />
        <Choice label="Columns" value={across ? acrossId : ''} options={[['', 'none'], ...optionsOf(labels)]} onPick={setAcross} />
        <Choice label="Of" value={valueId} options={[...optionsOf(values), ['', 'rows']]} onPick={setValue} />
        <Choice
          label="Tell"
          value={aggregate}
          options={AGGREGATES.filter(name => value || name === 'count').map(name => [name, AGGREGATE_TITLES[name]] as const)}
          onPick={name => setAggregate(AGGREGATES.find(known => known === name) ?? 'sum')}
        />
      </div>
      <div className="scroll">
        <table className="pivot">
          <thead>
            <tr>
              <th scope="col">{down.title}</th>
              {columns.map(cell => (
                <th key={shownText(cell, 'text')} scope="col" className={kind}>
                  {shownText(cell, across?.kind ?? 'text')}
                </th>
              ))}
              <th scope="col" className={kind}>
                All
              </th>
            </tr>
          </thead>
          <tbody>
            {[...pivot.down, null].map(line => (
              <tr key={line === null ? 'all' : `is ${shownText(line, 'text')}`} className={line === null ? 'total' : undefined}>
                <th scope="row">{line === null ? 'All' : shownText(line, down.kind)}</th>
                {[...columns, null].map(column => (
                  <td key={column === null ? 'all' : `is ${shownText(column, 'text')}`} className={kind}>
                    <Amounts cells={pivot.at(line, column)} kind={kind} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Amounts({ cells, kind }: { readonly cells: readonly Cell[]; readonly kind: Kind }) {
  if (cells.length === 0) return <span className="nothing">–</span>;
  return cells.map(cell => (
    <div key={shownText(cell, 'text').split(' ')[1] ?? 'only'}>
      <CellText cell={cell} kind={kind} />
    </div>
  ));
}

const optionsOf = (columns: readonly Column[]) => columns.map(({ id, title }) => [id, title] as const);
