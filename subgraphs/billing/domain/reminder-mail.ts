import { displayOf, type Money } from '#kernel/money';
import type { PlainDate } from '#kernel/time';

/** What a reminder speaks of. */
export interface RemindedInvoice {
  readonly number: string;
  readonly dueOn: PlainDate;
  readonly daysOverdue: number;
  readonly open: Money;
}

/** What the Bill-To contact reads when an invoice stays unpaid. Plain text, so that nothing in it is a link to trust. */
export function reminderText(contactName: string, sellerName: string, { number, dueOn, daysOverdue, open }: RemindedInvoice) {
  return {
    subject: `Reminder: invoice ${number} has been due for ${daysOverdue} days`,
    text: [
      `Hello ${contactName},`,
      '',
      `Invoice ${number} was due on ${dueOn}. ${displayOf(open)} of it ${open.minor === 1n ? 'is' : 'are'} still open.`,
      'Pay it by card in the invoice centre, or by bank transfer with the number of the invoice as its reference.',
      '',
      'If you have paid in the meantime, please take this as done.',
      '',
      sellerName,
      '',
    ].join('\n'),
  };
}
