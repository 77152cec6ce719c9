import { createHash } from 'node:crypto';
import { v7 } from 'uuid';
import { idFromUuid, type NewId } from './ids';
import type { Instant } from './time';

/** New ids at a moment: sortable by it, and random beyond it. */
export const newIdAt =
  (now: Instant): NewId =>
  kind =>
    idFromUuid(kind, v7({ msecs: now.getTime() }));

/** The same ids again for the same seed and moment: for tests, demonstration data and replays. */
export function seededIds(seed: string, now: Instant): NewId {
  let made = 0;
  return kind => {
    const random = createHash('sha256').update(`${seed}/${made}`).digest();
    // The sequence number keeps ids of one seed in the order in which they were made.
    const seq = made++;
    return idFromUuid(kind, v7({ msecs: now.getTime(), seq, random: random.subarray(0, 16) }));
  };
}
