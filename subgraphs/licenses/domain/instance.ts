import { accept, refuse } from '#kernel/result';
import { lineFrom } from '#kernel/text';

/** What an instance says of itself. */
export interface InstanceNames {
  readonly identifier: string;
  readonly hostname: string;
  readonly version: string;
}

/** Longest names, in characters. */
const LENGTH_MAX = { identifier: 128, hostname: 255, version: 64 } as const;

/** L2: decides whether an instance is named so that people can tell it apart. Refuses empty, overlong and invisible names. */
export function acceptNames(names: { readonly instanceId: string; readonly hostname: string; readonly version: string }) {
  const identifier = lineFrom(names.instanceId, LENGTH_MAX.identifier);
  if (identifier !== names.instanceId) return misnamed('instanceId', LENGTH_MAX.identifier);
  const hostname = lineFrom(names.hostname, LENGTH_MAX.hostname);
  if (hostname === null) return misnamed('hostname', LENGTH_MAX.hostname);
  const version = lineFrom(names.version, LENGTH_MAX.version);
  if (version === null) return misnamed('version', LENGTH_MAX.version);
  return accept<InstanceNames>({ identifier, hostname, version });
}

const misnamed = (field: string, lengthMax: number) =>
  refuse('INPUT_INVALID', `Send 1 to ${lengthMax} visible characters as ${field}.`, { path: [field] });
