import { type DocumentNode, Kind, parse, type SelectionSetNode } from 'graphql';
import { EACH, type EntityPart, type Path, type Rewrite, type Step } from './steps';

/** What the answer to a subrequest, or to one list of entities in it, holds. */
export interface AnswerShape {
  /** Keys at its top, each with the type it is asked of, where only one type is. */
  readonly fields: readonly { readonly key: string; readonly type: string | null; readonly isObject: boolean }[];
  /** Paths of all objects below its top. */
  readonly objects: readonly string[];
}

/** Reads from a subrequest's text what its answer can hold; `alias` names the list of entities that is meant. */
export function answerShapeOf(operation: string, alias: string | null, rewrites: readonly Rewrite[]): AnswerShape {
  const document = parse(operation, { noLocation: true });
  const fragments = fragmentsIn(document);
  const root = document.definitions.find(node => node.kind === Kind.OPERATION_DEFINITION)?.selectionSet;
  const list = root?.selections.find(node => node.kind === Kind.FIELD && (node.alias ?? node.name).value === alias);
  const top = alias === null ? root : list?.kind === Kind.FIELD ? list.selectionSet : undefined;
  if (!top) throw new Error('A plan asks for entities that its subrequest does not.');
  const fields: AnswerShape['fields'][number][] = [];
  const objects = new Set<string>();
  const walk = ({ selections }: SelectionSetNode, path: string, type: string | null): void => {
    for (const node of selections) {
      if (node.kind === Kind.INLINE_FRAGMENT) walk(node.selectionSet, path, node.typeCondition?.name.value ?? type);
      else if (node.kind === Kind.FRAGMENT_SPREAD) walkFragment(node.name.value, path);
      else {
        const key = (node.alias ?? node.name).value;
        if (path === '') fields.push({ key, type, isObject: node.selectionSet !== undefined });
        if (!node.selectionSet) continue;
        const below = `${path}.${key}`;
        objects.add(below);
        walk(node.selectionSet, below, null);
      }
    }
  };
  const walkFragment = (name: string, path: string): void => {
    const fragment = fragments.get(name);
    if (fragment) walk(fragment.selectionSet, path, fragment.typeCondition.name.value);
  };
  walk(top, '', null);
  return withNewNames({ fields, objects: [...objects] }, rewrites);
}

/** Keys that a plan renames when the answer comes are there under both names: not every type's are renamed. */
function withNewNames({ fields, objects }: AnswerShape, rewrites: readonly Rewrite[]): AnswerShape {
  const names = newNamesOf(rewrites);
  if (names.size === 0) return { fields, objects };
  const renamed = fields.flatMap(field => (names.has(field.key) ? { ...field, key: names.get(field.key) ?? '' } : []));
  const moved = objects.map(object =>
    object
      .split('.')
      .map(key => names.get(key) ?? key)
      .join('.'),
  );
  return { fields: [...fields, ...renamed], objects: [...new Set([...objects, ...moved])] };
}

/** What keys of a house's answer are called in the data. */
export const newNamesOf = (rewrites: readonly Rewrite[]): ReadonlyMap<string, string> =>
  new Map(
    rewrites.flatMap(({ path, change }) => {
      const last = path.at(-1);
      return 'key' in change && typeof last === 'string' ? [[last, change.key] as const] : [];
    }),
  );

const fragmentsIn = (document: DocumentNode) =>
  new Map(document.definitions.filter(node => node.kind === Kind.FRAGMENT_DEFINITION).map(node => [node.name.value, node] as const));

/** A place in a plan that writes into the answer. */
interface Writer {
  readonly owner: EntityPart | null;
  readonly paths: readonly Path[];
  readonly objects: readonly string[];
}

/**
 * Decides which entity lists may be put into the answer as they came, where the same object stands in several places.
 *
 * Objects that look the same are asked for once, and the one sub-tree that comes back hangs in all their places. That is
 * sound as long as no other step writes below one of these places something else than below the others. It cannot when
 * its own path leads through the very same place, because then it treats all of them alike.
 */
export function shareableParts(plan: Step): ReadonlySet<EntityPart> {
  const writers: Writer[] = [];
  gather(plan, writers);
  const shareable = writers.flatMap(({ owner, paths, objects }) => {
    const isSafe = objects.every(object =>
      writers.every(other => other.owner === owner || !paths.some(path => disturbs(other, path, paths, placeOf(path) + object))),
    );
    return owner && isSafe ? owner : [];
  });
  return new Set(shareable);
}

function gather(step: Step, writers: Writer[]): void {
  switch (step.kind) {
    case 'sequence':
    case 'parallel':
      for (const part of step.steps) gather(part, writers);
      break;
    case 'fetch':
      writers.push({ owner: null, paths: [step.path], objects: answerShapeOf(step.operation, null, step.outputRewrites).objects });
      break;
    case 'entities':
      for (const part of step.parts) {
        writers.push({ owner: part, paths: part.paths, objects: answerShapeOf(step.operation, part.alias, part.outputRewrites).objects });
      }
  }
}

/** Whether a writer reaches the object at a place, and not through the place that the object came by. */
function disturbs(writer: Writer, base: Path, bases: readonly Path[], place: string): boolean {
  return writer.paths.some(path => {
    const own = placeOf(path);
    if (own !== place && !writer.objects.some(object => own + object === place)) return false;
    const prefix = textOf(base);
    const text = textOf(path);
    if (!text.startsWith(prefix)) return true;
    const rest = text.slice(prefix.length);
    return !bases.every(other => writer.paths.some(mirrored => textOf(mirrored) === textOf(other) + rest));
  });
}

/**
 * Where the same sub-tree may hang more than once: below the objects of a shareable part, its fields that are objects or
 * lists. Whoever walks the answer walks each of these sub-trees once.
 */
export function sharedPlacesOf(plan: Step, shareable: ReadonlySet<EntityPart>): ReadonlySet<string> {
  if (plan.kind === 'fetch') return new Set();
  if (plan.kind !== 'entities') return new Set(plan.steps.flatMap(step => [...sharedPlacesOf(step, shareable)]));
  const parts = plan.parts.filter(part => shareable.has(part));
  return new Set(
    parts.flatMap(({ paths, alias, outputRewrites }) => {
      const { fields } = answerShapeOf(plan.operation, alias, outputRewrites);
      const keys = fields.flatMap(({ key, isObject }) => (isObject ? key : []));
      return paths.flatMap(path => keys.map(key => placeOf([...path, key])));
    }),
  );
}

/** The keys of a path: where something stands in the answer, whichever item of a list it is. */
export const placeOf = (path: Path): string =>
  path.flatMap(segment => (typeof segment === 'string' && segment !== EACH ? `.${segment}` : [])).join('');
const textOf = (path: Path): string =>
  path.map(segment => (typeof segment === 'string' ? `.${segment}` : `|${segment.types.join()}`)).join('');
