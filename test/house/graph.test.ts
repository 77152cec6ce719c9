/** The style of the graph, checked on the schemas as the houses publish them. */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { checks, type Houses } from './graph-checks';
import { shapeChecks } from './graph-shape-checks';

const GENERATED_FROM_ALL = ['supergraph.graphql', 'api.graphql', 'partner.graphql'];

const documents: Houses = Object.fromEntries(
  readdirSync('schema')
    .filter(file => file.endsWith('.graphql') && !GENERATED_FROM_ALL.includes(file))
    .map(file => [file.replace('.graphql', ''), parse(readFileSync(`schema/${file}`, 'utf8'))]),
);
/** `Type.field` of every field whose rule may say no, from the evidence of who may have what. */
const guarded = new Set(
  [...readFileSync('test/golden/authz.md', 'utf8').matchAll(/^\| (\w+\.\w+) \| (.+) \|$/gm)]
    .filter(([, , who]) => who !== 'open' && who !== 'anyone')
    .map(([, field]) => field ?? ''),
);
const all = [...checks, ...shapeChecks];

test.each(all)('$rule', ({ find }) => {
  expect(find(documents, guarded)).toEqual([]);
});

test.each(all)('the canary of “$rule” is found', ({ find, canary }) => {
  expect(
    find(Object.fromEntries(Object.entries(canary).map(([house, sdl]) => [house, parse(sdl)])), new Set(['Order.guarded'])),
  ).not.toEqual([]);
});
