/** How far a placement is: asked for, there as asked, or declined by whoever is to have it, until somebody decides something. */
export const PLACEMENT_STATES = ['WANTED', 'PLACED', 'REFUSED'] as const;
export type PlacementState = (typeof PLACEMENT_STATES)[number];

/** What somebody outside is to have, as plain JSON: the plan and seats of a namespace, the regions of a tenant. */
export type PlacementContent = Readonly<Record<string, unknown>>;

/** The least that deciding about a placement needs to know of it. */
export interface Placeable {
  readonly revision: number;
  readonly content: PlacementContent;
  readonly state: PlacementState;
}

/**
 * What becomes of a placement when this is to be there: the next revision where that is news, the same one tried again where it was
 * declined, and null where nothing changes. A revision is carried out once: who has it already does nothing.
 */
export function wantedNext(known: Placeable | null, content: PlacementContent): Pick<Placeable, 'revision' | 'state'> | null {
  if (!known) return { revision: 1, state: 'WANTED' };
  if (!isSameContent(known.content, content)) return { revision: known.revision + 1, state: 'WANTED' };
  return known.state === 'REFUSED' ? { revision: known.revision, state: 'WANTED' } : null;
}

/** The world outside says no for good: somebody must decide something first. */
export class Declined extends Error {}

/** What was found outside. */
export interface FoundOutside {
  readonly revision: number;
  readonly content: PlacementContent;
}

/**
 * Whether what was found is what was placed. Something older was forgotten, and the same revision with another content was changed
 * there: both are placed anew.
 */
export const isThere = (placed: Placeable, found: FoundOutside | null): boolean =>
  found !== null && found.revision >= placed.revision && isSameContent(found.content, placed.content);

/** Whether two contents are equal, whatever the order of their fields. */
export const isSameContent = (a: PlacementContent, b: PlacementContent): boolean => inOrder(a) === inOrder(b);

const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** Waits before a placement that failed is tried again by itself: 5 s, 15 s, 45 s, 2 min, and then every 5 minutes. */
export const PLACEMENT_WAITS_MS: readonly number[] = [5_000, 15_000, 45_000, 120_000, 300_000];

/** The wait after so many failures in a row. */
export const waitAfter = (failures: number): number => PLACEMENT_WAITS_MS[Math.min(failures, PLACEMENT_WAITS_MS.length) - 1] ?? 5_000;

/** Policy: what is there is looked at again after so many minutes, as a product may lose what it was told. */
export const LOOKED_AT_AFTER_MINUTES = 10;
