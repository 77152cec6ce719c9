import { Collection, type Collector } from './collect';
import type { JsonObject } from './json';
import type { Representation } from './representations';
import type { Run } from './run';

/** Objects that a house is asked about at once: each is told once, and what is said of it goes to all that look the same. */
export interface EntityGroups {
  readonly groups: readonly (readonly [JsonObject, ...JsonObject[]])[];
  /** The representations as JSON text, in the order of the groups, without brackets. */
  readonly text: string;
}

type Group = [JsonObject, ...JsonObject[]];
/** Values of the first key lead to values of the second, and so on to the group. */
type Level = Map<unknown, Level | Group>;

/**
 * Collects the objects at some paths and groups the ones that look the same to the house. Where plain keys tell them
 * apart, the group is found by their values, and a text is written only for the first of each.
 */
export function groupEntities(
  { data, isShared }: Run,
  collectors: readonly Collector[],
  representationOf: (typename: string) => Representation,
): EntityGroups {
  const grouping = new Grouping(representationOf);
  for (const collect of collectors) {
    const found = new Collection(isShared);
    collect(data, found);
    for (const entity of found.objects) grouping.add(entity);
  }
  return grouping;
}

class Grouping implements EntityGroups {
  readonly groups: Group[] = [];
  text = '';
  private readonly groupByText = new Map<string, Group>();
  private readonly levelByType: Level = new Map();

  constructor(private readonly representationOf: (typename: string) => Representation) {}

  add(entity: JsonObject): void {
    const { __typename: typename } = entity;
    if (typeof typename !== 'string') return;
    const representation = this.representationOf(typename);
    const { keys } = representation;
    const lastKey = keys?.at(-1);
    const level = keys && lastKey !== undefined ? this.levelOf(typename, entity, keys) : null;
    const lastValue = lastKey === undefined ? undefined : entity[lastKey];
    if (level && isPlain(lastValue)) {
      const same = level.get(lastValue);
      if (Array.isArray(same)) same.push(entity);
      else {
        const text = representation.text(entity);
        if (text !== null) level.set(lastValue, this.open(entity, text));
      }
      return;
    }
    const text = representation.text(entity);
    if (text === null) return;
    const same = this.groupByText.get(text);
    if (same) same.push(entity);
    else this.groupByText.set(text, this.open(entity, text));
  }

  private open(entity: JsonObject, text: string): Group {
    const group: Group = [entity];
    this.groups.push(group);
    this.text += this.text === '' ? text : `,${text}`;
    return group;
  }

  /** The level on which the last key's value leads to the group, or null when a value before it is not plain. */
  private levelOf(typename: string, entity: JsonObject, keys: readonly string[]): Level | null {
    let level = levelBelow(this.levelByType, typename);
    for (let at = 0; level && at < keys.length - 1; at += 1) {
      const value = entity[keys[at] ?? ''];
      level = isPlain(value) ? levelBelow(level, value) : null;
    }
    return level;
  }
}

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

function levelBelow(level: Level, value: unknown): Level | null {
  const known = level.get(value);
  if (Array.isArray(known)) return null;
  if (known) return known;
  const below: Level = new Map();
  level.set(value, below);
  return below;
}
