import { defineHouse, runHouse } from '#kernel/house';
import { jobs } from './events/jobs';
import type { PlatformEvents } from './events/published';
import { buildSchema } from './graph/schema';
import { clockOfHouse } from './ports/clock-of-house';
import type { PlatformServices } from './ports/services';

export const platform = defineHouse<PlatformEvents, PlatformServices>({
  name: 'platform',
  buildSchema,
  jobs,
  services: ({ hasTestClock = false, neighbours, call }) => ({
    isClockMovable: hasTestClock,
    houses: () => Object.keys(neighbours()).toSorted(),
    clockOf: clockOfHouse(call),
  }),
});

if (require.main === module) void runHouse(platform);
