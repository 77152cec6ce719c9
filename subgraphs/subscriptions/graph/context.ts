import type { HouseContext } from '#kernel/graph/context';
import type { SubscriptionsEvents } from '../events/published';

/** What this house's resolvers have at hand. */
export type SubscriptionsContext = HouseContext<SubscriptionsEvents>;
