import { defineHouse, runHouse } from '#kernel/house';
import { handlers } from './events/handlers';
import type { SubscriptionsEvents } from './events/published';
import { buildSchema } from './graph/schema';

export const subscriptions = defineHouse<SubscriptionsEvents>({ name: 'subscriptions', buildSchema, handlers });

if (require.main === module) void runHouse(subscriptions);
