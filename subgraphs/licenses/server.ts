import { defineHouse, runHouse } from '#kernel/house';
import { json } from '#kernel/serve';
import { reportSeatUsage } from './actions/reportSeatUsage';
import { handlers } from './events/handlers';
import { jobs } from './events/jobs';
import type { LicensesEvents } from './events/published';
import { buildSchema } from './graph/schema';
import { type LicensesServices, portsFrom } from './ports/services';
import { openSyncQueue } from './ports/sync-queue';

/** Issues activation codes and signed licences, delivers them, and counts the seats that instances use. */
export const licenses = defineHouse<LicensesEvents, LicensesServices>({
  name: 'licenses',
  buildSchema,
  handlers,
  jobs,
  services: surroundings => {
    const ports = portsFrom(surroundings);
    return { ...ports, syncs: openSyncQueue(surroundings, (work, batch) => reportSeatUsage(work, batch, ports.signer.sign)) };
  },
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
