import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { BadConfiguration } from '#kernel/config';

/** The documents that clients of ours were built with. */
export interface TrustedDocuments {
  /** Whether a client that has a manifest may send nothing else. */
  readonly isEnforced: boolean;
  /** The texts of a client by their SHA-256, or undefined for a client without a manifest. */
  of(clientId: string | null): ReadonlyMap<string, string> | undefined;
  /** Names of all operations in all manifests: those that numbers are kept for. */
  readonly operationNames: ReadonlySet<string>;
}

/** The manifest of a client, in the form that Apollo's tools write. */
const manifestFile = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), name: z.string(), type: z.string(), body: z.string() })),
});

/** Reads `<client id>.manifest.json` of each client in a folder. A manifest that cannot be read stops the gateway. */
export function openTrustedDocuments(folder: string, isEnforced: boolean): TrustedDocuments {
  const manifests = new Map<string, ReadonlyMap<string, string>>();
  const operationNames = new Set<string>();
  for (const file of manifestFiles(folder)) {
    const { operations } = readManifest(join(folder, file));
    manifests.set(basename(file, MANIFEST), new Map(operations.map(({ id, body }) => [id, body])));
    for (const { name } of operations) operationNames.add(name);
  }
  return { isEnforced, operationNames, of: clientId => (clientId === null ? undefined : manifests.get(clientId)) };
}

const MANIFEST = '.manifest.json';

function manifestFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter(file => file.endsWith(MANIFEST));
  } catch {
    return [];
  }
}

function readManifest(path: string): z.infer<typeof manifestFile> {
  try {
    const manifest = manifestFile.parse(JSON.parse(readFileSync(path, 'utf8')));
    const changed = manifest.operations.find(({ id, body }) => id !== createHash('sha256').update(body).digest('hex'));
    if (changed) throw new Error(`${changed.name} is not the text that its id stands for.`);
    return manifest;
  } catch (fault) {
    throw new BadConfiguration(`OPERATIONS_PATH: ${path} is not a manifest of documents; run npm run generate.`, { cause: fault });
  }
}
