import type { HouseContext } from '#kernel/graph/context';
import type { PlatformEvents } from '../events/published';
import type { PlatformServices } from '../ports/services';

/** What this house's resolvers have at hand. */
export type PlatformContext = HouseContext<PlatformEvents, PlatformServices>;
