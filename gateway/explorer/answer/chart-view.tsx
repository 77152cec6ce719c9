import { lazy, Suspense, useState } from 'react';
import { currenciesOf, pointsOf } from './chart-points';
import { Choice } from './choice';
import type { Column, RowSet } from './row-sets';

/** Drawing comes along when somebody draws: most visits never need it. */
const Drawing = lazy(() => import('./drawing'));
const VALUES_MAX = 6;

export type ChartKind = 'bar' | 'line';

/** Bars or lines of the columns that the reader chooses; first what is most likely meant. */
export function ChartView({ set }: { readonly set: RowSet }) {
  const labels = set.columns.filter(({ kind }) => kind !== 'money' && kind !== 'number');
  const numbers = set.columns.filter(({ kind }) => kind === 'money' || kind === 'number');
  const [kind, setKind] = useState<ChartKind>(labels[0] && isDay(labels[0]) ? 'line' : 'bar');
  const [xId, setX] = useState(labels[0]?.id ?? '');
  const [seriesId, setSeries] = useState(labels.length > 1 && labels.length < 4 ? (labels[1]?.id ?? '') : '');
  const [valueIds, setValues] = useState<readonly string[]>(() => firstValue(labels[0], numbers));
  const x = labels.find(({ id }) => id === xId);
  const series = seriesId === xId ? null : (labels.find(({ id }) => id === seriesId) ?? null);
  const values = numbers.filter(({ id }) => valueIds.includes(id));
  if (!x || numbers.length === 0 || set.rows.length === 0)
    return <p className="empty">A chart needs a column to set out and a number to draw, and this answer has not both.</p>;
  const currencies = currenciesOf(set.rows, values);
  const points = pointsOf(set.rows, { x, values, series });
  const options = labels.map(column => [column.id, column.title] as const);
  const toggle = (id: string) =>
    setValues(before => (before.includes(id) ? before.filter(other => other !== id) : [...before, id].slice(-VALUES_MAX)));
  return (
    <div className="chart-view">
      <div className="tools">
        <fieldset className="segments">
          <legend>Kind of chart</legend>
          {(['bar', 'line'] as const).map(name => (
            <button key={name} type="button" aria-pressed={name === kind} onClick={() => setKind(name)}>
              {name === 'bar' ? 'Bars' : 'Lines'}
            </button>
          ))}
        </fieldset>
        <Choice label="Along" value={xId} options={options} onPick={setX} />
        <Choice label="Apart by" value={series ? seriesId : ''} options={[['', 'nothing'], ...options]} onPick={setSeries} />
        <fieldset className="values">
          <legend>Show</legend>
          {numbers.map(({ id, title }) => (
            <label key={id}>
              <input type="checkbox" checked={valueIds.includes(id)} onChange={() => toggle(id)} />
              {title}
            </label>
          ))}
        </fieldset>
      </div>
      {currencies.length > 1 && (
        <p className="remark" role="note">
          {`Amounts are in ${currencies.join(', ')}: they are drawn side by side and say nothing about each other.`}
        </p>
      )}
      {values.length === 0 ? (
        <p className="empty">Choose a number to show.</p>
      ) : (
        <Suspense fallback={<p className="empty">Drawing…</p>}>
          <Drawing
            kind={kind}
            points={points}
            isTime={isDay(x)}
            caption={`${values.map(({ title }) => title).join(', ')} by ${x.title.toLowerCase()}`}
            xLabel={x.title}
            yLabel={[values.length === 1 ? values[0]?.title : '', currencies.join(', ')].filter(Boolean).join(', ')}
          />
        </Suspense>
      )}
    </div>
  );
}

/** Over time the last number is most often what became of the others: the closing amount, the balance. */
function firstValue(x: Column | undefined, numbers: readonly Column[]): readonly string[] {
  const likely = x && isDay(x) ? numbers.at(-1) : numbers[0];
  return likely ? [likely.id] : [];
}

const isDay = ({ kind }: Column): boolean => kind === 'date' || kind === 'moment';
