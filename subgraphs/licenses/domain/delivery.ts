import type { SeatAlertLevel } from './seats';

/** How a licence travels to its owner. */
export const DELIVERY_CHANNELS = ['EMAIL'] as const;
export type DeliveryChannel = (typeof DELIVERY_CHANNELS)[number];

/** A delivery is asked for, and then handed to the mail server once, or given up after several tries. */
export const DELIVERY_STATUSES = ['REQUESTED', 'SENT', 'FAILED'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** What a delivery is for. */
export const DELIVERY_PURPOSES = ['ORDER', 'LICENSE_FILE', 'RESEND', 'MANUAL', 'CANCELLATION', 'REVOCATION', 'SEAT_ALERT'] as const;
export type DeliveryPurpose = (typeof DELIVERY_PURPOSES)[number];

/** One subscription in a delivery: with a code for an instance, a file for a closed network, or neither for a namespace. */
export interface DeliveredSubscription {
  readonly name: string;
  readonly planName: string;
  readonly seats: number;
  readonly endsOn: string;
  readonly code: string | null;
  /** The name of the attached licence file. */
  readonly file?: string | null;
}

/** What the Sold-To contact reads. */
export interface DeliveryText {
  readonly subject: string;
  readonly text: string;
}

/** A file that travels with a mail. */
export interface Attachment {
  readonly filename: string;
  readonly content: string;
}

/** L1: the mail that hands what was bought to the Sold-To contact. Plain text, so that nothing in it is a link to trust. */
export function deliveryText(contactName: string, orderNumber: string, subscriptions: readonly DeliveredSubscription[]): DeliveryText {
  return {
    subject: `Your subscription is ready (order ${orderNumber})`,
    text: textOf(contactName, [`Thank you for order ${orderNumber}.`, ...subscriptions.flatMap(subscriptionLines)]),
  };
}

const OPENING: Readonly<Record<Exclude<DeliveryPurpose, 'ORDER' | 'SEAT_ALERT'>, readonly [subject: string, sentence: string]>> = {
  LICENSE_FILE: ['Your licence file', 'Your subscription has changed, and here is the licence file that goes with it.'],
  RESEND: ['Your licence, once more', 'You or our support asked for your licence once more.'],
  MANUAL: ['Your licence', 'Our support has issued a licence for you.'],
  CANCELLATION: ['Your subscription was cancelled', 'Your subscription was cancelled, and its licence has expired.'],
  REVOCATION: ['Your licence was taken back', 'Our support has taken your licence back. Ask them if you did not expect this.'],
};

/** What happened to a licence, for the Sold-To contact. */
export function licenseText(
  contactName: string,
  purpose: Exclude<DeliveryPurpose, 'ORDER' | 'SEAT_ALERT'>,
  subscription: DeliveredSubscription,
): DeliveryText {
  const [subject, sentence] = OPENING[purpose];
  const isOver = purpose === 'CANCELLATION' || purpose === 'REVOCATION';
  return {
    subject: `${subject} (subscription ${subscription.name})`,
    text: textOf(contactName, [sentence, ...(isOver ? endLines(subscription) : subscriptionLines(subscription))]),
  };
}

/** L8: seats run out, for the Sold-To contact. */
export function seatAlertText(
  contactName: string,
  subscriptionName: string,
  { level, users, seats }: { readonly level: SeatAlertLevel; readonly users: number; readonly seats: number },
): DeliveryText {
  const left = seats - users;
  const sentence =
    level === 'NONE_LEFT'
      ? `All ${seats} seats are taken: there are ${users} users.`
      : `${left} of ${seats} seats ${left === 1 ? 'is' : 'are'} left.`;
  return {
    subject: `${level === 'NONE_LEFT' ? 'No seats are left' : 'Few seats are left'} (subscription ${subscriptionName})`,
    text: textOf(contactName, [
      sentence,
      '',
      'Add seats where you bought them; users above the seats bought are charged at the next reconciliation.',
    ]),
  };
}

const textOf = (contactName: string, lines: readonly string[]): string => [`Hello ${contactName},`, '', ...lines, ''].join('\n');

function endLines({ planName, endsOn, name, file }: DeliveredSubscription): readonly string[] {
  return ['', `${planName}, expired on ${endsOn} (subscription ${name})`, ...(file ? [`Licence file: ${file}, attached.`] : [])];
}

function subscriptionLines({ name, planName, seats, endsOn, code, file }: DeliveredSubscription): readonly string[] {
  const ways = [
    ...(code
      ? [`Activation code: ${code}`, 'Enter it in the admin area of your instance. Keep it to yourself: it activates your licence.']
      : []),
    ...(file ? [`Licence file: ${file}, attached. Install it in the admin area of your instance.`] : []),
  ];
  return [
    '',
    `${planName}, ${seats} ${seats === 1 ? 'seat' : 'seats'}, until ${endsOn} (subscription ${name})`,
    ...(ways.length > 0 ? ways : ['Your namespace has its new plan already; there is nothing to install.']),
  ];
}
