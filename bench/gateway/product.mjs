// The product's own operations on 10,000 accounts, through the product's own supergraph: ours, stock Apollo Gateway and Hive.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSchema } from 'graphql';
import { openGateways, pin } from './gateway-processes.mjs';
import { compare, ratio } from './measure.mjs';
import { openProductHouses } from './product-houses.mjs';
import { productOperations } from './product-operations.mjs';

const isQuick = process.argv.includes('--quick');
const ROUNDS = Number(process.env.ROUNDS ?? (isQuick ? 1 : 3));
const MS = Number(process.env.SECONDS ?? (isQuick ? 1 : 3)) * 1_000;
const NAMES = (process.env.GATEWAYS ?? 'stock,hive,hiveNative,ours').split(',');
const schemaFolder = join(dirname(fileURLToPath(import.meta.url)), '../../schema');
/**
 * Stock Apollo Gateway takes a type called Subscription for the root of that name, and asks the houses nonsense. Everybody
 * gets the schema with another name for it, so that all do the same work.
 */
const read = file => readFileSync(join(schemaFolder, file), 'utf8').replace(/\bSubscription\b/g, 'BoughtSubscription');

pin(process.pid, 1);
const houses = await openProductHouses(schemaFolder, read);
const supergraphSdl = read('supergraph.graphql').replace(/http:\/\/(\w+)\.house\/graphql/g, `http://127.0.0.1:${houses.port}/$1/graphql`);
const operations = productOperations(buildSchema(read('api.graphql'), { assumeValid: true }));
const gateways = await openGateways(NAMES, { supergraphSdl, houses: houses.names, port: houses.port });

const figures = {};
for (const { name, missing, ...operation } of operations) {
  figures[name] = await compare(name, gateways, operation, houses, { rounds: ROUNDS, ms: MS });
  if (missing.length > 0) console.log(`without ${missing.join(', ')}: not in the schema yet`);
}
const ratios = Object.fromEntries(
  Object.entries(figures).map(([name, rows]) => [
    name,
    Object.fromEntries(NAMES.filter(own => own !== 'ours').map(own => [own, ratio(rows, own)])),
  ]),
);
console.log(`\n${JSON.stringify({ ratios, figures })}`);
for (const { child } of gateways.values()) child.kill('SIGKILL');
process.exit(0);
