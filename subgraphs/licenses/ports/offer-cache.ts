import type { Surroundings } from '#kernel/house';
import type { OfferedProduct, Sellable } from '../domain/offer';

/** All that offers for one namespace are decided from. */
export interface Offerable {
  readonly namespace: Sellable;
  readonly products: readonly OfferedProduct[];
}

/** Keeps for a moment what product pages ask for again and again. */
export interface OfferCache {
  /** What was found a moment ago, or what `find` finds now; all who ask meanwhile wait for the same. */
  of(key: string, find: () => Promise<Offerable | null>): Promise<Offerable | null>;
}

/** So long an answer is given again: with the way of an event to here, a change shows within a second, in every process. */
const FRESH_MS = 500;
/** Namespaces that are kept; the one that was asked for first leaves first. */
const KEPT_MAX = 20_000;

interface Kept {
  readonly at: number;
  readonly found: Promise<Offerable | null>;
}

/** Opens an empty cache. It counts by the machine's clock: a clock that is moved makes nothing stale. */
export function openOfferCache({ log }: Pick<Surroundings, 'log'>): OfferCache {
  const kept = new Map<string, Kept>();
  return {
    of(key, find) {
      const now = performance.now();
      const known = kept.get(key);
      if (known && now - known.at < FRESH_MS) return known.found;
      // A product page shows no banner rather than an error.
      const found = find().catch(fault => {
        kept.delete(key);
        log.warn('offers could not be found', { fault });
        return null;
      });
      kept.delete(key);
      kept.set(key, { at: now, found });
      if (kept.size > KEPT_MAX) kept.delete(kept.keys().next().value!);
      return found;
    },
  };
}
