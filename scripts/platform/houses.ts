import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyHouse } from '../../kernel/house';

// An image holds what was built, and no source.
const isBuilt = __filename.endsWith('.js');
const subgraphs = join(__dirname, '../../subgraphs');

/** The houses of this product, by name: every folder of `subgraphs/` with a server. */
export const houseNames = (): readonly string[] =>
  readdirSync(subgraphs)
    .filter(name => existsSync(join(subgraphs, name, isBuilt ? 'server.js' : 'server.ts')))
    .sort();

/** A house's declaration, as its `server.ts` exports it under its own name. */
export function loadHouse(name: string): AnyHouse {
  const module: Record<string, unknown> = require(`../../subgraphs/${name}/server${isBuilt ? '.js' : ''}`);
  const declared = module[name];
  if (typeof declared !== 'object' || declared === null)
    throw new Error(`subgraphs/${name}/server.ts does not export its house as "${name}".`);
  return declared as AnyHouse;
}
