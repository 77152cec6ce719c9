import { displayOf, type Money, share, sum, times } from '#kernel/money';
import type { Period } from '#kernel/time';
import type { CatalogItem } from './catalog';
import { type ListPrice, piecesOf } from './list-price';
import type { PricedLine } from './plan';
import type { Priced, Units } from './pricing';

/** A product at the price that is charged for it, for so many units: what lines are made of. */
export interface Offer extends Pick<CatalogItem, 'sku' | 'kind' | 'model'> {
  readonly pieces: readonly OfferedPiece[];
}

/** So many units at the price of one, with the discount taken already. */
interface OfferedPiece extends Units {
  readonly part: string | null;
}

/**
 * What so many units of a product cost each. A percentage is taken of the price for one, rounded once, half up, so that the price
 * that is agreed is the price that later additions, renewals and credits are counted from.
 */
export function offerOf(
  { sku, kind, model }: Pick<CatalogItem, 'sku' | 'kind' | 'model'>,
  price: ListPrice,
  quantity: number,
  discountBasisPoints: number,
): Offer {
  const pieces = piecesOf(price, quantity).map(piece => ({ ...piece, kind, ...reduced(piece.unitPrice, discountBasisPoints) }));
  return { sku, kind, model, pieces };
}

/** One line for each piece, all for the same days, each priced by itself. */
export const linesOfOffer = (offer: Offer, description: string, period: Period, priceOf: (units: Units) => Priced): readonly PricedLine[] =>
  offer.pieces.map(piece => ({
    sku: offer.sku,
    kind: offer.kind,
    model: offer.model,
    description: piece.part ? `${description}, ${piece.part}` : description,
    quantity: piece.quantity,
    unitPrice: piece.unitPrice,
    priced: priceOf(piece),
    period,
  }));

/** What a year of it comes to: quantity × price, piece by piece. */
export const yearOf = ({ pieces }: Offer): Money =>
  sum(
    pieces.map(piece => times(piece.unitPrice, BigInt(piece.quantity))),
    pieces[0]!.unitPrice.currency,
  );

/** A price for one unit less a percentage, and how it came about. */
export function reduced(listed: Money, basisPoints: number): { readonly unitPrice: Money; readonly priceWorking: string | null } {
  if (basisPoints === 0) return { unitPrice: listed, priceWorking: null };
  const unitPrice = share(listed, BigInt(10_000 - basisPoints), 10_000n, 'HALF_UP');
  return { unitPrice, priceWorking: `${displayOf(listed)} less ${basisPoints / 100} %` };
}
