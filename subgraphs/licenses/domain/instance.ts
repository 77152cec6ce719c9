import { accept, refuse } from '#kernel/result';
import { lineFrom } from '#kernel/text';
import type { Instant } from '#kernel/time';

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

/** Why an instance is not active any more. */
export const DEACTIVATION_CAUSES = ['OWNER', 'SUPPORT', 'ITSELF', 'MOVED'] as const;
export type DeactivationCause = (typeof DEACTIVATION_CAUSES)[number];

/** L1, policy: one code activates so many instances at a time. A deactivated one makes room. */
export const INSTANCES_PER_CODE_MAX = 20;

/** Policy: the clock of an instance may be wrong by so many hours; with more, it would misread the days of its licence. */
export const CLOCK_SKEW_HOURS_MAX = 24;

/** L2: decides whether there is room for one more instance under a code. Refuses when the code has all it may have. */
export function admitInstance(activeOthers: number) {
  if (activeOthers < INSTANCES_PER_CODE_MAX) return accept({ isAdmitted: true } as const);
  return refuse(
    'TOO_MANY_INSTANCES',
    `This code has activated ${INSTANCES_PER_CODE_MAX} instances, as many as it may. Deactivate one, or name the one that this replaces.`,
    { path: ['activationCode'] },
  );
}

/** L2: decides whether the clock of an instance is right enough to tell the days of its licence. One that says nothing is. */
export function acceptClock(instanceClock: Instant | null | undefined, now: Instant) {
  const skewMs = instanceClock ? Math.abs(instanceClock.getTime() - now.getTime()) : 0;
  if (skewMs <= CLOCK_SKEW_HOURS_MAX * 3_600_000) return accept({ isRight: true } as const);
  return refuse(
    'CLOCK_SKEW',
    `The clock of this instance is wrong by more than ${CLOCK_SKEW_HOURS_MAX} hours. Set it, and activate again.`,
    {
      path: ['clock'],
      retryable: true,
    },
  );
}

/** The answer to a report of an instance that was deactivated. */
export const deactivated = () =>
  refuse('INSTANCE_DEACTIVATED', 'This instance was deactivated. Activate it again with its code.', { path: ['instanceId'] });
