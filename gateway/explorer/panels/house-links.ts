import type { MappedType, SchemaMap } from '../schema-map';

/** A house with what it answers for, and where its fields lead. */
export interface MappedHouse {
  readonly name: string;
  readonly types: readonly MappedType[];
  readonly questions: readonly string[];
  readonly changes: readonly string[];
  /** Fields of this house whose entity another house owns. */
  readonly links: readonly HouseLink[];
}

export interface HouseLink {
  readonly to: string;
  readonly fields: readonly string[];
}

const ROOTS: ReadonlySet<string> = new Set(['Query', 'Mutation']);

/** Arranges the map by house. A type belongs to the house that has the most of it; a value that several speak of belongs to none. */
export function housesOf({ houses, types }: Pick<SchemaMap, 'houses' | 'types'>): readonly MappedHouse[] {
  const owned = types.filter(({ houses: known, isEntity }) => isEntity || known.length === 1);
  const ownerByType = new Map(owned.map(type => [type.name, type.houses[0] ?? '']));
  const rootFields = (root: string, house: string) =>
    (types.find(({ name }) => name === root)?.fields ?? []).filter(field => field.house === house).map(({ name }) => name);
  return houses.map(name => ({
    name,
    types: types.filter(type => !ROOTS.has(type.name) && ownerByType.get(type.name) === name),
    questions: rootFields('Query', name),
    changes: rootFields('Mutation', name),
    links: linksFrom(name, types, ownerByType),
  }));
}

function linksFrom(house: string, types: readonly MappedType[], ownerByType: ReadonlyMap<string, string>): readonly HouseLink[] {
  const fieldsByHouse = new Map<string, string[]>();
  for (const type of types) {
    if (ROOTS.has(type.name)) continue;
    for (const field of type.fields) {
      const to = ownerByType.get(field.type);
      if (field.house === house && to && to !== house)
        fieldsByHouse.set(to, [...(fieldsByHouse.get(to) ?? []), `${type.name}.${field.name}`]);
      // A field that this house adds to another's type leads from there to here.
      const owner = ownerByType.get(type.name);
      if (owner === house && field.house !== house && field.house)
        fieldsByHouse.set(field.house, [...(fieldsByHouse.get(field.house) ?? []), `${type.name}.${field.name}`]);
    }
  }
  return [...fieldsByHouse]
    .map(([to, fields]) => ({ to, fields: [...new Set(fields)].toSorted() }))
    .toSorted((one, other) => (one.to < other.to ? -1 : 1));
}
