import { type FSWatcher, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { SupergraphManager, SupergraphSdlUpdateFunction } from '@apollo/gateway';
import { Kind, parse } from 'graphql';
import { BadConfiguration } from '#kernel/config';
import type { Log } from '#kernel/log';

export interface SupergraphFile extends SupergraphManager {
  /** Resolves when the file as it is now has been taken or declined. For tests, and for who cannot wait for the watch. */
  reread(): Promise<void>;
}

export interface SupergraphOptions {
  readonly path: string;
  /** Houses whose address is known. A supergraph that needs another one is declined. */
  readonly houses: readonly string[];
  readonly log: Log;
  /** Is told of each file that came into force, and of each that was declined. */
  readonly onFile?: ((outcome: 'in-force' | 'declined') => void) | undefined;
}

// Writers replace a file in several steps, and a watch tells of each.
const SETTLE_MS = 50;

/**
 * The supergraph's file. It is read once at the start, which fails when it is broken, and again whenever it changes;
 * then a broken file is reported and the last good one stays in charge.
 */
export function openSupergraphFile({ path, houses, log, onFile }: SupergraphOptions): SupergraphFile {
  let update: SupergraphSdlUpdateFunction | undefined;
  let current = '';
  let reading: Promise<void> = Promise.resolve();
  const take = async () => {
    try {
      const sdl = await readSupergraph(path, houses);
      if (sdl === current || !update) return;
      update(sdl);
      current = sdl;
      onFile?.('in-force');
      log.info('The supergraph changed and is in force.');
    } catch (fault) {
      onFile?.('declined');
      log.error('The supergraph file is broken; the last good one stays in force.', { fault });
    }
  };
  // One after the other: an older file must not overtake a newer one.
  const reread = () => (reading = reading.then(take));
  return {
    reread,
    async initialize(hooks) {
      current = await readSupergraph(path, houses);
      update = hooks.update;
      const watcher = watchFile(path, reread);
      return {
        supergraphSdl: current,
        cleanup: async () => {
          update = undefined;
          watcher.close();
        },
      };
    },
  };
}

async function readSupergraph(path: string, houses: readonly string[]): Promise<string> {
  const sdl = await readFile(path, 'utf8').catch(fault => {
    throw new BadConfiguration(`SUPERGRAPH_PATH: the supergraph at ${path} cannot be read; compose it first.`, { cause: fault });
  });
  const unknown = housesIn(sdl).filter(house => !houses.includes(house));
  if (unknown.length > 0) throw new BadConfiguration(`HOUSES has no address for ${unknown.join(', ')}, which the supergraph needs.`);
  return sdl;
}

/** The houses that a supergraph is made of: the names in its enum `join__Graph`. */
export function housesIn(sdl: string): string[] {
  const graphs = parse(sdl, { noLocation: true }).definitions.find(
    node => node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph',
  );
  if (graphs?.kind !== Kind.ENUM_TYPE_DEFINITION) throw new BadConfiguration('The file is no supergraph: it has no enum join__Graph.');
  return (graphs.values ?? []).flatMap(value =>
    (value.directives ?? []).flatMap(({ arguments: given }) => {
      const name = given?.find(argument => argument.name.value === 'name')?.value;
      return name?.kind === Kind.STRING ? [name.value] : [];
    }),
  );
}

/** Watches the folder and not the file: a file that is replaced by renaming is another file, and its watch falls silent. */
function watchFile(path: string, changed: () => void): FSWatcher {
  const name = basename(path);
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(dirname(path), { persistent: false }, (_, file) => {
    // A mounted secret or map changes through a link called `..data`.
    if (file !== null && file !== name && !file.startsWith('..')) return;
    clearTimeout(timer);
    timer = setTimeout(changed, SETTLE_MS);
    timer.unref();
  });
  watcher.once('close', () => clearTimeout(timer));
  return watcher;
}
