import { type DocumentNode, type FieldNode, Kind, print, visit } from 'graphql';

/** Names such as `constructor` and `__proto__`, which every object has or is made by. */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

/** A document whose answer can be kept in plain objects, and what its client calls the keys in there. */
export interface SafeDocument {
  readonly document: DocumentNode;
  clientKey(key: string): string;
}

/**
 * A client may call a field `constructor`, or even `__proto__`. Houses are asked for it by another name, so that such a
 * key never stands in the data; the client gets its own name back when the answer is written.
 *
 * By one name a client may also mean different fields of different types. Where houses take these types for one
 * (`isOneName`), each meaning gets a name of its own.
 */
export function withSafeKeys(document: DocumentNode, isOneName: boolean): SafeDocument {
  // Where no types are taken for one, a name means what it says: nothing else has to be looked at.
  const meaningOf = isOneName ? wholeMeaningOf : () => '';
  const meanings = new Map<string, Set<string>>();
  visit(document, {
    Field(node) {
      const key = keyOf(node);
      meanings.set(key, (meanings.get(key) ?? new Set()).add(meaningOf(node)));
      return isAboutSchema(node) ? false : undefined;
    },
  });
  const unsafe = [...meanings].filter(([key, { size }]) => INHERITED.has(key) || (isOneName && size > 1));
  if (unsafe.length === 0) return { document, clientKey: key => key };
  let prefix = 'own';
  while ([...meanings.keys()].some(key => key.startsWith(prefix))) prefix += '_';
  const given = unsafe.flatMap(([key, all]) => [...all].map(meaning => ({ key, meaning })));
  const safeByMeaning = new Map(given.map(({ key, meaning }, at) => [`${key} ${meaning}`, `${prefix}${at}`]));
  const keyBySafe = new Map(given.map(({ key }, at) => [`${prefix}${at}`, key]));
  const safe = visit(document, {
    Field(node) {
      // The schema is answered as it was asked for.
      if (isAboutSchema(node)) return false;
      const value = safeByMeaning.get(`${keyOf(node)} ${meaningOf(node)}`);
      return value === undefined ? undefined : { ...node, alias: { kind: Kind.NAME, value } };
    },
  });
  return { document: safe, clientKey: key => keyBySafe.get(key) ?? key };
}

const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;
const isAboutSchema = ({ name: { value } }: FieldNode): boolean => value === '__schema' || value === '__type';
const wholeMeaningOf = ({ name, arguments: given = [] }: FieldNode): string => `${name.value}(${given.map(print).sort().join()})`;
