import { defineHouse, runHouse } from '#kernel/house';
import { handlers } from './events/handlers';
import { cron, jobs } from './events/jobs';
import type { OrdersEvents } from './events/published';
import { buildSchema } from './graph/schema';

export const orders = defineHouse<OrdersEvents>({ name: 'orders', buildSchema, handlers, jobs, cron });

if (require.main === module) void runHouse(orders);
