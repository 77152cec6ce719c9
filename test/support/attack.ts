/** Asks the graph for everything that can be asked for with somebody else's ids and names in hand. */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { buildSchema, type GraphQLObjectType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import { type Canaries, toldIn } from './canaries';
import type { Graph, Told } from './graph';
import { deepDocuments, type Fill, type Probe, probesOf, selectionOf, shallowDocuments } from './probes';
import { newKey } from './shop';

/** Whose things are asked for. */
export interface Target {
  readonly ids: readonly string[];
  /** Names and numbers, as somebody might look for them. */
  readonly names: readonly string[];
  /** What to put where an input asks for one of its things: `orderId`, `subscriptionName`. */
  readonly inputs: Readonly<Record<string, string>>;
}

export interface Leak {
  readonly question: string;
  readonly told: readonly string[];
}

const WHOLE = buildSchema(readFileSync('schema/api.graphql', 'utf8'));
/** What partners are shown: of anything else they learn in other tests that it does not exist. */
export const FOR_PARTNERS = buildSchema(readFileSync('schema/partner.graphql', 'utf8'));

const rootOf = (kind: 'Query' | 'Mutation', schema: GraphQLSchema): GraphQLObjectType => {
  const type = schema.getType(kind);
  if (!isObjectType(type)) throw new Error(`The schema has no ${kind}.`);
  return type;
};

const DEPTH = 3;
const ROOT_FIELDS = 20;
/** What these find has a root field of its own, from which it is followed. */
const LEADS_EVERYWHERE = new Set(['node', 'search']);

/** Every root field with every id and name of the target. */
export const lookups = (target: Target, schema = WHOLE): readonly string[] =>
  shallowDocuments(schema, probesOf(rootOf('Query', schema), fillWith(target)), ROOT_FIELDS);

/** Everything that the target's own ids and names lead to, three objects deep, and every root field that needs none. */
export const wanderings = (target: Target, schema = WHOLE): readonly string[] =>
  probesOf(rootOf('Query', schema), fillWith(target))
    .filter(isOfItsKind)
    .flatMap(probe => deepDocuments(schema, probe, LEADS_EVERYWHERE.has(probe.field) ? 1 : DEPTH));

/** Every mutation about the target's things, and about a mixture of them with the caller's own account. */
export const mutations = (target: Target, ownAccountId: string, schema = WHOLE): readonly string[] =>
  probesOf(rootOf('Mutation', schema), fillWith(target, ownAccountId)).map(({ call, type }) => {
    const parts = isObjectType(type) ? Object.values(type.getFields()).filter(field => !['userErrors', 'secret'].includes(field.name)) : [];
    const selected = parts.map(field => `${field.name} ${selectionOf(getNamedType(field.type), 1)}`);
    return `mutation${call.includes('$key') ? ' ($key: String!)' : ''} { ${call} { userErrors { code message path retryable } ${selected.join(' ')} } }`;
  });

/** The leaves of a type, for questions that are put to a house itself. */
export const leavesOf = (typeName: string, isPublished: (field: string) => boolean): string => {
  const type = WHOLE.getType(typeName);
  const leaves = type ? selectionOf(type, 1).slice(1, -1).trim().split(' ') : [];
  return leaves.filter(field => field === '__typename' || isPublished(field)).join(' ');
};

/** Asks everything, and answers what was told that should not have been. */
export async function leaksOf(
  graph: Graph,
  token: string | null,
  documents: readonly string[],
  secrets: Pick<Canaries, 'texts' | 'hexes'>,
): Promise<readonly Leak[]> {
  const leaks: Leak[] = [];
  for (const document of documents) {
    const { data, errors } = await understood(graph, token, document);
    const told = toldIn([data, ...errors.map(({ message, extensions }) => [message, extensions])], document, secrets);
    if (told.length > 0) leaks.push({ question: document, told });
  }
  return leaks;
}

const TRIES_MAX = 5;

/** An answer to the question itself: a probe that was not understood fails the test, and a gateway in a hurry is asked again. */
async function understood(graph: Graph, token: string | null, document: string): Promise<Told> {
  for (let tries = 1; ; tries++) {
    const told = await graph.ask(token, document, document.startsWith('mutation (') ? { key: newKey() } : {});
    const refused = told.errors.find(({ extensions: { code } }) => /LIMIT|VALIDATION|PARSE|COST/.test(code));
    if (!refused && told.status < 500) return told;
    const isHurried = told.status >= 500 || refused?.message.startsWith('The operation takes too long to plan');
    if (!isHurried || tries === TRIES_MAX) throw new Error(`The probe was answered with ${told.status} ${refused?.message}: ${document}`);
    await pause(200 * tries);
  }
}

/** Arguments and input fields that decide nothing about whose a thing is. */
const LITERALS: Readonly<Record<string, string>> = {
  Boolean: 'true',
  CountryCode: '"US"',
  CurrencyCode: '"USD"',
  Date: '"2026-06-15"',
  DateTime: '"2026-06-15T12:00:00Z"',
  Decimal: '"1.00"',
  EmailAddress: '"somebody@example.com"',
  Int: '1',
  String: '"probe"',
  URL: '"https://hooks.example.com/probe"',
};
/** Names that tell what their text looks like. */
const NAMED: Readonly<Record<string, string>> = { fiscalQuarter: '"FY2027-Q2"', fiscalYear: '2027' };
const LEFT_OUT = new Set(['after', 'first', 'last', 'ifVersion', 'dryRun', 'effectiveOn', 'startsOn', 'measuredAt']);
/** Inputs that are nothing without their days. */
const DATED = new Set(['ListProductsInput', 'PartnerOrderLineInput', 'SignPartnerAgreementInput', 'SetMarginScheduleInput']);
const PREVIEW_KEY = newKey();
const quoted = (texts: readonly string[]) => texts.map(text => JSON.stringify(text));

function fillWith({ ids, names, inputs }: Target, ownAccountId?: string): Fill {
  return (name, type, within) => {
    if (LEFT_OUT.has(name) && !DATED.has(within)) return [];
    // What is only asked is not kept, so that the same question may be put by everybody.
    if (name === 'idempotencyKey') return ownAccountId ? ['$key'] : [JSON.stringify(PREVIEW_KEY)];
    if (within in rootOf('Query', WHOLE).getFields()) {
      if (name === 'id') return quoted(ids);
      if (['name', 'number', 'term'].includes(name)) return quoted(names);
    }
    if (name === 'billingAccountId' && ownAccountId) return quoted([inputs[name] ?? ownAccountId, ownAccountId]);
    if (inputs[name]) return quoted([inputs[name]]);
    // A name that nobody has thought of yet: any thing of the target will do.
    if (type.name === 'ID') return quoted(ids.slice(0, 1));
    const literal = NAMED[name] ?? LITERALS[type.name];
    return literal ? [literal] : [];
  };
}

/** The beginnings of the ids and names that a root field knows. What leads nowhere need not be followed. */
const BEGINNINGS: Readonly<Record<string, string>> = {
  billingAccount: 'acc_',
  organization: 'org_',
  order: 'ord_',
  license: 'lic_',
  namespace: 'nsp_',
  partner: 'par_',
  payment: 'pay_',
  invoice: 'INV-',
  subscription: 'A-S',
  search: 'A-S',
  node: 'usr_',
};

const isOfItsKind = ({ field, call }: Probe): boolean => !BEGINNINGS[field] || call.includes(`"${BEGINNINGS[field]}`);
