import { metricOf } from '../panels/metric-of';
import { MetricEntry } from '../panels/metrics-panel';
import { useMetrics } from '../panels/use-metrics';
import type { RowSet } from './row-sets';

/** The definition beside the number: which metric an answer tells, in which version, and whose it is. */
export function MetricNote({ set }: { readonly set: RowSet }) {
  const metrics = useMetrics() ?? [];
  const told = set.facts.find(({ title }) => title === 'Definition › ID')?.cell;
  const field = set.id.split('.')[0] ?? '';
  const id =
    typeof told === 'string'
      ? told
      : metricOf(
          field,
          metrics.map(metric => metric.id),
        );
  const metric = metrics.find(known => known.id === id);
  if (!metric) return null;
  return (
    <details className="metric-note">
      <summary>{`${metric.name}, version ${metric.version}, by ${metric.owner}`}</summary>
      <MetricEntry metric={metric} />
    </details>
  );
}
