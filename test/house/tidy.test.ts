/** Rooms, sizes, names and words of the code. Each finding names the file and the line, and what to do instead. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { houseNames } from '../../scripts/platform/houses';
import { checks } from './checks';
import { sourceOf, sourcesUnder } from './sources';

const ROOMS = ['README.md', 'actions', 'domain', 'events', 'graph', 'server.ts', 'store'];
const ROOMS_SOME_HAVE = ['ports'];

const sources = sourcesUnder('kernel', 'gateway', 'subgraphs', 'scripts', 'test', 'bench');

test.each(checks)('$rule', ({ applies, find }) => {
  expect(sources.filter(source => applies.test(source.path)).flatMap(find)).toEqual([]);
});

test.each(checks)('the canary of “$rule” is found', ({ applies, find, canary }) => {
  expect(canary.path).toMatch(applies);
  expect(find(sourceOf(canary.path, canary.text))).not.toEqual([]);
});

test.each(readdirSync('subgraphs'))('the %s subgraph has every room, and no other', subgraph => {
  const found = readdirSync(join('subgraphs', subgraph)).filter(room => !ROOMS_SOME_HAVE.includes(room));
  expect(found.toSorted()).toEqual(ROOMS);
});

test.each(houseNames())('each mutation of %s is an action of its own name', house => {
  const schema = join('schema', `${house}.graphql`);
  const mutations = /^type Mutation \{\n([\s\S]*?)^\}/m.exec(readFileSync(schema, 'utf8'))?.[1] ?? '';
  const names = [...mutations.matchAll(/^ {2}([a-z]\w*)[(:]/gm)].map(match => match[1]);
  expect(names.filter(name => !existsSync(join('subgraphs', house, 'actions', `${name}.ts`)))).toEqual([]);
});
