/** How a licence travels to its owner. */
export const DELIVERY_CHANNELS = ['EMAIL'] as const;
export type DeliveryChannel = (typeof DELIVERY_CHANNELS)[number];

/** A delivery is asked for, and then handed to the mail server once. */
export const DELIVERY_STATUSES = ['REQUESTED', 'SENT'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** One subscription in a delivery: with a code for an instance, without one for a namespace. */
export interface DeliveredSubscription {
  readonly name: string;
  readonly planName: string;
  readonly seats: number;
  readonly endsOn: string;
  readonly code: string | null;
}

/** What the Sold-To contact reads. */
export interface DeliveryText {
  readonly subject: string;
  readonly text: string;
}

/** L1: the mail that hands what was bought to the Sold-To contact. Plain text, so that nothing in it is a link to trust. */
export function deliveryText(contactName: string, orderNumber: string, subscriptions: readonly DeliveredSubscription[]): DeliveryText {
  return {
    subject: `Your subscription is ready (order ${orderNumber})`,
    text: [`Hello ${contactName},`, '', `Thank you for order ${orderNumber}.`, ...subscriptions.flatMap(subscriptionLines), ''].join('\n'),
  };
}

function subscriptionLines({ name, planName, seats, endsOn, code }: DeliveredSubscription): readonly string[] {
  return [
    '',
    `${planName}, ${seats} ${seats === 1 ? 'seat' : 'seats'}, until ${endsOn} (subscription ${name})`,
    ...(code
      ? [`Activation code: ${code}`, 'Enter it in the admin area of your instance. Keep it to yourself: it activates your licence.']
      : ['Your namespace has its new plan already; there is nothing to install.']),
  ];
}
