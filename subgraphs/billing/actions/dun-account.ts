import type { AccountId } from '#kernel/ids';
import { money, moneyText } from '#kernel/money';
import { accept, type Result } from '#kernel/result';
import { addDays, daysBetween } from '#kernel/time';
import type { Work } from '#kernel/work';
import { firstStepDays, isHeldFor, reminderDue } from '../domain/dunning';
import type { BillingEvents } from '../events/published';
import { insertReminder, lastReminders, lockHold, lockOverdue, oldestDueOn, saveHold } from '../store/dunning';

type Overdue = Awaited<ReturnType<typeof lockOverdue>>[number];

/**
 * Does what the policy says about one account today: announces the reminders that are due, each once, and that the
 * account is held or no longer held. Done twice on a day, it changes nothing the second time.
 */
export async function dunAccount(work: Work<BillingEvents>, accountId: AccountId): Promise<Result<null>> {
  const overdue = await lockOverdue(work.tx, accountId, addDays(work.today, -firstStepDays()));
  const sent = overdue.length > 0 ? await lastReminders(work.tx, accountId) : new Map<never, number>();
  for (const invoice of overdue) {
    const daysOverdue = daysBetween(invoice.dueOn, work.today);
    const step = reminderDue(daysOverdue, sent.get(invoice.invoiceId) ?? null);
    if (step) await remind(work, accountId, invoice, step.daysOverdue, daysOverdue);
  }
  const oldest = overdue[0];
  const wasHeld = await lockHold(work.tx, accountId);
  const isHeld = isHeldFor(oldest?.dueOn ?? null, work.today);
  if (oldest && isHeld && !wasHeld) await holdAccount(work, accountId, oldest, overdue);
  if (!isHeld && wasHeld) await releaseAccount(work, accountId);
  return accept(null);
}

/** Something was paid, credited or taken back: an account that is held for it is told free in the same transaction. */
export async function settleAccount(work: Work<BillingEvents>, accountId: AccountId): Promise<void> {
  if (!(await lockHold(work.tx, accountId))) return;
  if (!isHeldFor(await oldestDueOn(work.tx, accountId), work.today)) await releaseAccount(work, accountId);
}

async function remind(work: Work<BillingEvents>, accountId: AccountId, invoice: Overdue, step: number, daysOverdue: number): Promise<void> {
  const { invoiceId, number, dueOn, currency, balanceMinor } = invoice;
  const isNew = await insertReminder(work.tx, {
    accountId,
    invoiceId,
    step,
    daysOverdue,
    currency,
    balanceMinor,
    remindedOn: work.today,
    remindedAt: work.now,
  });
  if (!isNew) return;
  const balance = moneyText(money(balanceMinor, currency));
  work.announce(
    'InvoiceOverdue.v1',
    { subject: invoiceId, accountId },
    { invoiceId, accountId, number, dueOn, step, daysOverdue, balance },
  );
  await work.enqueue('sendReminder', { accountId, invoiceId, step });
}

async function holdAccount(work: Work<BillingEvents>, accountId: AccountId, oldest: Overdue, overdue: readonly Overdue[]): Promise<void> {
  await saveHold(work.tx, accountId, true, work.now);
  work.announce(
    'AccountOverdue.v1',
    { subject: accountId, accountId },
    {
      accountId,
      hold: 'SUPPORT',
      oldestDueOn: oldest.dueOn,
      daysOverdue: daysBetween(oldest.dueOn, work.today),
      invoices: overdue.map(({ number, currency, balanceMinor }) => ({ number, balance: moneyText(money(balanceMinor, currency)) })),
    },
  );
}

async function releaseAccount(work: Work<BillingEvents>, accountId: AccountId): Promise<void> {
  await saveHold(work.tx, accountId, false, work.now);
  work.announce('AccountSettled.v1', { subject: accountId, accountId }, { accountId, hold: 'SUPPORT', settledOn: work.today });
}
