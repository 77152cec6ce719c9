import { defineHouse, runHouse } from '#kernel/house';
import { handlers } from './events/handlers';
import { cron, jobs } from './events/jobs';
import type { SubscriptionsEvents } from './events/published';
import { buildSchema } from './graph/schema';

export const subscriptions = defineHouse<SubscriptionsEvents>({ name: 'subscriptions', buildSchema, handlers, jobs, cron });

if (require.main === module) void runHouse(subscriptions);
