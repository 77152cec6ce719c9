import { type ConstDirectiveNode, Kind, type ObjectTypeDefinitionNode, parse, print, type TypeNode } from 'graphql';
import { PARTNER_TAG } from '../gateway/audience/contract';
import type { Permissions } from '../kernel/auth/rules';
import { anonymous, type Viewer } from '../kernel/auth/viewer';
import { isId } from '../kernel/ids';
import { PARTNER_SCOPES } from '../subgraphs/partners/domain/client';

/** What one house would let a partner have, as `Type.field`. */
export interface HouseOffer {
  readonly house: string;
  readonly sdl: string;
  readonly forPartners: readonly string[];
}

/** A partner's system as the rules see it. */
export function partnerWith(scopes: readonly string[]): Viewer {
  const partnerId = `par_${'0'.repeat(32)}`;
  if (!isId('partner', partnerId)) throw new Error('This is no id of a partner.');
  return { ...anonymous, subject: 'partner:pcl_1', roles: ['PARTNER'], partnerId, clientId: 'pcl_1', scopes };
}

/** Whether a rule admits a partner's system, whatever it asks for. */
export async function admitsPartner(permissions: Permissions, type: string, field: string, scopes: readonly string[]): Promise<boolean> {
  const rules = permissions[type];
  const rule = rules && (Object.hasOwn(rules, field) ? rules[field] : rules['*']);
  const asked = { viewer: partnerWith(scopes), args: {}, parent: undefined, info: undefined };
  // Rules look at who asks and at arguments, and have no other way to decide.
  return rule ? !rule.isInternal && (await rule.admits(asked as unknown as Parameters<typeof rule.admits>[0])) : false;
}

/** The fields of a house whose rules admit a partner's system that has every scope. Wrappers of what is found have no rules of their own. */
export async function fieldsForPartners(sdl: string, permissions: Permissions): Promise<readonly string[]> {
  const admitted: string[] = [];
  for (const { name, fields = [] } of objectTypesIn(sdl)) {
    const isWrapper = permissions[name.value] === undefined && name.value !== 'Query' && name.value !== 'Mutation';
    for (const field of fields) {
      if (isWrapper || (await admitsPartner(permissions, name.value, field.name.value, PARTNER_SCOPES)))
        admitted.push(`${name.value}.${field.name.value}`);
    }
  }
  return admitted;
}

/**
 * Tags what partners are shown: what a rule admits them to and they can come to from a root, since a field that is open to whoever was
 * given its object is shown to nobody who is never given one.
 */
export function tagForPartners<Offer extends HouseOffer>(houses: readonly Offer[]): readonly Offer[] {
  const offered = new Set(houses.flatMap(({ forPartners }) => forPartners));
  const types = houses.flatMap(({ sdl }) => objectTypesIn(sdl));
  const shown = new Set<string>();
  const come = (name: string): void => {
    for (const { fields = [] } of types.filter(type => type.name.value === name)) {
      for (const field of fields) {
        const coordinate = `${name}.${field.name.value}`;
        if (!offered.has(coordinate) || shown.has(coordinate)) continue;
        shown.add(coordinate);
        come(typeNameIn(field.type));
      }
    }
  };
  come('Query');
  come('Mutation');
  return houses.map(house => ({ ...house, sdl: tagged(house, shown) }));
}

/** Why requests of our own staff are declined, and no request of a partner's. */
const STAFF_CODES = new Set([
  'AGREEMENT_OVERLAPS',
  'AGREEMENT_TERM_INVALID',
  'CLIENTS_LIMIT_REACHED',
  'CLIENT_NOT_FOUND',
  'MARGINS_INVALID',
  'NETWORK_INVALID',
  'OVERLAP_INVALID',
  'PARTNER_KIND_MISMATCH',
  'PAYMENT_TERMS_INVALID',
  'RELATIONSHIP_EXISTS',
  'RELATIONSHIP_NOT_FOUND',
  'SCOPE_UNKNOWN',
]);

function tagged({ sdl }: HouseOffer, shown: ReadonlySet<string>): string {
  const document = parse(sdl, { noLocation: true });
  const hasShownMutation = document.definitions.some(
    node =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION &&
      node.name.value === 'Mutation' &&
      node.fields?.some(({ name }) => shown.has(`Mutation.${name.value}`)),
  );
  const definitions = document.definitions.map(node => {
    if (node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'UserErrorCode' && hasShownMutation) {
      const values = node.values?.map(value =>
        STAFF_CODES.has(value.name.value) ? value : { ...value, directives: [...(value.directives ?? []), TAG] },
      );
      return { ...node, ...(values && { values }) };
    }
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) return node;
    const fields = node.fields?.map(field => {
      const directives = field.directives ?? [];
      // The owner of a field tags it: composition refuses tags on what is only mentioned.
      const isForeign = directives.some(({ name }) => name.value === 'external');
      return shown.has(`${node.name.value}.${field.name.value}`) && !isForeign ? { ...field, directives: [...directives, TAG] } : field;
    });
    return { ...node, ...(fields && { fields }) };
  });
  return print({ ...document, definitions });
}

const TAG: ConstDirectiveNode = {
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: 'tag' },
  arguments: [{ kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'name' }, value: { kind: Kind.STRING, value: PARTNER_TAG } }],
};

const typeNameIn = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : typeNameIn(type.type));

const objectTypesIn = (sdl: string): readonly ObjectTypeDefinitionNode[] =>
  parse(sdl, { noLocation: true }).definitions.filter(node => node.kind === Kind.OBJECT_TYPE_DEFINITION);
