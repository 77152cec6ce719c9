import { isObject, type Json } from './json';
import type { Rewrite } from './steps';
import type { TypeFacts } from './type-facts';

/** Changes what goes to a house, or came from it, as the plan says: a key's name, or a typename that the house knows. */
export function applyRewrites(rewrites: readonly Rewrite[], value: Json, facts: TypeFacts): void {
  for (const rewrite of rewrites) rewriteAt(rewrite, 0, value, facts);
}

function rewriteAt(rewrite: Rewrite, at: number, value: Json | undefined, facts: TypeFacts): void {
  if (Array.isArray(value)) {
    for (const item of value) rewriteAt(rewrite, at, item, facts);
    return;
  }
  if (!isObject(value)) return;
  const segment = rewrite.path[at];
  if (segment === undefined) return;
  if (typeof segment !== 'string') {
    const typename = value['__typename'];
    const fits = typeof typename !== 'string' || segment.types.some(type => facts.isOfType(typename, type));
    if (fits) rewriteAt(rewrite, at + 1, value, facts);
    return;
  }
  if (at < rewrite.path.length - 1) {
    rewriteAt(rewrite, at + 1, value[segment], facts);
    return;
  }
  if ('value' in rewrite.change) {
    value[segment] = rewrite.change.value;
  } else if (Object.hasOwn(value, segment)) {
    value[rewrite.change.key] = value[segment];
    delete value[segment];
  }
}
