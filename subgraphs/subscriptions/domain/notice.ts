import { displayOf, type Money } from '#kernel/money';
import { addDays, type PlainDate } from '#kernel/time';
import { type AutoRenewal, type AutoRenewReason, autoRenewalDay, type NextCharge } from './renewal';
import type { Standed } from './subscription';
import type { TrialKind } from './trial';

/** What the Sold-To contact is told ahead of a day. */
export const NOTICE_KINDS = ['RENEWAL', 'TRIAL', 'RECONCILIATION'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** R1, L7: the end of a term is announced so many days before, that of a trial fewer. Policy values. */
export const RENEWAL_NOTICE_DAYS = 15;
export const TRIAL_NOTICE_DAYS = 7;

export interface NoticeText {
  readonly subject: string;
  readonly text: string;
}

/** A term that nears its end, and what would be charged without anybody acting. */
export interface EndingTerm {
  readonly name: string;
  readonly planName: string;
  readonly term: Standed['term'];
  readonly seats: number;
  readonly renewal: AutoRenewal;
  readonly nextCharge: NextCharge | null;
}

/** R1: says 15 days before a term's end what happens on its last day: it renews for an amount, or it ends, and why. */
export function renewalNotice(contactName: string, ending: EndingTerm): NoticeText {
  const { name, planName, term, seats, nextCharge } = ending;
  if (nextCharge) {
    return noticeOf(contactName, `Your subscription ${name} renews on ${nextCharge.on}`, [
      `${planName} (${name}) renews by itself on ${nextCharge.on}, for ${seatsText(seats)}: ${displayOf(nextCharge.amount)} before tax.`,
      'If more people use it by then, it renews for as many as they are. You can turn the renewal off until that day.',
    ]);
  }
  return noticeOf(contactName, `Your subscription ${name} ends on ${autoRenewalDay(term)}`, [
    `The last day of ${planName} (${name}) with ${seatsText(seats)} is ${autoRenewalDay(term)}. It does not renew by itself: ${whyNot(ending.renewal)}.`,
    'You can renew it from today on, and until 30 days after its end.',
  ]);
}

const WHY: Readonly<Record<AutoRenewReason, string>> = {
  ENDED: 'it has ended',
  NOT_TWELVE_MONTHS: 'only terms of twelve months do',
  SUPPORT_HOLD: 'your account is on hold',
  CREDIT_HOLD: 'your account is on hold',
  OTHER_HOLD: 'your account is on hold',
  PO_REQUIRED: 'your company asks for a purchase order',
  PORTAL_REQUIRED: 'your company asks for invoices in its portal',
  EDUCATION: 'your education programme is confirmed each year',
  OPEN_SOURCE: 'your open source programme is confirmed each year',
  STARTUP: 'your startup programme is confirmed each year',
  RESELLER_SALE: 'your reseller renews it with you',
  NOT_CLOUD_LICENSED: 'its licence is a file',
  OVERAGE_NOT_RECONCILED: 'users above its seats are not paid for yet',
  CARD_EXPIRED: 'your card expires before',
};

const whyNot = ({ isOn, reasons }: AutoRenewal): string =>
  [...new Set([...(isOn ? [] : ['you have turned that off']), ...reasons.map(reason => WHY[reason])])].join(', and ');

/** L7: says seven days before a trial's end that it ends, and that the group falls to what is paid for. */
export function trialNotice(
  contactName: string,
  { kind, path, endsOn }: { readonly kind: TrialKind; readonly path: string; readonly endsOn: PlainDate },
): NoticeText {
  const lastDay = addDays(endsOn, -1);
  return noticeOf(contactName, `Your trial for ${path} ends on ${lastDay}`, [
    `${kind === 'ULTIMATE' ? 'Ultimate' : 'Premium'} can be tried in ${path} until ${lastDay}. From the next day on it has the plan that is paid for.`,
    'Buy a subscription for it to keep what you have: the group stays as it is.',
  ]);
}

/** An overage that was noticed. */
export interface NoticedOverage {
  readonly name: string;
  readonly quarter: number;
  readonly usersMax: number;
  readonly seats: number;
  readonly overageSeats: number;
  readonly amount: Money;
  readonly chargeOn: PlainDate;
}

/** Q1: says what seven days later is charged of an overage, and how it is counted. */
export function reconciliationNotice(contactName: string, noticed: NoticedOverage): NoticeText {
  const { name, quarter, usersMax, seats, overageSeats, amount, chargeOn } = noticed;
  return noticeOf(contactName, `${seatsText(overageSeats)} will be added to ${name} on ${chargeOn}`, [
    `In quarter ${quarter} of its term, ${name} had up to ${usersMax} users and ${seatsText(seats)}.`,
    `On ${chargeOn} we add ${seatsText(overageSeats)} for the rest of the term: ${displayOf(amount)} before tax. What was used before is not charged.`,
    'Seats that you buy until then are taken off.',
  ]);
}

const seatsText = (seats: number): string => `${seats} ${seats === 1 ? 'seat' : 'seats'}`;

const noticeOf = (contactName: string, subject: string, sentences: readonly string[]): NoticeText => ({
  subject,
  text: [`Hello ${contactName},`, '', ...sentences.flatMap(sentence => [sentence, ''])].join('\n'),
});
