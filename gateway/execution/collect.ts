import { isObject, type Json, type JsonObject } from './json';
import { EACH, type Path, type Segment } from './steps';
import type { TypeFacts } from './type-facts';
import { placeOf } from './written-paths';

/** The objects at a path, in the order of the answer. */
export class Collection {
  readonly objects: JsonObject[] = [];
  private readonly seen: (Set<Json> | undefined)[] = [];

  /** `isShared` says whether some sub-tree of this answer hangs in several places. */
  constructor(private readonly isShared: boolean) {}

  /** Whether a sub-tree is met for the first time at a segment. What was walked once holds nothing new the next time. */
  isNew(subtree: Json, segment: number): boolean {
    if (!this.isShared) return true;
    const seen = this.seen[segment] ?? new Set<Json>();
    this.seen[segment] = seen;
    const { size } = seen;
    return seen.add(subtree).size > size;
  }
}

/** Adds the objects at a path to a collection. */
export type Collector = (data: Json, into: Collection) => void;

/** One closure for each segment of the path: no segment is interpreted while an answer is read. */
export function compileCollector(path: Path, facts: TypeFacts, sharedPlaces: ReadonlySet<string>): Collector {
  return path.reduceRight<Collector>((next, segment, at) => {
    const isShared = sharedPlaces.has(placeOf(path.slice(0, at + 1)));
    return collectorOf(segment, isShared ? onceOnly(next, at) : next, facts);
  }, collectHere);
}

const onceOnly =
  (next: Collector, segment: number): Collector =>
  (value, into) => {
    if (into.isNew(value, segment)) next(value, into);
  };

const collectHere: Collector = (value, into) => {
  if (Array.isArray(value)) for (const item of value) collectHere(item, into);
  else if (isObject(value)) into.objects.push(value);
};

function collectorOf(segment: Segment, next: Collector, facts: TypeFacts): Collector {
  if (segment === EACH) {
    return (value, into) => {
      if (!Array.isArray(value)) return;
      for (let at = 0; at < value.length; at += 1) {
        const item = value[at];
        if (item !== null && item !== undefined) next(item, into);
      }
    };
  }
  if (typeof segment === 'string') {
    // A planner writes one `@` for a list of lists.
    const step: Collector = (value, into) => {
      if (Array.isArray(value)) for (const item of value) step(item, into);
      else if (isObject(value)) {
        const part = value[segment];
        if (part !== undefined && part !== null) next(part, into);
      }
    };
    return step;
  }
  const conditional: Collector = (value, into) => {
    if (Array.isArray(value)) for (const item of value) conditional(item, into);
    else if (isObject(value) && fits(value, segment.types, facts)) next(value, into);
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
