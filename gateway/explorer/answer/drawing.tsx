import * as Plot from '@observablehq/plot';
import { useEffect, useRef, useState } from 'react';
import type { Point } from './chart-points';
import type { ChartKind } from './chart-view';

interface Props {
  readonly kind: ChartKind;
  readonly points: readonly Point[];
  readonly isTime: boolean;
  readonly caption: string;
  readonly xLabel: string;
  readonly yLabel: string;
}

/** Eight colours that stay apart on white and on black, also for those who see red and green alike. */
const COLOURS = ['#6a51e6', '#e0752d', '#1d9c8a', '#d6519c', '#4b9be8', '#b99a1a', '#8c6d5a', '#7a8699'];

/** Draws points with Observable Plot. It is a module of its own, since it is fetched when somebody draws. */
export default function Drawing({ kind, points, isTime, caption, xLabel, yLabel }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!place.current) return;
    const watcher = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    watcher.observe(place.current);
    return () => watcher.disconnect();
  }, []);
  useEffect(() => {
    if (!place.current || width < 100) return;
    const drawn = Plot.plot({ ...frameOf(points, width, { kind, isTime, xLabel, yLabel }), marks: marksOf(points, kind, isTime) });
    drawn.setAttribute('role', 'img');
    drawn.setAttribute('aria-label', caption);
    place.current.replaceChildren(drawn);
  }, [points, width, kind, isTime, caption, xLabel, yLabel]);
  return (
    <figure className="drawing">
      <figcaption>{caption}</figcaption>
      <div ref={place} />
    </figure>
  );
}

const NARROW_LABEL_PX = 7;
const MARGIN_MAX_PX = 120;

function frameOf(
  points: readonly Point[],
  width: number,
  { kind, isTime, xLabel, yLabel }: Pick<Props, 'kind' | 'isTime' | 'xLabel' | 'yLabel'>,
): Plot.PlotOptions {
  const names = [...new Set(points.map(({ x }) => x))];
  const longest = Math.max(...names.map(name => name.length), 1);
  const isCrowded = !(isTime && kind === 'line') && names.length * longest * NARROW_LABEL_PX > width - 80;
  return {
    width,
    height: 320,
    marginTop: 32,
    marginLeft: 64,
    marginBottom: isCrowded ? Math.min(MARGIN_MAX_PX, longest * NARROW_LABEL_PX + 24) : 40,
    style: { background: 'transparent', color: 'inherit', fontFamily: 'inherit', fontSize: '12px', overflow: 'visible' },
    x: { label: isCrowded ? null : xLabel, ...(isCrowded && { tickRotate: -40 }) },
    y: { label: yLabel, grid: true, nice: true, tickFormat: 's' },
    color: { legend: new Set(points.map(({ series }) => series)).size > 1, range: COLOURS },
  };
}

function marksOf(points: readonly Point[], kind: ChartKind, isTime: boolean): Plot.Markish[] {
  const tip = { x: 'x', y: 'y', title: ({ x, series, exact }: Point) => `${x}\n${series ? `${series}: ` : ''}${exact}` };
  if (kind === 'line' && isTime) {
    const timed = points.map(point => ({ ...point, x: new Date(point.x) })).toSorted((one, other) => Number(one.x) - Number(other.x));
    const label = ({ x, series, exact }: (typeof timed)[number]) =>
      `${x.toISOString().slice(0, 10)}\n${series ? `${series}: ` : ''}${exact}`;
    return [
      Plot.ruleY([0], { strokeOpacity: 0.4 }),
      Plot.lineY(timed, { x: 'x', y: 'y', stroke: 'series', strokeWidth: 2 }),
      Plot.dot(timed, { x: 'x', y: 'y', fill: 'series', r: 3 }),
      Plot.tip(timed, Plot.pointerX({ x: 'x', y: 'y', title: label })),
    ];
  }
  const domain = { x: 'x', y: 'y' } as const;
  return kind === 'line'
    ? [
        Plot.ruleY([0], { strokeOpacity: 0.4 }),
        Plot.lineY(points, { ...domain, stroke: 'series', strokeWidth: 2 }),
        Plot.dot(points, { ...domain, fill: 'series', r: 3 }),
        Plot.tip(points, Plot.pointer(tip)),
      ]
    : [
        Plot.barY(points, { ...domain, fill: 'series', title: tip.title }),
        Plot.ruleY([0], { strokeOpacity: 0.4 }),
        Plot.tip(points, Plot.pointerX(Plot.stackY(tip))),
      ];
}
