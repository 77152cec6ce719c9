import type { GraphQLSchema } from 'graphql';
import { useMemo, useState } from 'react';
import { type ReportQuestion, reportNameOf, reportQuestions } from '../exports/report-question';
import { ChartView } from './chart-view';
import { Choice } from './choice';
import { documentFacts } from './document-facts';
import { HowView } from './how-view';
import { MetricNote } from './metric-note';
import { PivotView } from './pivot-view';
import { Problems } from './problems';
import { firstRowSet, type RowSet, rowSetsOf } from './row-sets';
import type { Run } from './run';
import { SetFacts } from './set-facts';
import { TableView } from './table-view';
import { Tabs } from './tabs';

const TABS = [
  { id: 'table', title: 'Table' },
  { id: 'pivot', title: 'Pivot' },
  { id: 'chart', title: 'Chart' },
  { id: 'json', title: 'JSON' },
  { id: 'how', title: 'Plan and time' },
] as const;
type TabId = (typeof TABS)[number]['id'];

interface Props {
  readonly run: Run | null;
  readonly isAsking: boolean;
  /** The editors stand. Before that, GraphiQL would let a click on Run pass without a word. */
  readonly isReady: boolean;
  readonly schema: GraphQLSchema | null;
}

/** An answer in five forms. The JSON is GraphiQL's own; the others are made of the same answer. */
export function AnswerPanel({ run, isAsking, isReady, schema }: Props) {
  const [tab, setTab] = useState<TabId>('table');
  const [isWide, setWide] = useState(false);
  return (
    <section
      className="answer"
      data-tab={tab}
      data-asking={isAsking}
      data-ready={isReady}
      data-wide={isWide}
      aria-label="Answer"
      aria-busy={isAsking}
    >
      <div className="top">
        <Tabs label="Forms of the answer" tabs={TABS} current={tab} onPick={setTab} />
        <button type="button" className="widen" aria-pressed={isWide} onClick={() => setWide(before => !before)}>
          {isWide ? 'Show the editor' : 'Widen'}
        </button>
      </div>
      <div id="answer-panel" role="tabpanel" aria-labelledby={`tab-${tab}`} hidden={tab === 'json'}>
        {run ? <Answered run={run} tab={tab} schema={schema} /> : <Unasked isAsking={isAsking} />}
      </div>
      <div className="visually-hidden" role="status">
        {isAsking ? 'Asking' : run ? 'Answered' : ''}
      </div>
    </section>
  );
}

function Unasked({ isAsking }: { readonly isAsking: boolean }) {
  return isAsking ? (
    <div className="skeleton" aria-hidden="true" />
  ) : (
    <div className="welcome">
      <h3>Nothing has been asked yet</h3>
      <p>
        Choose a saved operation on the left and press <b>Run</b>, or press <kbd>Ctrl</kbd> <kbd>Enter</kbd> in the editor.
      </p>
    </div>
  );
}

function Answered({ run, tab, schema }: { readonly run: Run; readonly tab: TabId; readonly schema: GraphQLSchema | null }) {
  const { text, operationName, variables, answer } = run;
  const sets = useMemo(
    () => rowSetsOf(answer.data, documentFacts(text, operationName, variables, schema)),
    [text, operationName, variables, answer, schema],
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const set = sets.find(({ id }) => id === chosen) ?? firstRowSet(sets);
  const problems = <Problems errors={answer.errors ?? []} data={answer.data} hasRest={set !== undefined} />;
  if (tab === 'how') return <HowView run={run} />;
  if (!set) return problems;
  const key = `${set.id} ${set.columns.map(({ id }) => id).join()}`;
  return (
    <>
      {problems}
      <div className="set">
        {sets.length > 1 ? (
          <Choice label="Of the answer" value={set.id} options={sets.map(({ id, title }) => [id, title] as const)} onPick={setChosen} />
        ) : (
          <h3>{set.title}</h3>
        )}
        <MetricNote set={set} />
      </div>
      <SetFacts set={set} />
      {tab === 'table' && <TableView key={key} set={set} fileName={operationName ?? 'answer'} question={questionFor(set, run, schema)} />}
      {tab === 'pivot' && <PivotView key={key} set={set} />}
      {tab === 'chart' && <ChartView key={key} set={set} />}
    </>
  );
}

/** The report that a table is of, when the answer's field is one: what its files are asked for with. */
function questionFor({ id }: RowSet, run: Run, schema: GraphQLSchema | null): ReportQuestion | null {
  const name = reportNameOf(id.split('.')[0] ?? '');
  return reportQuestions(run, schema).find(question => question.name === name) ?? null;
}
