/** A house that is added by script compiles, keeps every rule and fits the graph, before anybody has touched it. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { compose } from '../../scripts/generate';
import { addHouse, BadName } from '../../scripts/new-subgraph';
import { checks } from './checks';
import { sourceOf } from './sources';

const COPIED = [
  'kernel',
  'test/support/cluster.ts',
  'test/support/house.ts',
  'test/support/test-clock.ts',
  'test/support/viewers.ts',
  'package.json',
  'tsconfig.json',
  'tsconfig.test.json',
  '.dependency-cruiser.cjs',
  'docker-compose.yml',
  'schema',
];

let root: string;
let written: readonly string[];

beforeAll(() => {
  root = mkdtempSync(join(resolve('test'), 'canary-'));
  for (const path of COPIED) cpSync(path, join(root, path), { recursive: true });
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  written = addHouse(root, 'parcels');
});
afterAll(() => rmSync(root, { recursive: true }));

function said(command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  return status === 0 ? '' : stdout + stderr;
}

test('it compiles, its tests included', () => {
  expect(said(resolve('node_modules/.bin/tsc'), '-p', 'tsconfig.test.json')).toBe('');
}, 120_000);

test('it breaks no import rule', () => {
  expect(
    said(
      process.execPath,
      resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      'subgraphs',
    ),
  ).toBe('');
}, 120_000);

test('it is as tidy as the others', () => {
  const sources = written.filter(path => path.endsWith('.ts')).map(path => sourceOf(path, readFileSync(join(root, path), 'utf8')));
  expect(checks.flatMap(({ applies, find }) => sources.filter(source => applies.test(source.path)).flatMap(find))).toEqual([]);
});

test('it composes with the houses there are', () => {
  const print = `require('graphql').graphql({ schema: require('./subgraphs/parcels/server.ts').parcels.buildSchema(), source: '{ _service { sdl } }' })
    .then(({ data }) => console.log(data._service.sdl))`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--conditions=development', '--import', 'tsx', '-e', print], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const neighbours = readdirSync('subgraphs').map(house => ({ house, sdl: readFileSync(join('schema', `${house}.graphql`), 'utf8') }));
  expect(compose([...neighbours, { house: 'parcels', sdl: stdout }]).publicSdl).toContain('type OpenParcelPayload');
}, 120_000);

test('the demonstration starts it, and its neighbours know where', () => {
  const { services } = parseYaml(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true });
  expect(JSON.parse(services.orders.environment.HOUSES).parcels).toBe(`http://parcels:${services.parcels.environment.PORT}`);
  expect(services.gateway.depends_on).toContain('parcels');
});

test.each([
  ['orders', undefined, 'There is a house named orders.'],
  ['Parcels', undefined, '"Parcels" cannot be a name here'],
  ['returns', undefined, '"return" cannot be a name here'],
  ['media', undefined, 'Say the singular as well'],
  ['agreements', 'invoice', 'The graph has a type Invoice already.'],
])('a house named %s (%s) is refused before anything is written', (house, entity, sentence) => {
  expect(() => addHouse('.', house, entity)).toThrow(BadName);
  expect(() => addHouse('.', house, entity)).toThrow(sentence);
});
