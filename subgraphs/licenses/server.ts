import { defineHouse, runHouse } from '#kernel/house';
import { json } from '#kernel/serve';
import { reportSeatUsage } from './actions/reportSeatUsage';
import { handlersFor } from './events/handlers';
import { cron, jobs } from './events/jobs';
import type { LicensesEvents } from './events/published';
import { type JobServices, openTargets, type PluggedIn, TARGETS } from './events/targets';
import { buildSchema } from './graph/schema';
import { openOfferCache } from './ports/offer-cache';
import { portsFrom } from './ports/services';
import { openSyncQueue } from './ports/sync-queue';

/** The house with these fulfilment targets. */
export const licensesWith = (plugged: readonly PluggedIn[]) =>
  defineHouse<LicensesEvents, JobServices>({
    name: 'licenses',
    buildSchema,
    handlers: handlersFor(plugged.map(({ target }) => target)),
    jobs,
    cron,
    services: async surroundings => {
      const ports = portsFrom(surroundings);
      const syncs = openSyncQueue(surroundings, (work, batch) => reportSeatUsage(work, batch, ports.signer.sign));
      return { ...ports, syncs, offers: openOfferCache(surroundings), ...(await openTargets(plugged, surroundings, ports)) };
    },
    closeServices: async ({ developmentProduct }) => developmentProduct?.close(),
    routes: [
      {
        method: 'GET',
        path: '/.well-known/license-keys',
        isPublic: true,
        handle: async (_, { services }) => json(200, { keys: services.signer.publicKeys }, { 'cache-control': 'public, max-age=300' }),
      },
    ],
  });

/** Issues activation codes and signed licences, delivers them, fulfils what was bought, and counts the seats that instances use. */
export const licenses = licensesWith(TARGETS);

if (require.main === module) void runHouse(licenses);
