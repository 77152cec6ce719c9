import { type DocumentNode, type GraphQLError, type GraphQLSchema, Kind, lexicographicSortSchema, printSchema } from 'graphql';
import { hasRole, type Viewer } from '#kernel/auth/viewer';
import type { Log } from '#kernel/log';
import { type Refused, refused } from '../errors';
import type { LoadedSchema } from '../execution';
import { check } from '../execution/prepare';
import { contractOf, PARTNER_TAG } from './contract';

/** Which graph an address shows: the whole one, or the part that is for partners. */
export type Audience = 'everybody' | 'partners';

/** The graph as partners are shown it. A partner's token is shown no other, at whatever address it asks. */
export interface PartnerGraph {
  /** Takes a supergraph that came into force. */
  take(loaded: LoadedSchema): void;
  /** Null where nothing is for partners. */
  schema(): GraphQLSchema | null;
  /** The schema's text, as its readers get it. */
  sdl(): string | null;
  /**
   * Refuses a document that asks for anything else, or null. It is refused before anything else looks at its names, in the words that are
   * used of names that do not exist: neither limits, nor prices, nor errors tell a hidden field from none.
   */
  refusalOf(asked: { readonly text: string; readonly document: DocumentNode }): Refused | null;
}

export const isShownContract = (audience: Audience, viewer: Viewer): boolean => audience === 'partners' || hasRole(viewer, 'PARTNER');

export function openPartnerGraph(log: Log): PartnerGraph {
  let schema: GraphQLSchema | null = null;
  let text: string | null = null;
  let known = new WeakMap<DocumentNode, Refused | 'valid'>();
  return {
    take({ apiSchema, supergraphSdl }) {
      known = new WeakMap();
      text = null;
      schema = null;
      try {
        schema = contractOf(apiSchema, supergraphSdl, PARTNER_TAG);
      } catch (fault) {
        // Partners are shown nothing rather than too much.
        log.error('The graph of partners cannot be made of this supergraph.', { fault });
      }
    },
    schema: () => schema,
    sdl() {
      text ??= schema && contractSdl(schema);
      return text;
    },
    refusalOf({ text: query, document }) {
      if (!schema) return NOTHING_FOR_PARTNERS;
      let found = known.get(document);
      if (!found) {
        found = faultOf(query, document, schema) ?? 'valid';
        known.set(document, found);
      }
      return found === 'valid' ? null : found;
    },
  };
}

/** The text of a contract, sorted; its roots are named, since a type called Subscription is no root. */
export function contractSdl(schema: GraphQLSchema): string {
  const roots = [['query', schema.getQueryType()?.name] as const, ['mutation', schema.getMutationType()?.name] as const];
  const named = roots.flatMap(([kind, name]) => (name ? `${kind}: ${name}` : []));
  return `schema { ${named.join(' ')} }\n\n${printSchema(lexicographicSortSchema(schema)).trimEnd()}\n`;
}

function faultOf(text: string, document: DocumentNode, schema: GraphQLSchema): Refused | null {
  const operations = document.definitions.filter(node => node.kind === Kind.OPERATION_DEFINITION);
  // A root that does not exist would keep what stands below it from being looked at.
  const rootless = operations.find(({ operation }) => !schema.getRootType(operation));
  if (rootless) return wrong(`Schema is not configured to execute ${rootless.operation} operation.`);
  const checked = check(text, operations[0]?.name?.value, schema);
  return 'errors' in checked ? wrong('The document does not fit the schema.', checked.errors) : null;
}

const wrong = (message: string, errors?: readonly GraphQLError[]): Refused =>
  refused(400, 'GRAPHQL_VALIDATION_FAILED', message, errors ? { errors } : {}).refused;

const NOTHING_FOR_PARTNERS = wrong('Nothing in this graph is for partners.');
