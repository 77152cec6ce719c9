import util from 'node:util';
import { GraphQLError, type GraphQLObjectType, type GraphQLSchema, isIntrospectionType, isObjectType } from 'graphql';
import { applyMiddleware } from 'graphql-middleware';
import { deny, shield, rule as shieldRule } from 'graphql-shield';
import { WRAPPER } from '../graph/plain-resolver';
import { open, type Permissions, type Rule } from './rules';
import { isSignedIn, type Viewer } from './viewer';

// graphql-shield 7 calls this function for its logic rules; Node 23 removed it, and the rules then deny in silence.
const legacy = util as { isUndefined?: (value: unknown) => boolean };
legacy.isUndefined ??= value => value === undefined;

/** What a caller is told whom a rule does not admit. */
export const forbidden = (viewer: Viewer): GraphQLError =>
  isSignedIn(viewer)
    ? new GraphQLError('You may not have this.', { extensions: { code: 'FORBIDDEN' } })
    : new GraphQLError('Say who you are first.', { extensions: { code: 'UNAUTHENTICATED' } });

/**
 * Puts each field behind its rule. Throws when a field has no rule, when a rule is for nothing, and when a root field is
 * `open`. Fields whose rule admits everybody stay as they are. Errors of the resolvers themselves pass through.
 */
export function protect(schema: GraphQLSchema, permissions: Permissions): GraphQLSchema {
  const faults = [...uncovered(schema, permissions), ...aimless(schema, permissions), ...openRoots(schema, permissions)];
  if (faults.length > 0) throw new Error(`Permissions: ${faults.join('; ')}.`);
  const guarded = objectTypes(schema).flatMap(type => {
    const rules = Object.keys(type.getFields()).flatMap(field => {
      const rule = ruleOf(type, field, permissions);
      return rule && !rule.isOpen ? [[field, shieldRuleOf(`${type.name}.${field}`, rule)] as const] : [];
    });
    return rules.length > 0 ? [[type.name, Object.fromEntries(rules)] as const] : [];
  });
  if (guarded.length === 0) return schema;
  const all = shield(Object.fromEntries(guarded), {
    fallbackRule: deny,
    // With nothing thrown it was the rule that said no; what a resolver threw passes through.
    fallbackError: (thrown, _parent, _args, context) =>
      (thrown as Error | null) ?? forbidden((context as unknown as { viewer: Viewer }).viewer),
    hashFunction: () => {
      throw new Error('Rules are not cached: their cache leaks answers between parents.');
    },
  });
  return applyMiddleware(schema, onlyGuarded(all.generate(schema), new Map(guarded)));
}

/** Who may do what, as text for the evidence that a reviewer sees change: a line for each field that has a rule of its own. */
export function permissionMatrix(schema: GraphQLSchema, permissions: Permissions): string {
  const lines = objectTypes(schema)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .filter(type => !isWrapper(type) || permissions[type.name] !== undefined)
    .flatMap(type =>
      Object.keys(type.getFields())
        .toSorted()
        .filter(field => !isFederationField(type.name, field))
        .map(field => `| ${type.name}.${field} | ${ruleOf(type, field, permissions)?.name ?? 'nobody'} |`),
    );
  return ['| field | who |', '|---|---|', ...lines, ''].join('\n');
}

function ruleOf(type: GraphQLObjectType, field: string, permissions: Permissions): Rule | undefined {
  const ofType = permissions[type.name];
  const own = ofType && Object.hasOwn(ofType, field) ? ofType[field] : ofType?.['*'];
  return own ?? (isWrapper(type) || isFederationField(type.name, field) ? open : undefined);
}

// A reference is checked by its own resolver: which account it belongs to is known only there.
const isFederationField = (type: string, field: string): boolean =>
  type === '_Service' || (type === 'Query' && (field === '_service' || field === '_entities'));
const isWrapper = (type: GraphQLObjectType): boolean => (type.extensions as Record<string, unknown>)[WRAPPER] === true;

/** Named for its field: shield refuses two rules of one name, though two fields may well have the same rule. */
const shieldRuleOf = (name: string, { admits }: Rule) =>
  shieldRule(name, { cache: 'no_cache' })((parent, args, context: { viewer: Viewer }, info) =>
    Promise.resolve(admits({ viewer: context.viewer, args, parent, info })),
  );

const objectTypes = (schema: GraphQLSchema): readonly GraphQLObjectType[] =>
  Object.values(schema.getTypeMap()).filter((type): type is GraphQLObjectType => isObjectType(type) && !isIntrospectionType(type));

const uncovered = (schema: GraphQLSchema, permissions: Permissions): readonly string[] =>
  objectTypes(schema).flatMap(type =>
    Object.keys(type.getFields())
      .filter(field => !ruleOf(type, field, permissions))
      .map(field => `${type.name}.${field} has no rule`),
  );

const aimless = (schema: GraphQLSchema, permissions: Permissions): readonly string[] =>
  Object.entries(permissions).flatMap(([name, rules]) => {
    const type = schema.getType(name);
    if (!isObjectType(type)) return [`there is no type ${name}`];
    return Object.keys(rules)
      .filter(field => field !== '*' && !Object.hasOwn(type.getFields(), field))
      .map(field => `there is no field ${name}.${field}`);
  });

const openRoots = (schema: GraphQLSchema, permissions: Permissions): readonly string[] =>
  [schema.getQueryType(), schema.getMutationType()].flatMap(type =>
    Object.keys(type?.getFields() ?? {})
      .filter(field => !isFederationField(type!.name, field) && ruleOf(type!, field, permissions) === open)
      .map(field => `${type!.name}.${field} has no parent that was checked: use another rule than \`open\``),
  );

/** Shield also wraps what it was given no rule for, with its fallback; those fields are open and stay as they are. */
function onlyGuarded<Wraps extends object>(wraps: Wraps, guarded: ReadonlyMap<string, object>): Wraps {
  const entries = Object.entries(wraps).flatMap(([type, fields]) => {
    const rules = guarded.get(type);
    if (!rules) return [];
    return [[type, Object.fromEntries(Object.entries(fields as object).filter(([field]) => Object.hasOwn(rules, field)))] as const];
  });
  return Object.fromEntries(entries) as Wraps;
}
