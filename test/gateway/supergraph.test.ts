import { rename, writeFile } from 'node:fs/promises';
import { setTimeout as after } from 'node:timers/promises';
import { openGateway } from '../../gateway/server';
import { silentLog } from '../../kernel/log';
import { CUSTOMERS, ORDERS, openPlatform, type Platform, supergraphOf } from './platform';

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
});
afterAll(() => platform.close());

const grown = CUSTOMERS.replace('whoAmI: String!', 'whoAmI: String!  greeting: String');
const ask = async (query: string) => (await platform.post({ query })).status;

test('a new supergraph is in force within a moment, also when its file is replaced', async () => {
  expect(await ask('{ greeting }')).toBe(400);
  await writeFile(`${platform.supergraphPath}.next`, supergraphOf({ customers: grown, orders: ORDERS }));
  await rename(`${platform.supergraphPath}.next`, platform.supergraphPath);
  for (let waitedMs = 0; waitedMs < 3_000 && (await ask('{ greeting }')) !== 200; waitedMs += 50) await after(50);
  expect(await ask('{ greeting }')).toBe(200);
});

test.each([
  ['a file that is cut off', supergraphOf({ customers: grown, orders: ORDERS }).slice(0, 900)],
  ['an empty file', ''],
  ['a schema that is no supergraph', 'type Query { a: String }'],
  [
    'a supergraph with a house that has no address',
    supergraphOf({ customers: grown, orders: ORDERS, strangers: 'type Query { stranger: String }' }),
  ],
])('%s leaves the last good one in force', async (_, text) => {
  await writeFile(platform.supergraphPath, text);
  await platform.gateway.rereadSupergraph();
  expect(await ask('{ greeting }')).toBe(200);
  await writeFile(platform.supergraphPath, supergraphOf({ customers: grown, orders: ORDERS }));
  await platform.gateway.rereadSupergraph();
  expect(await ask('{ greeting }')).toBe(200);
});

test('a gateway does not start on a supergraph that is missing or names a stranger', async () => {
  const open = (environment: NodeJS.ProcessEnv) =>
    openGateway({ environment: { ...platform.environment, ...environment }, log: silentLog });
  await expect(open({ SUPERGRAPH_PATH: '/nowhere/supergraph.graphql' })).rejects.toThrow(
    /SUPERGRAPH_PATH: .* cannot be read; compose it first/,
  );
  await expect(open({ HOUSES: '{}' })).rejects.toThrow(/HOUSES has no address for customers, orders/);
});
