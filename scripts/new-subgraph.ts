/**
 * Adds a house: `npm run new:subgraph -- parcels`, or `-- media medium` where the singular is not the plural without its s.
 * It copies the tested house of scripts/new-subgraph, with names replaced, gives its entity an id of its own, and adds the
 * house to the demonstration in docker-compose.yml. What it holds is yours to change; every test passes before you do.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

interface Names {
  /** The house, plural: `parcels`. */
  readonly house: string;
  /** What it owns, singular: `parcel`. */
  readonly entity: string;
}

/** Why there can be no house of that name, in a sentence. */
export class BadName extends Error {}

const TEMPLATES = join(__dirname, 'new-subgraph');
const NAME = /^[a-z]{3,30}$/;
const RESERVED = new Set([
  'account',
  'case',
  'class',
  'default',
  'delete',
  'export',
  'import',
  'new',
  'node',
  'package',
  'return',
  'switch',
  'type',
  'user',
]);

/** Writes a house and its tests below `root`. Throws `BadName` before it writes anything. */
export function addHouse(root: string, house: string, entity = house.replace(/s$/, '')): readonly string[] {
  const names = { house, entity };
  checkNames(root, names);
  const copied = templatesBelow(TEMPLATES).map(template => copy(root, template, names));
  edit(join(root, 'kernel/ids.ts'), text => withIdKind(text, names));
  edit(join(root, 'docker-compose.yml'), text => withService(text, names));
  return [...copied, 'kernel/ids.ts', 'docker-compose.yml'];
}

function checkNames(root: string, { house, entity }: Names): void {
  for (const name of [house, entity]) {
    if (!NAME.test(name) || RESERVED.has(name))
      throw new BadName(`"${name}" cannot be a name here: one whole word in small letters that the language does not use.`);
  }
  if (house === entity) throw new BadName('Say the singular as well: npm run new:subgraph -- media medium');
  if (existsSync(join(root, 'subgraphs', house))) throw new BadName(`There is a house named ${house}.`);
  const api = readFileSync(join(root, 'schema/api.graphql'), 'utf8');
  if (new RegExp(`^(type|enum|interface|union|input|scalar) ${upperFirst(entity)}\\b`, 'm').test(api))
    throw new BadName(`The graph has a type ${upperFirst(entity)} already.`);
}

const templatesBelow = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? templatesBelow(path) : [path];
  });

function copy(root: string, template: string, names: Names): string {
  const inside = template.slice(TEMPLATES.length + 1).replace(/\.template$/, '');
  const path = renamed(
    inside.startsWith('test/')
      ? join('test/subgraphs/parcels', basename(inside))
      : join('subgraphs/parcels', inside.slice('house/'.length)),
    names,
  );
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), renamed(readFileSync(template, 'utf8'), names));
  return path;
}

/** The template speaks of parcels. */
const renamed = (text: string, { house, entity }: Names): string =>
  text
    .replaceAll('parcels', house)
    .replaceAll('Parcels', upperFirst(house))
    .replaceAll('parcel', entity)
    .replaceAll('Parcel', upperFirst(entity))
    .replaceAll('PARCEL', entity.toUpperCase());

const upperFirst = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function edit(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

/** Gives the entity a kind of id, with three letters that no other kind has. */
function withIdKind(text: string, { entity }: Names): string {
  const taken = new Set([...text.matchAll(/^ {2}\w+: '([a-z]{3})',$/gm)].map(match => match[1]));
  const prefix = threeLettersOf(entity).find(letters => !taken.has(letters));
  if (!prefix) throw new BadName(`Every three letters of "${entity}" stand for something else already.`);
  const kinds = text.replace(/^(export const ID_PREFIX = \{\n[\s\S]*?)^\} as const;/m, `$1  ${entity}: '${prefix}',\n} as const;`);
  const lastType = /^export type EventId = .*$/m;
  return kinds.replace(lastType, line => `export type ${upperFirst(entity)}Id = Id<'${entity}'>;\n${line}`);
}

/** The first letter with each pair of the others, in the order of the word. */
function threeLettersOf(word: string): readonly string[] {
  const [first = '', ...rest] = word;
  return rest.flatMap((second, index) => rest.slice(index + 1).map(third => first + second + third));
}

/** Adds the house to the demonstration, on the port after the last house's. */
function withService(text: string, { house }: Names): string {
  const ports = [...text.matchAll(/http:\/\/\w+:(\d+)"/g)].map(match => Number(match[1]));
  const port = Math.max(...ports) + 1;
  const service = [
    `  ${house}:`,
    '    <<: *house',
    `    command: [node, dist/subgraphs/${house}/server.js]`,
    `    environment: { <<: *calls, PORT: ${port}, DATABASE_URL_FILE: /addresses/${house} }`,
  ];
  return text
    .replace(/("http:\/\/\w+:\d+")\}/, `$1,\n    "${house}":"http://${house}:${port}"}`)
    .replace(/^( {2}gateway:)$/m, `${service.join('\n')}\n\n$1`)
    .replace(/(depends_on: \[customers[^\]]*)\]/, `$1, ${house}]`);
}

function main([house, entity]: readonly string[]): void {
  try {
    if (!house) throw new BadName('Use: npm run new:subgraph -- <house> [<entity>], for example -- parcels parcel');
    for (const path of addHouse('.', house, entity)) console.log(`  ${path}`);
    console.log(
      `\nNow:\n  npm run migrations -- ${house} init\n  npm run generate\n  npm run format\n  npm test -- --only house subgraphs\n`,
    );
    console.log(`Then write down what ${house} owns: subgraphs/${house}/README.md, docs/words.md, ARCHITECTURE.md and CHANGELOG.md.`);
  } catch (fault) {
    if (!(fault instanceof BadName)) throw fault;
    console.error(fault.message);
    process.exitCode = 2;
  }
}

if (require.main === module) main(process.argv.slice(2));
