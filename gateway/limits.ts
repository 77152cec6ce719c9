import { hasRole, isSignedIn, type Viewer } from '#kernel/auth/viewer';
import type { Environment } from '#kernel/config';
import { type Refused, refused } from './errors';
import type { Shape } from './shape';

/** Words and signs in a document. Callers we do not employ get along with fewer; no client of ours comes near either. */
export const TOKENS_MAX = { anonymousOrPartner: 1_000, others: 4_000 } as const;

/** What one operation may ask for, counted after its fragments are written out. */
export const LIMITS = {
  depth: 15,
  introspectionDepth: 20,
  aliases: 100,
  rootFields: 20,
  fields: 1_000,
  repeats: 100,
  fragments: 50,
  pageSize: 100,
  exclusiveMutations: 1,
} as const;

/** An operation with what is known of it, and of who asks, before the schema is. */
export interface Measured {
  readonly shape: Shape;
  readonly tokens: number;
  readonly viewer: Viewer;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly mayReadSchema: boolean;
}

/** Refuses an operation that asks for too much, or null. Variables are looked at each time, the text's measure is given. */
export function refusalOf({ shape, tokens, viewer, variables, mayReadSchema }: Measured): Refused | null {
  const tokensMax = !isSignedIn(viewer) || hasRole(viewer, 'PARTNER') ? TOKENS_MAX.anonymousOrPartner : TOKENS_MAX.others;
  if (tokens > tokensMax) return tooMuch('tokens', tokensMax, tokens);
  if (shape.hasFragmentCycle) return refused(400, 'GRAPHQL_VALIDATION_FAILED', 'A fragment may not spread itself.').refused;
  for (const name of ['fragments', 'rootFields', 'depth', 'introspectionDepth', 'aliases', 'fields', 'repeats'] as const) {
    if (shape[name] > LIMITS[name]) return tooMuch(name, LIMITS[name], shape[name]);
  }
  const sizes = [...shape.pageSizes, ...[...shape.pageSizeVariables].map(([name, byDefault]) => ownValue(variables, name) ?? byDefault)];
  for (const size of sizes) {
    if (typeof size === 'number' && (size < 1 || size > LIMITS.pageSize)) return tooMuch('pageSize', LIMITS.pageSize, size);
  }
  if (shape.introspectionDepth > 0 && !mayReadSchema)
    return refused(400, 'FORBIDDEN', 'The schema may not be read by this caller.').refused;
  return null;
}

/** Refuses changes that stand alone and came together, or null. Their names are looked at, so this comes after the schema was asked. */
export const togetherRefusalOf = ({ exclusiveMutations: found }: Shape): Refused | null =>
  found > LIMITS.exclusiveMutations ? tooMuch('exclusiveMutations', LIMITS.exclusiveMutations, found) : null;

/** A variable may be called `constructor`: what every object inherits is no value of it. */
const ownValue = (variables: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(variables, name) ? variables[name] : undefined;

const SENTENCES = {
  tokens: 'The document is too long',
  fragments: 'The document defines too many fragments',
  rootFields: 'The operation asks for too many fields at its root',
  depth: 'The operation is nested too deeply',
  introspectionDepth: 'The introspection is nested too deeply',
  aliases: 'The operation uses too many aliases',
  fields: 'The operation selects too many fields',
  repeats: 'The document names too many fields more than once in the same place',
  exclusiveMutations: 'Mutations that move money, seats, licences or access are sent one at a time',
  pageSize: 'A page holds 1 to 100 entries',
} as const;

function tooMuch(name: keyof typeof SENTENCES, max: number, found: number): Refused {
  const code = name === 'depth' || name === 'introspectionDepth' ? 'DEPTH_LIMIT' : 'LIMIT_EXCEEDED';
  return refused(400, code, `${SENTENCES[name]}: ${found} of at most ${max}.`, { limit: { name, max, found } }).refused;
}

/** Staff read the schema everywhere; other people of ours only where the schema is being developed. */
export function mayIntrospect(viewer: Viewer, environment: Environment): boolean {
  if (!isSignedIn(viewer) || hasRole(viewer, 'PARTNER')) return false;
  if (environment !== 'production') return true;
  return hasRole(viewer, 'SUPPORT', 'SALES', 'FINANCE', 'ANALYST', 'OPERATOR');
}
