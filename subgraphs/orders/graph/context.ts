import type { HouseContext } from '#kernel/graph/context';
import type { OrdersEvents } from '../events/published';

/** What a resolver of this house has at hand. */
export type OrdersContext = HouseContext<OrdersEvents>;
