import { useState } from 'react';
import { type Metric, useMetrics } from './use-metrics';

/** What every number of the reports means: formula, version, and who answers for it. */
export function MetricsPanel() {
  const metrics = useMetrics();
  const [words, setWords] = useState('');
  const fits = (metric: Metric) =>
    `${metric.id} ${metric.name} ${metric.formula} ${metric.owner}`.toLowerCase().includes(words.toLowerCase());
  const found = metrics?.filter(fits) ?? [];
  return (
    <section className="panel" aria-label="What numbers mean">
      <h2>What numbers mean</h2>
      {metrics && (
        <input
          type="search"
          placeholder="Search definitions"
          aria-label="Search definitions"
          onChange={event => setWords(event.target.value)}
        />
      )}
      {metrics === undefined && <p className="empty">Fetching the definitions…</p>}
      {metrics === null && <p className="empty">Definitions are shown to Finance and to analysts.</p>}
      {metrics && found.length === 0 && <p className="empty">No definition speaks of that.</p>}
      {found.map(metric => (
        <MetricEntry key={metric.id} metric={metric} />
      ))}
    </section>
  );
}

export function MetricEntry({ metric }: { readonly metric: Metric }) {
  const { id, name, version, owner, formula, fiscalCalendar, currencyRule } = metric;
  return (
    <article className="metric">
      <h3>
        {name} <code>{`${id} v${version}`}</code>
      </h3>
      <p>{formula}</p>
      <dl>
        <dt>Owner</dt>
        <dd>{owner}</dd>
        <dt>Calendar</dt>
        <dd>{fiscalCalendar}</dd>
        <dt>Currency</dt>
        <dd>{currencyRule}</dd>
      </dl>
    </article>
  );
}
