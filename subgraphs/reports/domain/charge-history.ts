import type { Currency } from '#kernel/money';
import type { PlainDate } from '#kernel/time';

/** The part of a charge that reports count. */
export interface CountedCharge {
  readonly chargeId: string;
  readonly quantity: number;
  readonly unitPriceMinor: bigint;
  readonly currency: Currency;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
}

/** What a new version of an agreement does to the charges that were known: these are no longer so, and these are new. */
export interface ChargeChanges<Known, Told> {
  readonly outdated: readonly Known[];
  /** Each with what was known of the same charge before. */
  readonly added: readonly { readonly told: Told; readonly before: Known | null }[];
}

/** Compares the charges that were known with all those that the newest version tells. What is the same stays as it is. */
export function changesOf<Known extends CountedCharge, Told extends CountedCharge>(
  known: readonly Known[],
  told: readonly Told[],
): ChargeChanges<Known, Told> {
  const knownById = new Map(known.map(charge => [charge.chargeId, charge]));
  const toldById = new Map(told.map(charge => [charge.chargeId, charge]));
  return {
    outdated: known.filter(charge => !isSame(charge, toldById.get(charge.chargeId))),
    added: told
      .filter(charge => !isSame(charge, knownById.get(charge.chargeId)))
      .map(charge => ({ told: charge, before: knownById.get(charge.chargeId) ?? null })),
  };
}

const isSame = (charge: CountedCharge, other: CountedCharge | undefined): boolean =>
  other !== undefined &&
  charge.quantity === other.quantity &&
  charge.unitPriceMinor === other.unitPriceMinor &&
  charge.currency === other.currency &&
  charge.startsOn === other.startsOn &&
  charge.endsOn === other.endsOn;
