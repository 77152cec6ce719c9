import type { Card } from '../domain/payment-method';

/** How a development card behaves when it is charged. */
export type CardBehaviour =
  | 'SUCCEEDS'
  | 'DECLINED'
  | 'THREE_D_SECURE'
  | 'TIMES_OUT'
  | 'CAPTURE_REFUSED'
  | 'REFUND_REFUSED'
  | 'REFUND_TIMES_OUT';

export interface DevelopmentCard extends Card {
  readonly behaviour: CardBehaviour;
  readonly declineReason?: string;
}

/** The tokens that the development provider knows, and what each card does. */
export const DEVELOPMENT_CARDS: ReadonlyMap<string, DevelopmentCard> = new Map<string, DevelopmentCard>([
  ['tok_visa_succeeds', { brand: 'VISA', lastFour: '4242', expiryMonth: 12, expiryYear: 2099, behaviour: 'SUCCEEDS' }],
  ['tok_mastercard_succeeds', { brand: 'MASTERCARD', lastFour: '4444', expiryMonth: 12, expiryYear: 2099, behaviour: 'SUCCEEDS' }],
  ['tok_amex_succeeds', { brand: 'AMEX', lastFour: '0005', expiryMonth: 12, expiryYear: 2099, behaviour: 'SUCCEEDS' }],
  [
    'tok_declined',
    {
      brand: 'VISA',
      lastFour: '0002',
      expiryMonth: 12,
      expiryYear: 2099,
      behaviour: 'DECLINED',
      declineReason: 'The bank declined the card.',
    },
  ],
  [
    'tok_insufficient_funds',
    {
      brand: 'VISA',
      lastFour: '9995',
      expiryMonth: 12,
      expiryYear: 2099,
      behaviour: 'DECLINED',
      declineReason: 'The card has insufficient funds.',
    },
  ],
  ['tok_three_d_secure', { brand: 'VISA', lastFour: '3220', expiryMonth: 12, expiryYear: 2099, behaviour: 'THREE_D_SECURE' }],
  ['tok_times_out', { brand: 'VISA', lastFour: '0408', expiryMonth: 12, expiryYear: 2099, behaviour: 'TIMES_OUT' }],
  ['tok_capture_refused', { brand: 'MASTERCARD', lastFour: '0341', expiryMonth: 12, expiryYear: 2099, behaviour: 'CAPTURE_REFUSED' }],
  ['tok_refund_refused', { brand: 'VISA', lastFour: '5126', expiryMonth: 12, expiryYear: 2099, behaviour: 'REFUND_REFUSED' }],
  ['tok_refund_times_out', { brand: 'VISA', lastFour: '7726', expiryMonth: 12, expiryYear: 2099, behaviour: 'REFUND_TIMES_OUT' }],
  ['tok_expired', { brand: 'VISA', lastFour: '0069', expiryMonth: 1, expiryYear: 2020, behaviour: 'SUCCEEDS' }],
]);
