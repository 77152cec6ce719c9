import { z } from 'zod';
import { type AccountId, type Id, isId, type SubscriptionId } from '#kernel/ids';
import type { Cron, Jobs } from '#kernel/jobs';
import { deliverLicenses } from '../actions/deliverLicenses';
import { settleLicenses } from '../actions/settle-licenses';
import { carryOut, lookAt } from '../actions/targets/place';
import { isPlacementAwaited, placementsDue } from '../store/placements';
import type { LicensesEvents } from './published';
import type { JobServices } from './targets';

const accountId = z.custom<AccountId>(value => typeof value === 'string' && isId('account', value));
const subscriptionPayload = z.object({
  accountId,
  subscriptionId: z.custom<SubscriptionId>(value => typeof value === 'string' && isId('subscription', value)),
});
const deliveryPayload = z.object({
  accountId,
  deliveryId: z.custom<Id<'delivery'>>(value => typeof value === 'string' && isId('delivery', value)),
});
const placementPayload = z.object({ accountId, target: z.string(), key: z.string() });

/** Placements that one round looks at; the next one, minutes later, looks at the next. */
const ROUND_MAX = 2_000;

/** What licences do outside of a transaction. */
export const jobs: Jobs<LicensesEvents, JobServices> = {
  deliverLicenses: (job, payload) => deliverLicenses(job, deliveryPayload.parse(payload), mail => job.services.mail.send(mail)),
  settleLicenses: (job, payload) => job.write(work => settleLicenses(work, subscriptionPayload.parse(payload), job.services.signer.sign)),
  place: async (job, payload) => void (await carryOut(job, placementPayload.parse(payload), job.services.outside)),
  // What is to be there changes with the day, and a product may lose what it was told.
  lookAtPlacements: async job => lookAt(job, await placementsDue(job.db, job.now, ROUND_MAX), job.services.outside),
};

export const cron: readonly Cron[] = [
  {
    job: 'lookAtPlacements',
    match: '* * * * *',
    // What is in its place is looked at whenever time stops; nobody waits for that.
    isIdleUntil: async (db, until) => !(await isPlacementAwaited(db, until)),
  },
];
