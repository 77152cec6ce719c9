import { defineHouse, runHouse } from '#kernel/house';
import { mailOf } from '#kernel/mail';
import { handlers } from './events/handlers';
import { cron, jobs } from './events/jobs';
import type { SubscriptionsEvents } from './events/published';
import { buildSchema } from './graph/schema';
import type { SubscriptionsServices } from './ports/services';

export const subscriptions = defineHouse<SubscriptionsEvents, SubscriptionsServices>({
  name: 'subscriptions',
  buildSchema,
  handlers,
  jobs,
  cron,
  services: ({ environment, variables }) => ({ mail: mailOf(environment, variables, 'subscriptions@example.com') }),
});

if (require.main === module) void runHouse(subscriptions);
