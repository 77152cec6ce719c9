import { z } from 'zod';
import { type ClockMovementId, isId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { PlatformServices } from '../ports/services';
import { moveTime } from './moving';
import type { PlatformEvents } from './published';

const movement = z.object({ movementId: z.custom<ClockMovementId>(value => typeof value === 'string' && isId('clockMovement', value)) });

export const jobs: Jobs<PlatformEvents, PlatformServices> = {
  moveTime: (job, payload) => moveTime(job, movement.parse(payload).movementId),
};
