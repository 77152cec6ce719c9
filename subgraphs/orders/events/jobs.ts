import { z } from 'zod';
import { type AccountId, isId, type OrderId } from '#kernel/ids';
import type { Cron, Jobs } from '#kernel/jobs';
import { remindOwner, retryStep } from '../actions/answer-step';
import { askForInstalment } from '../actions/invoice-instalment';
import { STEP_KINDS } from '../domain/steps';
import { instalmentsDue } from '../store/instalments';
import { silentOrders } from '../store/orders';
import type { OrdersEvents } from './published';

/** How many silent orders one reminder round takes on; the next one, a minute later, takes the next. */
const REMINDED_MAX = 500;
/** How many instalments one round asks for. */
const INSTALMENTS_MAX = 500;

const stepOfOrder = z.object({
  accountId: z.custom<AccountId>(value => typeof value === 'string' && isId('account', value)),
  orderId: z.custom<OrderId>(value => typeof value === 'string' && isId('order', value)),
  kind: z.enum(STEP_KINDS),
  attempt: z.number().int().positive(),
});

export const jobs: Jobs<OrdersEvents> = {
  retryStep: async (job, payload) => {
    const step = stepOfOrder.parse(payload);
    await job.write(work => retryStep(work, step));
  },
  remindSilentOwners: async job => {
    // One transaction for each order: one that cannot go on holds up no other.
    for (const key of await silentOrders(job.db, job.now, REMINDED_MAX)) await job.write(work => remindOwner(work, key));
  },
  invoiceInstalments: async job => {
    for (const due of await instalmentsDue(job.db, job.now, INSTALMENTS_MAX)) await job.write(work => askForInstalment(work, due));
  },
};

/** Every minute: a step that nobody answered is asked for again, and the year of a ramp that begins is invoiced. */
export const cron: readonly Cron[] = [
  { job: 'remindSilentOwners', match: '* * * * *', isIdleUntil: async (db, until) => (await silentOrders(db, until, 1)).length === 0 },
  { job: 'invoiceInstalments', match: '* * * * *', isIdleUntil: async (db, until) => (await instalmentsDue(db, until, 1)).length === 0 },
];
