import { z } from 'zod';
import { type AccountId, type Id, isId, type SubscriptionId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import { deliverLicenses } from '../actions/deliverLicenses';
import { settleLicenses } from '../actions/settle-licenses';
import type { LicensesServices } from '../ports/services';
import type { LicensesEvents } from './published';

const accountId = z.custom<AccountId>(value => typeof value === 'string' && isId('account', value));
const subscriptionPayload = z.object({
  accountId,
  subscriptionId: z.custom<SubscriptionId>(value => typeof value === 'string' && isId('subscription', value)),
});
const deliveryPayload = z.object({
  accountId,
  deliveryId: z.custom<Id<'delivery'>>(value => typeof value === 'string' && isId('delivery', value)),
});

/** What licences do outside of a transaction. */
export const jobs: Jobs<LicensesEvents, LicensesServices> = {
  deliverLicenses: (job, payload) => deliverLicenses(job, deliveryPayload.parse(payload), mail => job.services.mail.send(mail)),
  settleLicenses: (job, payload) => job.write(work => settleLicenses(work, subscriptionPayload.parse(payload), job.services.signer.sign)),
};
