import { defineHouse, runHouse } from '#kernel/house';
import { handlers } from './events/handlers';
import { jobs } from './events/jobs';
import type { CustomersEvents } from './events/published';
import { buildSchema } from './graph/schema';
import { type CustomersServices, servicesFrom } from './ports/services';

export const customers = defineHouse<CustomersEvents, CustomersServices>({
  name: 'customers',
  buildSchema,
  handlers,
  jobs,
  services: servicesFrom,
});

if (require.main === module) void runHouse(customers);
