import { copyOf, type Json, type JsonObject, merged } from './json';
import type { TypeFacts } from './type-facts';
import type { AnswerShape } from './written-paths';

type MergeOne = (target: JsonObject, entity: JsonObject, mustCopy: boolean) => void;

/**
 * Puts what a house said of an object into all objects that look the same. The keys are known beforehand, so the function
 * that copies them is generated. Lists and objects are shared among the objects, unless another step writes there.
 */
export function compileEntityMerge({ fields }: AnswerShape, isShareable: boolean, facts: TypeFacts) {
  const mergeOne = compileMergeOne(fields, facts);
  return (group: readonly JsonObject[], entity: JsonObject): void => {
    for (let at = 0; at < group.length; at += 1) {
      const target = group[at];
      // The first takes what came; only those after it would share it.
      if (target) mergeOne(target, entity, at > 0 && !isShareable);
    }
  };
}

function compileMergeOne(fields: AnswerShape['fields'], { isConcrete }: TypeFacts): MergeOne {
  const isObjectByKey = new Map<string, boolean>();
  for (const { key, isObject } of fields)
    if (!NEVER_WRITTEN.has(key)) isObjectByKey.set(key, isObject || (isObjectByKey.get(key) ?? false));
  const lines = [...isObjectByKey].map(([key, isObject], at) => {
    const name = JSON.stringify(key);
    // A leaf of a custom scalar may be an object too: it is taken as a whole.
    const take = isObject ? `join(target[${name}], v${at}, mustCopy)` : `v${at}`;
    // What a type is called where it is one of several is known better than where they are all one.
    const isWanted = key === '__typename' ? `&& !isConcrete(target[${name}])` : '';
    return `const v${at} = entity[${name}]; if (v${at} !== undefined ${isWanted}) target[${name}] = ${take};`;
  });
  const text = `return function mergeEntity(target, entity, mustCopy) { ${lines.join(' ')} }`;
  return new Function('join', 'isConcrete', text)(join, isConcrete);
}

/** Keys that every object inherits never come from a plan: the client's aliases of that name were given others. */
const NEVER_WRITTEN = new Set(Object.getOwnPropertyNames(Object.prototype));

const join = (known: Json | undefined, value: Json, mustCopy: boolean): Json => merged(known, mustCopy ? copyOf(value) : value);
