// The product's houses, as cheap as they can be: whatever is asked is answered by the shapes of `schema/*.graphql`, with
// values made of the key of what was asked about. Every account of 10,000 has answers of its own, and always the same.
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { parse } from 'graphql';

const NODES = 8;
const ITEMS = 3;
const REMEMBERED_MAX = 200_000;

/** What the fields of each type hold, for each house. */
function shapesIn(sdl) {
  const shapes = new Map();
  for (const node of parse(sdl, { noLocation: true }).definitions) {
    const name = node.name?.value;
    const known = shapes.get(name) ?? { kind: node.kind, fields: new Map(), members: [] };
    if (node.fields) for (const field of node.fields) known.fields.set(field.name.value, unwrapped(field.type));
    if (node.values) known.members = node.values.map(value => value.name.value);
    if (node.kind === 'UnionTypeDefinition') known.members = node.types.map(type => type.name.value);
    if (node.kind === 'ObjectTypeDefinition') for (const { name: own } of node.interfaces ?? []) shapes.get(own.value)?.members.push(name);
    if (name) shapes.set(name, known);
  }
  return shapes;
}
const unwrapped = (type, isList = false) =>
  type.kind === 'NamedType' ? { name: type.name.value, isList } : unwrapped(type.type, isList || type.kind === 'ListType');

const SCALARS = {
  Int: seed => seed % 250,
  Float: seed => (seed % 1000) / 10,
  Boolean: seed => seed % 2 === 0,
  Date: seed => `2026-0${1 + (seed % 9)}-1${seed % 10}`,
  DateTime: seed => `2026-0${1 + (seed % 9)}-1${seed % 10}T12:00:00.000Z`,
  Decimal: seed => `${seed % 100_000}.${10 + (seed % 90)}`,
};
const seedOf = text => {
  let seed = 7;
  for (let at = 0; at < text.length; at += 1) seed = (seed * 31 + text.charCodeAt(at)) >>> 0;
  return seed;
};

function madeUp(shapes, { name, isList }, key, node, scope) {
  if (isList) {
    const length = node.name.value === 'nodes' || node.name.value === 'edges' ? NODES : ITEMS;
    return Array.from({ length }, (_, at) => madeUp(shapes, { name, isList: false }, `${key}.${at}`, node, scope));
  }
  const shape = shapes.get(name);
  if (shape?.kind === 'EnumTypeDefinition') return shape.members[seedOf(key) % shape.members.length];
  if (node.selectionSet) return select(shapes, shape.members.length > 0 ? shape.members[0] : name, { key }, node.selectionSet, scope);
  return SCALARS[name]?.(seedOf(key)) ?? (name === 'ID' ? `${node.name.value}_${seedOf(key)}` : `${node.name.value} of ${seedOf(key)}`);
}

function select(shapes, type, source, { selections }, scope, into = {}) {
  for (const node of selections) {
    if (node.kind !== 'Field') {
      const fragment = node.kind === 'InlineFragment' ? node : scope.fragments.get(node.name.value);
      const wanted = fragment.typeCondition?.name.value ?? type;
      if (wanted === type || shapes.get(wanted)?.members.includes(type)) select(shapes, type, source, fragment.selectionSet, scope, into);
      continue;
    }
    const name = node.name.value;
    const alias = node.alias?.value ?? name;
    if (name === '__typename') into[alias] = type;
    else if (name === '_entities') into[alias] = entitiesOf(shapes, node, scope);
    else if (source[name] !== undefined && !node.selectionSet) into[alias] = source[name];
    else {
      const given = (node.arguments ?? []).map(({ value }) => (value.kind === 'Variable' ? scope.variables[value.name.value] : ''));
      into[alias] = madeUp(shapes, shapes.get(type).fields.get(name), `${source.key}.${name}.${given.join()}`, node, scope);
    }
  }
  return into;
}

function entitiesOf(shapes, node, scope) {
  const [{ value }] = node.arguments;
  return scope.variables[value.name.value].map(representation => {
    const key = JSON.stringify(representation);
    return select(shapes, representation.__typename, { ...representation, key }, node.selectionSet, scope);
  });
}

/** Opens all houses on one port: `/orders/graphql` and so on. */
export function openProductHouses(schemaFolder, read) {
  const names = readdirSync(schemaFolder).flatMap(file =>
    /^(?!api|supergraph|partner\.)\w+\.graphql$/.test(file) ? [file.replace('.graphql', '')] : [],
  );
  const shapesByHouse = new Map(names.map(name => [name, shapesIn(read(`${name}.graphql`))]));
  const documents = new Map();
  const answers = new Map();
  const seen = { count: 0 };
  const answer = (house, body) => {
    const { query, variables = {} } = JSON.parse(body);
    const document = documents.get(query) ?? parse(query, { noLocation: true });
    documents.set(query, document);
    const fragments = new Map(document.definitions.flatMap(node => (node.kind === 'FragmentDefinition' ? [[node.name.value, node]] : [])));
    const operation = document.definitions.find(node => node.kind === 'OperationDefinition');
    const data = select(shapesByHouse.get(house), 'Query', { key: '' }, operation.selectionSet, { fragments, variables: variables ?? {} });
    return Buffer.from(JSON.stringify({ data }));
  };
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const [, house, place] = request.url.split('/');
      // Their logs of events are not part of this.
      if (place !== 'graphql') return response.writeHead(404).end();
      seen.count += 1;
      const body = Buffer.concat(chunks).toString();
      let text = answers.get(body);
      if (!text) {
        text = answer(house, body);
        // It remembers, so that the core it shares with the load is not what is measured.
        if (answers.size < REMEMBERED_MAX) answers.set(body, text);
      }
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
      response.end(text);
    });
  });
  server.keepAliveTimeout = 60_000;
  return new Promise(done => server.listen(0, '127.0.0.1', () => done({ server, seen, names, port: server.address().port })));
}
