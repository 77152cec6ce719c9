import { defineHouse, runHouse } from '#kernel/house';
import { json } from '#kernel/serve';
import { handlers } from './events/handlers';
import { jobs } from './events/jobs';
import type { LicensesEvents } from './events/published';
import { buildSchema } from './graph/schema';
import { type LicensesServices, servicesFrom } from './ports/services';

/** Issues activation codes and signed licences, delivers them, and counts the seats that instances use. */
export const licenses = defineHouse<LicensesEvents, LicensesServices>({
  name: 'licenses',
  buildSchema,
  handlers,
  jobs,
  services: servicesFrom,
  routes: [
    {
      method: 'GET',
      path: '/.well-known/license-keys',
      isPublic: true,
      handle: async (_, { services }) => json(200, { keys: services.signer.publicKeys }, { 'cache-control': 'public, max-age=300' }),
    },
  ],
});

if (require.main === module) void runHouse(licenses);
