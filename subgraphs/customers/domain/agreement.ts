import { accept, refuse } from '#kernel/result';

/** The documents a customer accepts: the licence of the software, and the terms of buying. */
export const AGREEMENT_KINDS = ['EULA', 'TERMS'] as const;
export type AgreementKind = (typeof AGREEMENT_KINDS)[number];

/** Policy: the versions that may still be accepted, the one in force last. A version accepted earlier stays accepted. */
export const AGREEMENT_VERSIONS: Readonly<Record<AgreementKind, readonly string[]>> = {
  EULA: ['2025-06', '2026-01'],
  TERMS: ['2025-06', '2026-01'],
};

/** Decides whether a version of an agreement is accepted. Accepting it again changes nothing and is no error. */
export function acceptVersion(kind: AgreementKind, version: string) {
  return AGREEMENT_VERSIONS[kind].includes(version)
    ? accept({ kind, version })
    : refuse('AGREEMENT_VERSION_UNKNOWN', `The versions that can be accepted are ${AGREEMENT_VERSIONS[kind].join(', ')}.`, {
        path: ['version'],
      });
}
