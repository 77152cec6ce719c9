import { z } from 'zod';
import { type AccountId, type InvoiceId, isId, type PaymentId } from '#kernel/ids';
import type { Cron, JobContext, Jobs } from '#kernel/jobs';
import { money } from '#kernel/money';
import { addDays, dayOf, type Instant, type PlainDate } from '#kernel/time';
import { dunAccount } from '../actions/dun-account';
import { giveUpAuthorization, type PaymentTry, saveAuthorization } from '../actions/saveAuthorization';
import { saveCapture } from '../actions/saveCapture';
import { saveRefund } from '../actions/saveRefund';
import { sendReminder } from '../actions/sendReminder';
import { firstStepDays } from '../domain/dunning';
import { canCapture, providerKeyOf } from '../domain/payment';
import { refundKeyOf } from '../domain/refund';
import { type BillingServices, providerSignal } from '../ports/services';
import { accountsToDun } from '../store/dunning';
import { findCardPayment } from '../store/payments';
import { findRefund } from '../store/refunds';
import type { BillingEvents } from './published';

type BillingJob = JobContext<BillingEvents, BillingServices>;

const accountId = z.custom<AccountId>(value => typeof value === 'string' && isId('account', value));
const paymentId = z.custom<PaymentId>(value => typeof value === 'string' && isId('payment', value));
const invoiceId = z.custom<InvoiceId>(value => typeof value === 'string' && isId('invoice', value));
const reminderShape = z.object({ accountId, invoiceId, step: z.number().int().positive() });
const tryShape = z.object({ accountId, paymentId, tries: z.number().int().positive() });
const captureShape = z.object({ accountId, paymentId });
const refundShape = z.object({ accountId, number: z.string() });
const releaseShape = z.object({ providerKey: z.string() });

const ACCOUNTS_AT_ONCE = 200;

/** Overdue invoices are looked through every morning, and what was missed while the house was away is made up for. */
export const cron: readonly Cron[] = [
  {
    job: 'dunOverdue',
    match: '0 6 * * *',
    isIdleUntil: async (db, until) => (await accountsToDun(db, overdueSince(until), null, 1)).length === 0,
  },
];

/** What was due on this day or before is reminded of by now. */
const overdueSince = (now: Instant): PlainDate => addDays(dayOf(now), -firstStepDays());

/** What is said to the payment provider and the mail server: after a commit, and with a key that makes it safe to repeat. */
export const jobs: Jobs<BillingEvents, BillingServices> = {
  authorizePayment: async (job, payload) => {
    const asked = tryShape.parse(payload);
    const found = await findCardPayment(job.db, asked.accountId, asked.paymentId);
    if (found?.payment.status !== 'REQUESTED' || found.payment.tries !== asked.tries) return;
    const { payment, providerToken: token } = found;
    const request = { key: providerKeyOf(payment), token, amount: money(payment.amountMinor, payment.currency) };
    try {
      const outcome = await job.services.paymentProvider.authorize(request, providerSignal(job.services, job.signal));
      await job.write(work => saveAuthorization(work, asked, outcome));
    } catch (fault) {
      await afterFault(job, asked, fault);
    }
  },

  capturePayment: async (job, payload) => {
    const asked = captureShape.parse(payload);
    const found = await findCardPayment(job.db, asked.accountId, asked.paymentId);
    if (!found || !canCapture(found.payment)) return;
    const { payment } = found;
    const request = { key: providerKeyOf(payment), amount: money(payment.amountMinor, payment.currency) };
    const outcome = await job.services.paymentProvider.capture(request, providerSignal(job.services, job.signal));
    await job.write(work => saveCapture(work, asked, outcome));
  },

  refundPayment: async (job, payload) => {
    const asked = refundShape.parse(payload);
    const found = await findRefund(job.db, asked.accountId, asked.number);
    if (found?.refund.status !== 'REQUESTED') return;
    const { refund, payment } = found;
    const request = { key: refundKeyOf(refund), paymentKey: providerKeyOf(payment), amount: money(refund.amountMinor, refund.currency) };
    const outcome = await job.services.paymentProvider.refund(request, providerSignal(job.services, job.signal));
    await job.write(work => saveRefund(work, asked, outcome));
  },

  dunOverdue: async job => {
    const dueOn = overdueSince(job.now);
    let after: AccountId | null = null;
    do {
      const accounts: readonly AccountId[] = await accountsToDun(job.db, dueOn, after, ACCOUNTS_AT_ONCE);
      // One transaction for each: what one account owes waits for nobody else's payment.
      for (const account of accounts) await job.write(work => dunAccount(work, account));
      after = accounts.at(-1) ?? null;
    } while (after && !job.signal.aborted);
  },

  sendReminder: (job, payload) => sendReminder(job, reminderShape.parse(payload), mail => job.services.mail.send(mail)),

  releaseAuthorization: async (job, payload) => {
    const { providerKey } = releaseShape.parse(payload);
    await job.services.paymentProvider.release({ key: providerKey }, providerSignal(job.services, job.signal));
  },
};

/** No answer, or none that could be kept: the next try finds out with the same key. After the last one the order is told. */
async function afterFault(job: BillingJob, asked: PaymentTry, fault: unknown): Promise<void> {
  if (job.attempt >= job.attemptsMax) await job.write(work => giveUpAuthorization(work, asked));
  throw fault;
}
