import { type DocumentNode, Kind, visit } from 'graphql';

/** Names such as `constructor` and `__proto__`, which every object has or is made by. */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

/** A document whose answer can be kept in plain objects, and the keys that it goes by there. */
export interface SafeDocument {
  readonly document: DocumentNode;
  dataKey(key: string): string;
  clientKey(key: string): string;
}

/**
 * A client may call a field `constructor`, or even `__proto__`. Houses are asked for it by another name, so that such a
 * key never stands in the data; the client gets its own name back when the answer is written.
 */
export function withSafeKeys(document: DocumentNode): SafeDocument {
  const keys = new Set<string>();
  visit(document, { enter: node => void (node.kind === Kind.FIELD && keys.add((node.alias ?? node.name).value)) });
  const unsafe = [...keys].filter(key => INHERITED.has(key));
  if (unsafe.length === 0) return { document, dataKey: key => key, clientKey: key => key };
  let prefix = 'own';
  while ([...keys].some(key => key.startsWith(prefix))) prefix += '_';
  const safeByKey = new Map(unsafe.map((key, at) => [key, `${prefix}${at}`]));
  const keyBySafe = new Map(unsafe.map((key, at) => [`${prefix}${at}`, key]));
  const safe = visit(document, {
    enter(node) {
      const value = node.kind === Kind.FIELD ? safeByKey.get((node.alias ?? node.name).value) : undefined;
      return value === undefined ? undefined : { ...node, alias: { kind: Kind.NAME, value } };
    },
  });
  return { document: safe, dataKey: key => safeByKey.get(key) ?? key, clientKey: key => keyBySafe.get(key) ?? key };
}
