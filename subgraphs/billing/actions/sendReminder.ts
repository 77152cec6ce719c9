import type { AccountId, InvoiceId } from '#kernel/ids';
import type { JobContext } from '#kernel/jobs';
import type { MailMessage } from '#kernel/mail';
import { money } from '#kernel/money';
import { daysBetween } from '#kernel/time';
import type { Work } from '#kernel/work';
import { reminderText } from '../domain/reminder-mail';
import { sellerOf } from '../domain/tax-identity';
import type { BillingEvents } from '../events/published';
import { findAccount } from '../store/accounts';
import { invoiceById } from '../store/invoices';

/** Which step of the policy has come for which invoice. */
export interface ReminderToSend {
  readonly accountId: AccountId;
  readonly invoiceId: InvoiceId;
  readonly step: number;
}

/**
 * Mails a reminder to whoever is Bill-To now, outside of any transaction. A second copy after a crash has the same
 * message id. What was paid between the morning and the mail is not reminded of.
 */
export async function sendReminder(
  job: Pick<JobContext<BillingEvents>, 'write'>,
  asked: ReminderToSend,
  send: (mail: MailMessage) => Promise<void>,
): Promise<void> {
  const mail = await job.write(work => mailFor(work, asked));
  if (mail) await send(mail);
}

async function mailFor(work: Work<BillingEvents>, { accountId, invoiceId, step }: ReminderToSend): Promise<MailMessage | null> {
  const account = await findAccount(work.tx, accountId);
  const [invoice] = await invoiceById.batch(work.tx, [invoiceId]);
  if (!account || invoice?.status !== 'POSTED' || invoice.balanceMinor <= invoice.pendingMinor) return null;
  const { number, dueOn, currency } = invoice;
  const open = money(invoice.balanceMinor - invoice.pendingMinor, currency);
  const seller = (invoice.seller ?? sellerOf(invoice.sellingEntity)).name;
  return {
    messageId: `${invoiceId}-${step}@billing`,
    to: { name: account.billTo.name, address: account.billTo.email },
    ...reminderText(account.billTo.name, seller, { number, dueOn, daysOverdue: daysBetween(dueOn, work.today), open }),
  };
}
