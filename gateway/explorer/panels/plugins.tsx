import { explorerPlugin } from '@graphiql/plugin-explorer';
import { HISTORY_PLUGIN } from 'graphiql';
import { CodePanel } from './code-panel';
import { MapPanel } from './map-panel';
import { MetricsPanel } from './metrics-panel';

const icon = (path: string) => () => (
  <svg viewBox="0 0 24 24" width="1em" height="1em" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
    <path d={path} />
  </svg>
);

/** The panels beside GraphiQL's own documentation, in the order of their icons. */
export const plugins = [
  { title: 'What numbers mean', icon: icon('M5 4h14M5 4l7 8-7 8h14'), content: MetricsPanel },
  {
    title: 'Map of the houses',
    icon: icon(
      'M12 3v5M12 8 5 15M12 8l7 7M5 15h.01M19 15h.01M9.5 5.5a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0M2.5 18a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0M16.5 18a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0',
    ),
    content: MapPanel,
  },
  { title: 'Copy as code', icon: icon('m8 7-5 5 5 5M16 7l5 5-5 5M14 4l-4 16'), content: CodePanel },
  explorerPlugin({ showAttribution: false }),
  HISTORY_PLUGIN,
];
