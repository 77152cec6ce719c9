import type { MappedHouse } from './house-links';

const WIDTH = 320;
const HEIGHT = 270;
const RADIUS = 98;

interface Props {
  readonly houses: readonly MappedHouse[];
  readonly current: string;
  readonly onPick: (name: string) => void;
}

/** Houses in a ring, and lines where fields lead from one to another; those of the current house stand out. */
export function HouseDrawing({ houses, current, onPick }: Props) {
  const placeByName = new Map(houses.map(({ name }, at) => [name, placeOf(at, houses.length)]));
  const links = houses.flatMap(house => house.links.map(({ to, fields }) => ({ from: house.name, to, count: fields.length })));
  return (
    <svg className="houses" viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
      <title>Houses, and how their fields lead to each other</title>
      {links
        .toSorted((one, other) => Number(touches(one, current)) - Number(touches(other, current)))
        .map(({ from, to, count }) => (
          <path
            key={`${from} ${to}`}
            className={touches({ from, to }, current) ? 'link near' : 'link'}
            d={curve(placeByName.get(from), placeByName.get(to))}
            strokeWidth={1 + Math.log2(count) / 2}
          >
            <title>{`${count} fields from ${from} to ${to}`}</title>
          </path>
        ))}
      {houses.map(({ name, types }) => {
        const [x, y] = placeByName.get(name) ?? [0, 0];
        return (
          // biome-ignore lint/a11y/useSemanticElements: a drawing has no buttons; the role and the keys make it one.
          <g
            key={name}
            role="button"
            tabIndex={0}
            aria-pressed={name === current}
            className="node"
            transform={`translate(${x} ${y})`}
            onClick={() => onPick(name)}
            onKeyDown={event => (event.key === 'Enter' || event.key === ' ') && onPick(name)}
          >
            <rect className="reach" x="-38" y={y < HEIGHT / 2 ? -34 : -20} width="76" height="54" />
            <circle r={9 + Math.sqrt(types.length)} />
            <text className="count" dy="4">
              {types.length}
            </text>
            <text y={y < HEIGHT / 2 ? -20 : 29}>{name}</text>
          </g>
        );
      })}
    </svg>
  );
}

type Place = readonly [x: number, y: number];

function placeOf(at: number, count: number): Place {
  const angle = (2 * Math.PI * at) / count - Math.PI / 2 + Math.PI / count;
  return [WIDTH / 2 + 1.15 * RADIUS * Math.cos(angle), HEIGHT / 2 + RADIUS * Math.sin(angle)];
}

/** A line bent towards the middle, so that lines of one house do not lie on each other. */
function curve([fromX, fromY]: Place = [0, 0], [toX, toY]: Place = [0, 0]): string {
  const bend = (one: number, other: number, middle: number) => (one + other) / 4 + middle / 2;
  return `M${fromX} ${fromY} Q${bend(fromX, toX, WIDTH / 2)} ${bend(fromY, toY, HEIGHT / 2)} ${toX} ${toY}`;
}

const touches = ({ from, to }: { readonly from: string; readonly to: string }, name: string): boolean => from === name || to === name;
