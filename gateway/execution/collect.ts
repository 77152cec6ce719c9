import { isObject, type Json, type JsonObject } from './json';
import { EACH, type Path, type Segment } from './steps';
import type { TypeFacts } from './type-facts';

/** Adds the objects at a path to a list, in the order of the answer. */
export type Collector = (data: Json, found: JsonObject[]) => void;

/** One closure for each segment of the path: no segment is interpreted while an answer is read. */
export function compileCollector(path: Path, facts: TypeFacts): Collector {
  return path.reduceRight<Collector>((next, segment) => collectorOf(segment, next, facts), collectHere);
}

const collectHere: Collector = (value, found) => {
  if (Array.isArray(value)) for (const item of value) collectHere(item, found);
  else if (isObject(value)) found.push(value);
};

function collectorOf(segment: Segment, next: Collector, facts: TypeFacts): Collector {
  if (segment === EACH) {
    return (value, found) => {
      if (Array.isArray(value)) for (const item of value) if (item !== null) next(item, found);
    };
  }
  if (typeof segment === 'string') {
    // A planner writes one `@` for a list of lists.
    const step: Collector = (value, found) => {
      if (Array.isArray(value)) for (const item of value) step(item, found);
      if (!isObject(value)) return;
      const part = value[segment];
      if (part !== undefined && part !== null) next(part, found);
    };
    return step;
  }
  const conditional: Collector = (value, found) => {
    if (Array.isArray(value)) for (const item of value) conditional(item, found);
    else if (isObject(value) && fits(value, segment.types, facts)) next(value, found);
  };
  return conditional;
}

/** A type that was not asked for does not rule an object out. */
function fits({ __typename: typename }: JsonObject, types: readonly string[], facts: TypeFacts): boolean {
  return typeof typename !== 'string' || types.some(type => facts.isOfType(typename, type));
}

export type Place = readonly (string | number)[];

/** Where each object at a path stands. It is asked only to give errors their place, so it may be slow. */
export function placesOf(path: Path, data: Json, facts: TypeFacts): Map<JsonObject, Place[]> {
  const places = new Map<JsonObject, Place[]>();
  const walk = (value: Json | undefined, at: number, place: Place): void => {
    const segment = path[at];
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) walk(item, segment === EACH ? at + 1 : at, [...place, index]);
    } else if (!isObject(value)) {
      return;
    } else if (segment === undefined) {
      places.set(value, [...(places.get(value) ?? []), place]);
    } else if (typeof segment === 'string') {
      if (segment !== EACH) walk(value[segment], at + 1, [...place, segment]);
    } else if (fits(value, segment.types, facts)) {
      walk(value, at + 1, place);
    }
  };
  walk(data, 0, []);
  return places;
}
