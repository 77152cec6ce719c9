/**
 * Parses JSON that a stranger wrote. A key `__proto__`, merged into other data, would reach every object there is: it is
 * dropped, at any depth and in any spelling, for each of its letters can be written as an escape. Throws on what is not
 * JSON. Nearly all texts hold neither, and a search for plain text costs next to nothing.
 */
export function parseJson(text: string): unknown {
  const isSuspicious = text.includes('__proto__') || text.includes('\\u00');
  return isSuspicious ? JSON.parse(text, (key, value) => (key === '__proto__' ? undefined : value)) : JSON.parse(text);
}

/** Whether a value is nested deeper than so many levels. Looks level by level, so that it cannot run out of stack itself. */
export function isNestedDeeperThan(value: unknown, levelsMax: number): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levelsMax) return true;
    level = level.flatMap(item => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
