/** What a house's answer is made of. Nothing in it is trusted to be what the schema says. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json | undefined;
}

/** Every object inherits functions such as `constructor`: what is read by a name is looked at before it is used. */
export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

export function copyOf(value: Json): Json {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) {
    const part = value[key];
    if (part !== undefined) copy[key] = copyOf(part);
  }
  return copy;
}

/** Adds what one answer says of an object to what another said of it. Lists of the same length are the same list. */
export function mergeInto(target: JsonObject, source: JsonObject): void {
  for (const key of Object.keys(source)) {
    const value = source[key];
    if (value !== undefined) target[key] = merged(Object.hasOwn(target, key) ? target[key] : undefined, value);
  }
}

export function merged(known: Json | undefined, value: Json): Json {
  if (known === undefined || known === null || known === value) return value;
  if (isObject(known) && isObject(value)) {
    mergeInto(known, value);
    return known;
  }
  if (Array.isArray(known) && Array.isArray(value) && known.length === value.length) {
    for (const [at, item] of value.entries()) known[at] = merged(known[at], item);
    return known;
  }
  return value;
}
