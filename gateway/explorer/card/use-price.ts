import { useEffect, useState } from 'react';
import type { GraphqlAnswer, GraphqlRequest } from '../session';

/** What an operation would cost, or why it would be turned away. Null while that is being asked. */
export interface Price {
  readonly requested?: number;
  readonly budget?: number;
  readonly problem?: string;
}

const PAUSE_MS = 350;

/** Asks for the price of what stands in the editors, a moment after the last keystroke, and runs nothing. */
export function usePrice(
  request: GraphqlRequest | null,
  asker: string,
  ask: (request: GraphqlRequest) => Promise<GraphqlAnswer>,
): Price | null {
  const [price, setPrice] = useState<Price | null>(null);
  // What one may spend depends on who asks.
  const key = request && JSON.stringify({ asker, request });
  useEffect(() => {
    setPrice(null);
    if (!key) return;
    let isWanted = true;
    const timer = setTimeout(async () => {
      const { extensions, errors } = await ask({ ...JSON.parse(key).request, extensions: { dryRun: 'cost' } });
      if (isWanted) setPrice(extensions?.cost ?? { problem: errors?.[0]?.message ?? 'The price is not known.' });
    }, PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [key, ask]);
  return price;
}
