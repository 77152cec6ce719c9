import { useEffect, useState } from 'react';
import { type Session, useSession } from '../session-context';

/** What a number means, as the reports house defines it. */
export interface Metric {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly owner: string;
  readonly formula: string;
  readonly fiscalCalendar: string;
  readonly currencyRule: string;
}

const QUERY = '{ metricDefinitions { id version name owner formula fiscalCalendar currencyRule } }';

/** Definitions change with a release of the reports house, and are the same for all who may see them. */
let known: Promise<readonly Metric[] | null> | null = null;

/** All definitions; undefined while they are fetched, null where one may not see them. */
export function useMetrics(): readonly Metric[] | null | undefined {
  const session = useSession();
  const [metrics, setMetrics] = useState<readonly Metric[] | null>();
  useEffect(() => {
    let isWanted = true;
    void definitionsFor(session).then(found => isWanted && setMetrics(found));
    return () => {
      isWanted = false;
    };
  }, [session]);
  return metrics;
}

async function definitionsFor(session: Session): Promise<readonly Metric[] | null> {
  if (!session.held.includes('ANALYST') && !session.held.includes('FINANCE')) return null;
  known ??= session.ask({ query: QUERY }).then(({ data }) => metricsIn(data));
  const found = await known;
  // What could not be had is asked for again the next time.
  if (!found) known = null;
  return found;
}

function metricsIn(data: unknown): readonly Metric[] | null {
  if (typeof data !== 'object' || data === null || !('metricDefinitions' in data)) return null;
  return Array.isArray(data.metricDefinitions) ? data.metricDefinitions : null;
}
