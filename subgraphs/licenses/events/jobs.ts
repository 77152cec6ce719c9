import { z } from 'zod';
import { type AccountId, type Id, isId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import { deliverLicenses } from '../actions/deliverLicenses';
import type { LicensesServices } from '../ports/services';
import type { LicensesEvents } from './published';

const deliveryPayload = z.object({
  accountId: z.custom<AccountId>(value => typeof value === 'string' && isId('account', value)),
  deliveryId: z.custom<Id<'delivery'>>(value => typeof value === 'string' && isId('delivery', value)),
});

/** What licences do outside of a transaction. */
export const jobs: Jobs<LicensesEvents, LicensesServices> = {
  deliverLicenses: (job, payload) => deliverLicenses(job, deliveryPayload.parse(payload), mail => job.services.mail.send(mail)),
};
