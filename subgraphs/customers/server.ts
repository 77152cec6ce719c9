import { defineHouse, runHouse } from '#kernel/house';
import { handlers } from './events/handlers';
import type { CustomersEvents } from './events/published';
import { buildSchema } from './graph/schema';

export const customers = defineHouse<CustomersEvents>({ name: 'customers', buildSchema, handlers });

if (require.main === module) void runHouse(customers);
