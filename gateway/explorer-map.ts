import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type ConstDirectiveNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type TypeNode,
} from 'graphql';
import type { Environment } from '#kernel/config';
import { type HttpRequest, type HttpResponse, json } from '#kernel/serve';
import type { Identity } from './identity';
import { mayIntrospect } from './limits';

/** Who has what, as people look it up: each type with the houses that answer for its fields, and who may have a field. */
export interface SchemaMap {
  readonly houses: readonly string[];
  readonly types: readonly MappedType[];
  /** `Type.field` and who may have it, where not everybody may who reached the type. */
  readonly access: Readonly<Record<string, string>>;
}

interface MappedType {
  readonly name: string;
  readonly description: string;
  /** Houses refer to it by a key; what is no entity is a value, such as an amount. */
  readonly isEntity: boolean;
  /** The houses that know it, the one that has the most of it first. */
  readonly houses: readonly string[];
  readonly fields: readonly { readonly name: string; readonly type: string; readonly house: string }[];
}

export interface ExplorerMap {
  /** Takes a supergraph that came into force. */
  take(supergraphSdl: string): void;
  answer(request: HttpRequest): Promise<HttpResponse>;
}

interface Options {
  readonly environment: Environment;
  readonly identity: () => Identity;
  readonly addressOf: (request: HttpRequest) => string;
  readonly supergraphPath: string;
}

/** Draws the map of the supergraph in force, and shows it to whoever may read the schema. */
export function openExplorerMap({ environment, identity, addressOf, supergraphPath }: Options): ExplorerMap {
  const access = accessBeside(supergraphPath);
  let sdl = '';
  let drawn: SchemaMap | null = null;
  return {
    take(supergraphSdl) {
      sdl = supergraphSdl;
      drawn = null;
    },
    async answer(request) {
      const { method, headers } = request;
      if (method !== 'GET') return { status: 405, headers: { allow: 'GET' } };
      const viewer = await identity().viewerOf(headers.authorization, addressOf(request));
      if (!viewer.ok || !mayIntrospect(viewer.value, environment))
        return json(403, { error: 'This caller may not read the schema.' }, NOT_STORED);
      drawn ??= { ...mapOf(sdl), access };
      return json(200, drawn, NOT_STORED);
    },
  };
}

const NOT_STORED = { 'cache-control': 'no-store' } as const;

/** Written beside the supergraph when both are generated. A supergraph that stands alone has a map without it. */
function accessBeside(supergraphPath: string): Readonly<Record<string, string>> {
  try {
    return JSON.parse(readFileSync(join(dirname(supergraphPath), 'access.json'), 'utf8'));
  } catch {
    return {};
  }
}

/** Reads the map out of a supergraph: `join__type` and `join__field` say which house has what. */
export function mapOf(supergraphSdl: string): Omit<SchemaMap, 'access'> {
  const { definitions } = parse(supergraphSdl, { noLocation: true });
  const graphs = definitions.find(node => node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph');
  const values = graphs?.kind === Kind.ENUM_TYPE_DEFINITION ? (graphs.values ?? []) : [];
  const houseByGraph = new Map(
    values.map(({ name, directives }) => [name.value, argument(directives, 'join__graph', 'name') ?? name.value]),
  );
  const types = definitions
    .filter(node => node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION)
    .filter(({ name }) => !/(Connection|Edge)$/.test(name.value))
    .map(node => mappedType(node, houseByGraph));
  return { houses: [...houseByGraph.values()], types };
}

function mappedType(
  { name, description, directives, fields = [] }: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode,
  houseByGraph: ReadonlyMap<string, string>,
): MappedType {
  const houseOf = (graph: string) => houseByGraph.get(graph) ?? graph;
  const all = named(directives, 'join__type')
    .flatMap(node => textOf(node, 'graph') ?? [])
    .map(houseOf);
  const mapped = fields
    .filter(field => named(field.directives, 'inaccessible').length === 0)
    .map(field => {
      const owners = named(field.directives, 'join__field').filter(node => !isTrue(node, 'external'));
      const own = owners.flatMap(node => textOf(node, 'graph') ?? []).map(houseOf);
      return { name: field.name.value, type: bareType(field.type), house: own[0] ?? all[0] ?? '' };
    });
  const weight = (house: string) => mapped.filter(field => field.house === house).length;
  const houses = [...new Set(all)].toSorted((one, other) => weight(other) - weight(one));
  const isEntity = named(directives, 'join__type').some(node => textOf(node, 'key') !== undefined);
  return { name: name.value, description: description?.value ?? '', isEntity, houses, fields: mapped };
}

const named = (directives: readonly ConstDirectiveNode[] | undefined, name: string) =>
  (directives ?? []).filter(directive => directive.name.value === name);

function textOf({ arguments: given = [] }: ConstDirectiveNode, name: string): string | undefined {
  const value = given.find(argument => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}

const argument = (directives: readonly ConstDirectiveNode[] | undefined, directive: string, name: string): string | undefined =>
  named(directives, directive).flatMap(node => textOf(node, name) ?? [])[0];

const isTrue = ({ arguments: given = [] }: ConstDirectiveNode, name: string): boolean =>
  given.some(argument => argument.name.value === name && argument.value.kind === Kind.BOOLEAN && argument.value.value);

const bareType = (type: TypeNode): string =>
  (type.kind === Kind.NAMED_TYPE ? type.name.value : bareType(type.type)).replace(/(Connection|Edge)$/, '');
