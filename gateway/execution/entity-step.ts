import type { HouseReply } from './ask-house';
import { compileCollector, type Place, placesOf } from './collect';
import type { CompileOptions, RunStep } from './compiled-step';
import { type EntityGroups, groupEntities } from './entity-groups';
import { compileEntityMerge } from './entity-merge';
import { isObject, type JsonObject } from './json';
import { compileRepresentations } from './representations';
import { applyRewrites } from './rewrites';
import { addError, ERRORS_MAX, type Run } from './run';
import type { EntityPart, EntityStep } from './steps';
import { compileBody } from './subrequest-body';
import type { TypeFacts } from './type-facts';
import { type AnswerShape, answerShapeOf, newNamesOf } from './written-paths';

/** Asks a house for more of objects that others told of: one request, each object in it once. */
export function compileEntityStep(step: EntityStep, options: CompileOptions): RunStep {
  const { ask } = options;
  const body = compileBody(step);
  const parts = step.parts.map(part => compilePart(part, answerShapeOf(step.operation, part.alias, part.outputRewrites), options));
  return run => {
    const asked = parts.map(part => part.group(run));
    if (asked.every(({ groups }) => groups.length === 0)) return undefined;
    const variables = parts.map(({ key }, at) => `${key}[${asked[at]?.text ?? ''}]`).join(',');
    return ask(run, { house: step.house, body: body.write(run, variables), isRepeatable: !step.isMutation }).then(reply => {
      for (const [at, part] of parts.entries()) {
        const groups = asked[at]?.groups ?? [];
        if (reply.data) part.merge(run, groups, reply.data);
        if (reply.silence || reply.errors.length > 0) part.tell(run, groups, reply);
      }
      // An error that names no entity belongs to none of the parts.
      for (const { path = [], ...error } of reply.errors) {
        if (!parts.some(({ alias }) => alias === path[0])) addError(run, error);
      }
    });
  };
}

type Groups = EntityGroups['groups'];

interface CompiledPart {
  readonly alias: string;
  /** The name of its variable, as it stands in a body. */
  readonly key: string;
  group(run: Run): EntityGroups;
  merge(run: Run, groups: Groups, data: JsonObject): void;
  tell(run: Run, groups: Groups, reply: HouseReply): void;
}

function compilePart(part: EntityPart, shape: AnswerShape, { facts, shareable, sharedPlaces }: CompileOptions): CompiledPart {
  const collectors = part.paths.map(path => compileCollector(path, facts, sharedPlaces));
  const representationOf = compileRepresentations(part, facts);
  const isShareable = shareable.has(part);
  const hasSubtrees = isShareable && shape.fields.some(({ isObject: isSubtree }) => isSubtree);
  const mergeEntity = compileEntityMerge(shape, isShareable, facts);
  const { alias, outputRewrites } = part;
  const hasRewrites = outputRewrites.length > 0;
  return {
    alias,
    key: `${JSON.stringify(part.representations)}:`,
    group: run => groupEntities(run, collectors, representationOf),
    merge(run, groups, data) {
      const entities = data[alias];
      if (!Array.isArray(entities)) return;
      for (let at = 0; at < groups.length; at += 1) {
        const entity = entities[at];
        const group = groups[at];
        if (!isObject(entity) || !group) continue;
        if (hasRewrites) rewriteEntity(entity, group[0], outputRewrites, facts);
        mergeEntity(group, entity);
        if (hasSubtrees && group.length > 1) run.isShared = true;
      }
    },
    tell: (run, groups, reply) => tellErrors({ run, groups, reply, part, shape, facts }),
  };
}

/** A rewrite may be for one type only, and what the house calls the type it may not have said. */
function rewriteEntity(entity: JsonObject, target: JsonObject, rewrites: EntityPart['outputRewrites'], facts: TypeFacts): void {
  const { __typename: typename } = target;
  if (entity['__typename'] === undefined && typename !== undefined) entity['__typename'] = typename;
  applyRewrites(rewrites, entity, facts);
}

interface Telling {
  readonly run: Run;
  readonly groups: Groups;
  readonly reply: HouseReply;
  readonly part: EntityPart;
  readonly shape: AnswerShape;
  readonly facts: TypeFacts;
}

/** Gives a house's errors the places of the objects that they are about. A silent house owes each of its fields. */
function tellErrors({ run, groups, reply, part, shape, facts }: Telling): void {
  const places = part.paths.map(path => placesOf(path, run.data, facts));
  const names = newNamesOf(part.outputRewrites);
  const placesOfGroup = (at: number): Place[] =>
    (groups[at] ?? []).slice(0, ERRORS_MAX).flatMap(entity => places.flatMap(byObject => byObject.get(entity) ?? []));
  for (const { path = [], ...error } of reply.errors) {
    const [alias, at, ...rest] = path;
    if (alias !== part.alias) continue;
    if (typeof at !== 'number') addError(run, error);
    else
      for (const place of placesOfGroup(at))
        addError(run, { ...error, path: [...place, ...rest.map(step => names.get(String(step)) ?? step)] });
  }
  if (!reply.silence) return;
  for (const [at, [first]] of groups.entries()) {
    if (run.errors.length >= ERRORS_MAX) return;
    const keys = keysFor(first, shape, facts);
    for (const place of placesOfGroup(at))
      for (const key of keys) if (!names.has(key)) addError(run, { ...reply.silence, path: [...place, key] });
  }
}

function keysFor({ __typename: typename }: JsonObject, { fields }: AnswerShape, facts: TypeFacts): Set<string> {
  const fits = (type: string | null) => type === null || typeof typename !== 'string' || facts.isOfType(typename, type);
  return new Set(fields.filter(({ key, type }) => key !== '__typename' && fits(type)).map(({ key }) => key));
}
