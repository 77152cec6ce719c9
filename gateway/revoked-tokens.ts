import { addMs, type Clock } from '#kernel/time';

/** No token lives longer than this: what is known of a revoked one without its end is kept for so long. */
const LIFE_MS_MAX = 24 * 3_600_000;
/** A clock here may be behind the one that tells a token's end. */
const TOLERANCE_MS = 60_000;
const SWEEP_SIZE_MIN = 1_000;

/** Tokens that were given back, each until it would have ended by itself: after that its own time says no. */
export class RevokedTokens {
  private readonly untilMsById = new Map<string, number>();
  private sweepAt = SWEEP_SIZE_MIN;

  constructor(private readonly clock: Clock) {}

  add(tokenId: string, { revokedAt, expiresAt }: { readonly revokedAt: string; readonly expiresAt: string | undefined }): void {
    const until = expiresAt === undefined ? addMs(new Date(revokedAt), LIFE_MS_MAX) : addMs(new Date(expiresAt), TOLERANCE_MS);
    const nowMs = this.clock.now().getTime();
    if (until.getTime() <= nowMs) return;
    this.untilMsById.set(tokenId, until.getTime());
    if (this.untilMsById.size < this.sweepAt) return;
    for (const [id, untilMs] of this.untilMsById) if (untilMs <= nowMs) this.untilMsById.delete(id);
    // Each sweep looks at everything, so the next one waits until there is as much again.
    this.sweepAt = Math.max(SWEEP_SIZE_MIN, 2 * this.untilMsById.size);
  }

  has(tokenId: string): boolean {
    return this.untilMsById.has(tokenId);
  }

  get size(): number {
    return this.untilMsById.size;
  }
}
