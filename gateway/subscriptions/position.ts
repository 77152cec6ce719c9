/** How far somebody has heard each house: the position of its last event, by the house's name. */
export type Positions = ReadonlyMap<string, number>;

const PAIR = /^([a-z][a-z-]{0,63})\.(\d{1,15})$/;
const LENGTH_MAX = 2_000;

/** As the id of a server-sent event, which a client sends back when its connection was broken: `billing.12~orders.7`. */
export const positionText = (positions: Positions): string => [...positions].map(([house, position]) => `${house}.${position}`).join('~');

/** Reads what a client sends back, or null when that was never an id of ours. */
export function readPositions(text: string): Positions | null {
  if (text.length > LENGTH_MAX) return null;
  const pairs = text.split('~').map(part => PAIR.exec(part));
  if (pairs.some(pair => pair === null)) return null;
  return new Map(pairs.flatMap(pair => (pair?.[1] && pair[2] ? [[pair[1], Number(pair[2])] as const] : [])));
}
