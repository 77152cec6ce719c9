/** Why a house gave no answer. It is for the log and for numbers; a caller reads only that the house is silent. */
export type SilenceReason = 'deadline' | 'connection' | 'client-left' | 'not-json' | 'overloaded' | 'unknown-house';

/** A call to a house that brought no answer. */
export class HouseSilent extends Error {
  override readonly name = 'HouseSilent';
  constructor(
    readonly house: string,
    readonly reason: SilenceReason,
    cause?: unknown,
  ) {
    super(`The house "${house}" gave no answer (${reason}).`, { cause });
  }
}
