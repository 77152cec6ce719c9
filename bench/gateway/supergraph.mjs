import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { SDL } from './houses.mjs';

/** The supergraph, with the address of every subgraph in it. */
export function supergraphAt(port) {
  const composed = composeServices(
    Object.entries(SDL).map(([name, sdl]) => ({ name, url: `http://127.0.0.1:${port}/${name}/graphql`, typeDefs: parse(sdl) })),
  );
  if (!composed.supergraphSdl) throw new Error(JSON.stringify(composed.errors));
  return composed.supergraphSdl;
}
